"""Walls around the ledger, orders and what banks report."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0004_joint_papers"), ("payments", "0002_guards")]

    operations = [
        build(
            "payments.LedgerTransaction", "payments.LedgerEntry", "payments.Batch", "payments.Order",
            "payments.OrderEvent", "payments.BankNotice",
        ),
    ]  # fmt: skip
