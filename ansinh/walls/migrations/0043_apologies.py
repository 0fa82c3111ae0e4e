"""The wall around apologies."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0043_post"), ("casework", "0043_apologies")]

    operations = [build("casework.Apology")]
