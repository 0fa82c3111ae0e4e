"""Row security on what granted dossiers did and on the changes of benefits."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [
        ("walls", "0009_card_checks"),
        ("casework", "0010_effects"),
        ("registry", "0052_benefit_changes"),
    ]

    operations = [build("casework.AppliedEffect", "registry.EntitlementChange")]
