"""The wall around checks of health cards."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0008_enrolments"), ("registry", "0051_card_checks")]

    operations = [build("registry.CardCheck")]
