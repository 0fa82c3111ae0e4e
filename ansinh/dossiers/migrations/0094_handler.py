"""Who was given the present step stands on the dossier, and in the index that its office's lists are read from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_corrections_guards"),
        ("dossiers", "0093_claim_rows"),
        ("people", "0054_pages_of_payment"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="dossier",
            name="office_work",
        ),
        migrations.AddField(
            model_name="dossier",
            name="handler",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="who was given the present step; kept by a trigger from casework's assignments, never written here",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.officer",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["office_code", "stage_role", "due_on", "submitted_at"],
                include=("id", "procedure", "state", "urgent", "supplemented_at", "owner_id", "handler"),
                name="office_work",
            ),
        ),
    ]
