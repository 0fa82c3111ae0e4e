"""An invitation is found by the blind index of the invited person's number."""

from django.db import migrations

from ansinh.walls.build import build

_NO_POLICY = "DROP POLICY IF EXISTS wall ON people_staffinvitation"
"""Closed to everybody until `people.0050` is undone too, which gives the policy of before."""


class Migration(migrations.Migration):
    dependencies = [("walls", "0005_payments"), ("people", "0050_sealed_numbers")]

    operations = [migrations.RunSQL(build("people.StaffInvitation").sql, _NO_POLICY)]
