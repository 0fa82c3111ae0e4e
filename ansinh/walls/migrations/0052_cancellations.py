"""The wall around proposals to cancel a claim: seen with the dossier."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0051_confirmations"), ("casework", "0054_cancellations")]

    operations = [build("casework.CancellationProposal")]
