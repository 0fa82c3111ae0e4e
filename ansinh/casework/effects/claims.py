"""Claims of money that was paid without right: made by a decision, cancelled when a later round says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ansinh.casework.effects.given import Done, Given
from ansinh.casework.happened import DossierMoved
from ansinh.dossiers.models import Dossier
from ansinh.payments.claims import book_cancelled, book_claim
from ansinh.payments.models import Order, OrderState
from ansinh.payments.orders import cancel_in
from ansinh.platform.events import publish
from ansinh.registry import records
from ansinh.registry.models import InsuredPerson, RecoveryCancellation, RecoveryClaim

CANCELLED: Final = "claim_cancelled"


def claim_back(given: Given) -> Done:
    """Money that was paid without right is claimed back."""
    made = records.claim_back(
        given.insured(), amount=given["amount"], why=given["why"], debtor=given.get("debtor", ""),
        entitlement=given.get("entitlement", ""), ground=given.ground,
    )  # fmt: skip
    _book(made, given)
    return Done({"claim": str(made.pk)})


def claim_by_order(order: Order, insured: InsuredPerson, *, why: str, benefit: str, given: Given) -> None:
    """The claim in the record of whoever an order asks."""
    made = records.claim_back(
        insured, amount=order.amount, why=why, debtor="", entitlement=benefit, ground=given.ground, order_id=order.pk
    )
    _book(made, given)


def cancel(claim: RecoveryClaim, *, why: str, given: Given) -> None:
    """The claim stands no more: a row with why and by whom, a booking that takes it back, and the person is told."""
    book_cancelled(claim, office_code=given.dossier.office_code, actor=given.actor, at=given.at)
    by = (given.actor.label, given.actor.name)
    records.cancel_claim(claim, why=why, by=by, ground=given.ground)
    publish(DossierMoved(given.dossier_id, CANCELLED, given.at, {"amount": claim.amount, "reason": why}))


def drop_demand(order: Order, *, why: str, given: Given) -> None:
    """Nobody is to pay this locked order any more: it ends, and so does the claim in the record."""
    cancel_in(order, actor=given.actor, at=given.at, why=why)
    if order.state != OrderState.CANCELLED:
        return
    rows = RecoveryClaim.objects.filter(cancellation=None)
    claim = rows.filter(order_id=order.pk).first() or _of_before(order)
    if claim is not None:
        cancel(claim, why=why, given=given)


def _of_before(order: Order) -> RecoveryClaim | None:
    """A claim made with this order when claims did not name their orders yet."""
    if order.dossier_id is None:
        return None
    return RecoveryClaim.objects.filter(
        cancellation=None, order_id=None, dossier_id=order.dossier_id, amount=order.amount, made_at=order.created_at
    ).first()


@dataclass(frozen=True)
class Claimed:
    """A claim as it stands: the code it is paid by, when it was paid, and its cancellation."""

    claim: RecoveryClaim
    code: str
    paid_at: datetime | None
    cancellation: RecoveryCancellation | None


def claims_of(dossier: Dossier) -> list[Claimed]:
    """What was claimed back under a dossier, in order, as far as whoever looks sees the records."""
    rows = RecoveryClaim.objects.filter(dossier_id=dossier.pk).select_related("cancellation")
    claims = list(rows)
    orders = {one.pk: one for one in Order.objects.filter(pk__in=[one.order_id for one in claims if one.order_id])}
    return [_standing(one, orders.get(one.order_id) if one.order_id else None) for one in claims]


def _standing(claim: RecoveryClaim, order: Order | None) -> Claimed:
    cancelled = claim.cancellation if hasattr(claim, "cancellation") else None
    paid = order.paid_at if order is not None and order.state == OrderState.PAID else None
    return Claimed(claim, order.code if order is not None else "", paid, cancelled)


def _book(claim: RecoveryClaim, given: Given) -> None:
    book_claim(claim, office_code=given.dossier.office_code, actor=given.actor, at=given.at)
