"""Whoever answers a request about personal data sees the account that asked, wherever it has dossiers."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0006_sealed_invitations"), ("people", "0041_readings_of_people")]

    operations = [build("people.Account")]
