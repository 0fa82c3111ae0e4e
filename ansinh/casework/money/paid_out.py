"""What the applicant learns of a payment by the agency: done, or returned by the bank."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.tell import tell
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.payments.models import Order
from ansinh.people.actors import System
from ansinh.platform.row_security.viewer import as_the_house


@as_the_house()  # an order of the office's finance, told to whoever may read the dossier
def tell_paid(order_id: UUID, *, at: datetime) -> None:
    """The money left for the person."""
    order = Order.objects.get(pk=order_id)
    if order.dossier_id is None:
        return
    dossier = Dossier.objects.get(pk=order.dossier_id)
    record(dossier, "paid_out", actor=System(), at=at, amount=order.amount, code=order.code)
    tell(dossier, "paid_out", at=at, amount=order.amount)


@as_the_house()
def tell_returned(order_id: UUID, *, at: datetime) -> None:
    """The bank gave it back: the person may mend the account."""
    order = Order.objects.get(pk=order_id)
    if order.dossier_id is None:
        return
    dossier = Dossier.objects.get(pk=order.dossier_id)
    record(dossier, "payment_returned", actor=System(), at=at, amount=order.amount, code=order.code)
    tell(dossier, "payment_returned", at=at, amount=order.amount)
