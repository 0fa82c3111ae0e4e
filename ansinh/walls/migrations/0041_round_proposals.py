"""The wall around proposals of a second round of asking."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0040_holdings"), ("casework", "0041_pinned_refusals")]

    operations = [build("casework.RoundProposal")]
