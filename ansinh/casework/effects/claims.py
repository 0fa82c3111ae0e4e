"""Claims of money that was paid without right: made by a decision, cancelled when a later round says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ansinh.casework.effects.given import Done, Given
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import CancellationProposal, CancellationState
from ansinh.dossiers.models import Dossier
from ansinh.payments.claims import book_cancelled, book_claim
from ansinh.payments.models import Order, OrderState
from ansinh.payments.orders import cancel_in
from ansinh.people.actors import Actor
from ansinh.platform.events import publish
from ansinh.registry import records
from ansinh.registry.benefits.grant import Ground
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


def cancel(claim: RecoveryClaim, *, why: str, dossier: Dossier, actor: Actor, at: datetime) -> None:
    """The claim stands no more: a row with why and by whom, a booking that takes it back, and the person is told."""
    book_cancelled(claim, office_code=dossier.office_code, actor=actor, at=at)
    ground = Ground(dossier.pk, dossier.number, at)
    records.cancel_claim(claim, why=why, by=(actor.label, actor.name), ground=ground)
    publish(DossierMoved(dossier.pk, CANCELLED, at, {"amount": claim.amount, "reason": why}))


def drop_demand(order: Order, *, why: str, given: Given) -> None:
    """Nobody is to pay this locked order any more: it ends, and so does the claim in the record."""
    cancel_in(order, actor=given.actor, at=given.at, why=why)
    if order.state != OrderState.CANCELLED:
        return
    rows = RecoveryClaim.objects.filter(cancellation=None)
    claim = rows.filter(order_id=order.pk).first() or _of_before(order)
    if claim is not None:
        cancel(claim, why=why, dossier=given.dossier, actor=given.actor, at=given.at)


def _of_before(order: Order) -> RecoveryClaim | None:
    """A claim made with this order when claims did not name their orders yet."""
    if order.dossier_id is None:
        return None
    return RecoveryClaim.objects.filter(
        cancellation=None, order_id=None, dossier_id=order.dossier_id, amount=order.amount, made_at=order.created_at
    ).first()


def order_of(claim: RecoveryClaim) -> Order | None:
    """The order that asks for a claim, also where the claim is of before claims named theirs; None: there is none."""
    if claim.order_id is not None:
        return Order.objects.get(pk=claim.order_id)
    named = RecoveryClaim.objects.filter(dossier_id=claim.dossier_id, order_id__isnull=False).values("order_id")
    return Order.objects.filter(
        dossier_id=claim.dossier_id, direction="in", amount=claim.amount, created_at=claim.made_at,
        key__startswith=f"dossier:{claim.dossier_id}:back:",
    ).exclude(pk__in=named).first()  # fmt: skip


def forgiven_of(dossier: Dossier) -> frozenset[UUID]:
    """Demands that two officers cancelled by themselves, without a new result: the money stays with the person, or went
    back there. The next result counts it as paid to the person, and does not ask for it once more.
    """
    agreed = CancellationProposal.objects.filter(dossier=dossier, state=CancellationState.AGREED)
    demands = {demand: back for demand, back in agreed.values_list("order_id", "back_id") if demand is not None}
    backs = Order.objects.filter(pk__in=[back for back in demands.values() if back])
    stopped = set(backs.filter(state=OrderState.CANCELLED).values_list("pk", flat=True))
    return frozenset(demand for demand, back in demands.items() if back not in stopped)


def is_cancelled(claim_id: UUID) -> bool:
    """Whether the claim stands no more."""
    return RecoveryCancellation.objects.filter(claim_id=claim_id).exists()


@dataclass(frozen=True)
class Claimed:
    """A claim as it stands: the code it is paid by, when it was paid, its cancellation, the code of the order that
    gives the money back, and the proposal to cancel it that waits.
    """

    claim: RecoveryClaim
    code: str
    paid_at: datetime | None
    cancellation: RecoveryCancellation | None
    given_back: str = ""
    waiting: CancellationProposal | None = None

    @property
    def stands(self) -> bool:
        """Whether money is still to come for it, or came and stays."""
        return self.cancellation is None and not self.given_back


def claims_of(dossier: Dossier) -> list[Claimed]:
    """What was claimed back under a dossier, in order, as far as whoever looks sees the records."""
    # Each table has its wall, and two walls in one statement cost the database 9 ms: most dossiers have no claim.
    claims = list(RecoveryClaim.objects.filter(dossier_id=dossier.pk).prefetch_related("cancellation"))
    if not claims:
        return []
    living = dossier.cancellation_proposals.exclude(state=CancellationState.DECLINED).select_related("proposed_by")
    proposals = {one.claim_id: one for one in living}
    named = [one.order_id for one in claims] + [one.back_id for one in proposals.values()]
    orders = {one.pk: one for one in Order.objects.filter(pk__in=[pk for pk in named if pk])}
    return [_standing(one, orders, proposals.get(one.pk)) for one in claims]


def _standing(claim: RecoveryClaim, orders: Mapping[UUID, Order], proposal: CancellationProposal | None) -> Claimed:
    order = orders.get(claim.order_id) if claim.order_id else None
    back = orders.get(proposal.back_id) if proposal is not None and proposal.back_id else None
    return Claimed(
        claim,
        code=order.code if order is not None else "",
        paid_at=order.paid_at if order is not None and order.state == OrderState.PAID else None,
        cancellation=claim.cancellation if hasattr(claim, "cancellation") else None,
        given_back=back.code if back is not None else "",
        waiting=proposal if proposal is not None and proposal.state == CancellationState.PROPOSED else None,
    )


def _book(claim: RecoveryClaim, given: Given) -> None:
    book_claim(claim, office_code=given.dossier.office_code, actor=given.actor, at=given.at)
