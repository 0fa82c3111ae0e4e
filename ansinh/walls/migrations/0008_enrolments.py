"""Row security on the accounts asked for new officers."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0007_who_asks_about_data"), ("people", "0052_enrolments")]

    operations = [build("people.Enrolment")]
