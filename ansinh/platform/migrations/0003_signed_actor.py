"""The audit trail keeps the proof that its actor was named by the program."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("platform", "0002_guards")]
    cannot_be_undone_because = "the audit trail only grows: its proofs are not thrown away"

    operations = [
        migrations.AddField(
            model_name="auditevent",
            name="proof",
            field=models.CharField(
                db_default="",
                default="",
                help_text="what acting_as signed (actor_context); empty when nothing",
                max_length=80,
            ),
        ),
    ]
