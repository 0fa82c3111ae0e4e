"""The wall around the longer limits of complaints: seen with the complaint."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0048_reversals"), ("casework", "0048_complaints_on_paper")]

    operations = [build("casework.ComplaintExtension")]
