"""The wall around first social insurance numbers."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0013_claim_files"), ("registry", "0056_first_numbers")]

    operations = [build("registry.IssuedNumber")]
