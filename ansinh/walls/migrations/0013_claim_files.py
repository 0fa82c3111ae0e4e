"""The wall around files of treatment costs."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0012_records"), ("dossiers", "0091_claim_files")]

    operations = [build("dossiers.ClaimFile")]
