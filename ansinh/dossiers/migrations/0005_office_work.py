"""When the last supplement came in, on the dossier itself, and an index that answers an office's lists alone."""

from django.db import migrations, models
from django.db.models import Q

FILL = """
UPDATE dossiers_dossier SET supplemented_at = answered.last
FROM (
    SELECT dossier_id, max(answered_at) AS last FROM dossiers_supplementrequest
    WHERE answered_at IS NOT NULL GROUP BY dossier_id
) answered
WHERE answered.dossier_id = dossiers_dossier.id AND dossiers_dossier.state <> 'withdrawn'
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_search_by_name")]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="supplemented_at",
            field=models.DateTimeField(blank=True, help_text="when the last supplement came in", null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="dossier", name="officer_queue"),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=Q(closed_at__isnull=True),
                fields=["office_code", "stage_role", "due_on", "submitted_at"],
                include=["id", "procedure", "state", "urgent", "supplemented_at"],
                name="office_work",
            ),
        ),
    ]
