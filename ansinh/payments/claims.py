"""Money claimed back, in the books beside them: what is still to be recovered stands on two accounts that cancel out.

A claim is booked when it is made, taken out when its money is here, and taken out when it is cancelled.
"""

from __future__ import annotations

from datetime import datetime

from ansinh.payments.ledger import Matter, book, transfer
from ansinh.payments.models import Order
from ansinh.people.actors import Actor
from ansinh.registry.models import RecoveryClaim

TO_RECOVER, EXPECTED = "to_recover", "recovery_expected"


def book_claim(claim: RecoveryClaim, *, office_code: str, actor: Actor, at: datetime) -> None:
    """It is to be recovered from now on; the same claim again changes nothing."""
    _book(claim, "made", TO_RECOVER, EXPECTED, office_code=office_code, actor=actor, at=at)


def book_cancelled(claim: RecoveryClaim, *, office_code: str, actor: Actor, at: datetime) -> None:
    """It is not any more. One of before these accounts is booked first, so that both sides are there to take back."""
    book_claim(claim, office_code=office_code, actor=actor, at=at)
    _book(claim, "cancelled", EXPECTED, TO_RECOVER, office_code=office_code, actor=actor, at=at)


def book_collected(order: Order, *, actor: Actor, at: datetime) -> None:
    """The money of an order is here: the claim it asks for, if it asks for one, is not to be recovered any more."""
    for claim in RecoveryClaim.objects.filter(order_id=order.pk, cancellation=None):
        book_claim(claim, office_code=order.office_code, actor=actor, at=at)
        _book(claim, "collected", EXPECTED, TO_RECOVER, office_code=order.office_code, actor=actor, at=at)


def _book(
    claim: RecoveryClaim, step: str, debit: str, credit: str, *, office_code: str, actor: Actor, at: datetime
) -> None:
    book(
        f"claim:{claim.pk}:{step}",
        transfer(debit=debit, credit=credit, amount=claim.amount),
        kind=f"claim_{step}",
        matter=Matter(office_code, claim.dossier_id),
        actor=actor,
        at=at,
    )
