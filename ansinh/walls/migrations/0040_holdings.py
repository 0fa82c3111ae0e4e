"""The wall around the ledger of who held a dossier."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0020_related"), ("casework", "0040_holdings")]

    operations = [build("casework.Holding")]
