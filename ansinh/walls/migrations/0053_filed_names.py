"""The wall around the names of an office: its officers, and the program that keeps them."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0052_cancellations"), ("dossiers", "0126_filed_names")]

    operations = [build("dossiers.FiledName")]
