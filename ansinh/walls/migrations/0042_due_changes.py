"""The wall around changes of due dates."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0041_round_proposals"), ("casework", "0042_due_changes")]

    operations = [build("casework.DueChange")]
