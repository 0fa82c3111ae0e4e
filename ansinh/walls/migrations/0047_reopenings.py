"""The wall around the grounds on which dossiers were opened again: seen with the dossier."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0046_problems"), ("casework", "0046_reopenings")]

    operations = [build("casework.Reopening")]
