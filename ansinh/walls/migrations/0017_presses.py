"""Row security on one press for many dossiers."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0016_assignments"), ("casework", "0015_presses_and_lists")]

    operations = [build("casework.BatchPress", "casework.BatchRow")]
