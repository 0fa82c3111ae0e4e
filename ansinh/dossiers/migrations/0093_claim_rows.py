"""What the rules found in the rows of a claim file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0092_waiting_for_payment")]

    operations = [
        migrations.AddField(
            "claimfile", "rules",
            models.CharField(
                blank=True, default="", help_text="edition of the rules for its rows", max_length=20
            ),
        ),
        migrations.AddField(
            "claimfile", "errors",
            models.PositiveIntegerField(default=0, help_text="faults in its rows; a settlement waits for them"),
        ),
        migrations.AddField(
            "claimfile", "warnings",
            models.PositiveIntegerField(default=0, help_text="what the assessor is shown beside them"),
        ),
        migrations.AddField(
            "claimfile", "findings",
            models.JSONField(blank=True, default=list, help_text="the first of both, by record, table, row, column"),
        ),
        migrations.AddField(
            "claimfile", "stays",
            models.JSONField(blank=True, default=list, help_text="a digest of patient and arrival for each record"),
        ),
    ]  # fmt: skip
