"""The wall around a dossier looks at its owner and procedure: with them in the indexes these are still read alone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_longer_title")]

    operations = [
        migrations.RemoveIndex("dossier", "office_work"),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["office_code", "stage_role", "due_on", "submitted_at"],
                include=["id", "procedure", "state", "urgent", "supplemented_at", "owner_id"],
                name="office_work",
                condition=Q(closed_at__isnull=True),
            ),
        ),
        migrations.RemoveIndex("dossier", "dossier_office_names"),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["office_code", "-submitted_at"],
                include=["applicant_key", "id", "owner_id", "procedure"],
                name="dossier_office_names",
            ),
        ),
    ]
