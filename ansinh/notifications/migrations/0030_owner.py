"""A notice says whose matter it tells of, where that is not the reader's own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_guards")]

    operations = [
        migrations.AddField(
            "notice",
            "owner_id",
            models.UUIDField(null=True, blank=True, help_text="somebody else whose matter it is; empty: one's own"),
        ),
    ]
