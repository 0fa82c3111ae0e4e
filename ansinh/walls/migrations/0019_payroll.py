"""Walls around the lists of the monthly payment."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0018_cash"), ("payments", "0007_payroll_guards")]

    operations = [build("payments.Payroll", "payments.PayrollLine")]
