"""Row security on what decisions write into a record."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0011_unpaid_benefits"), ("registry", "0054_records")]

    operations = [
        build(
            "registry.BookEntry",
            "registry.CardChange",
            "registry.Certificate",
            "registry.ContributionPayment",
            "registry.LeaveSpell",
            "registry.ParticipationChange",
            "registry.PersonalDataChange",
            "registry.RecoveryClaim",
        )
    ]
