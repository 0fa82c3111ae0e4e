"""The wall around opinions: the office that has the dossier."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0043_apologies"), ("casework", "0044_opinions")]

    operations = [build("casework.Opinion")]
