"""Row security on notes, links and verdicts about duplicates."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0019_payroll"), ("casework", "0016_related")]

    operations = [build("casework.InternalNote", "casework.DossierLink", "casework.DuplicateVerdict")]
