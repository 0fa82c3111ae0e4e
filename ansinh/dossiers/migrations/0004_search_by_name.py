"""An officer's search by name reads one office's names, newest first, from an index alone; made without a lock."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("dossiers", "0003_real_time")]

    operations = [
        AddIndexConcurrently(
            model_name="dossier",
            index=models.Index(
                fields=["office_code", "-submitted_at"], include=("applicant_key", "id"), name="dossier_office_names"
            ),
        ),
    ]
