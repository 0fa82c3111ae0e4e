"""The wall around what says that a claim does not stand any more: seen with the record it is of."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0049_complaints_on_paper"), ("registry", "0060_cancelled_claims")]

    operations = [build("registry.RecoveryCancellation")]
