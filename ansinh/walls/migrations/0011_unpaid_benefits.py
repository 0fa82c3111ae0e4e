"""Row security on what was not collected of benefits."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0010_effects"), ("registry", "0053_unpaid_benefits")]

    operations = [build("registry.UnpaidBenefit")]
