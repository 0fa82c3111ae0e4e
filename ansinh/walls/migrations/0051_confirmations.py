"""The wall around what says that a result stands: seen with the dossier."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0050_cancelled_claims"), ("casework", "0051_confirmations")]

    operations = [build("casework.Confirmation")]
