"""The wall around what was undone: seen with the dossier."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0047_reopenings"), ("casework", "0047_reversals")]

    operations = [build("casework.EffectReversal")]
