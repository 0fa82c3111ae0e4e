"""Jobs of money: the receipt of a payment, the end of a dossier that was only to be paid, orders past their day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.money.finish import finish_paid
from ansinh.casework.money.receipt import make_payment_receipt
from ansinh.casework.money.waiting import FINISH_PAID, PAYMENT_RECEIPT
from ansinh.platform.queue import task


@task(PAYMENT_RECEIPT)
def payment_receipt(*, order_id: str, at: datetime) -> None:
    """Make the receipt of a payment."""
    make_payment_receipt(UUID(order_id), at=at)


@task(FINISH_PAID)
def finish_a_paid_dossier(*, dossier_id: str, at: datetime) -> None:
    """Grant what was paid for; while the log is not sealed the job is tried again."""
    finish_paid(UUID(dossier_id), at=at)
