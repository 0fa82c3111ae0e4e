"""Walls around payments in cash and the counts of posts."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0017_presses"), ("payments", "0005_release_guards")]

    operations = [build("payments.CashPayment", "payments.CashCount")]
