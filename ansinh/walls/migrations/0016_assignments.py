"""Row security on the assignments of dossiers."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0015_issuing"), ("casework", "0014_assignments")]

    operations = [build("casework.CaseAssignment")]
