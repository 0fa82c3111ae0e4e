"""Readings, openings and their reviews only grow, in the database too."""

from django.db import migrations

from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [("people", "0025_readings"), ("platform", "0002_guards")]

    operations = [
        append_only("people_reading"),
        append_only("people_opening"),
        append_only("people_openingreview"),
    ]
