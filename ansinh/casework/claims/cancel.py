"""A claim is cancelled without a new result: one officer proposes it with a ground, a leader agrees or does not.

What nobody paid yet is not asked for any more; what came already is owed to the person and goes back by an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.casework.access import the_dossier
from ansinh.casework.claims.grounds import CancellationGround, grounds_on
from ansinh.casework.effects import claims
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import AppliedEffect, CancellationProposal, CancellationState, EffectReversal
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.payments.models import Order, OrderState
from ansinh.payments.moves import the_order
from ansinh.payments.orders import UNPAID_IN, Purpose, Whose, cancel_in, order_out
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.registry.models import RecoveryClaim

PROPOSES: Final = (Role.FINANCE, Role.HEAD)
"""Who at the dossier's office says that a claim is to stand no more: who deals with its money, or answers for it."""
DECIDES: Final = (Role.LEADER, Role.PROVINCIAL_DIRECTOR)
"""Who answers: claims are made by what a leader signed."""
SHORTEST, LONGEST = 15, 1000


@dataclass(frozen=True)
class Reason:
    """A coded ground, why in words the applicant reads, and the document where the ground needs one."""

    ground: str
    why: str
    document_number: str = ""
    document_day: date | None = None


def propose_cancelling(
    dossier_id: UUID, claim_id: UUID | None, *, actor: OfficerActor, reason: Reason, at: datetime
) -> CancellationProposal:
    """Put it before a leader; nothing happens yet. Raises NotFound, NotAllowed, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        doing = _doing(dossier, actor, PROPOSES)
        claim = _the_claim(dossier, claim_id)
        order = to_cancel(dossier, claim)
        if waiting_for(dossier).filter(claim=claim).exists():
            raise Conflict("cancelling-proposed", "Khoản này đang có đề nghị hủy chờ lãnh đạo. Xin đợi trả lời.")
        ground = _the_ground(reason, paid=order is not None and order.state == OrderState.PAID, on=local_day(at))
        made = CancellationProposal.objects.create(
            dossier=dossier, claim=claim, ground=ground.code, ground_vi=ground.name_vi, ground_en=ground.name_en,
            basis_vi=ground.basis_vi, quality=ground.quality, why=reason.why.strip()[:LONGEST],
            document_number=reason.document_number.strip()[:60], document_day=reason.document_day,
            proposed_by_id=actor.officer_id, proposed_at=at, order_id=order.pk if order else None,
        )  # fmt: skip
        record(
            dossier, "cancelling_proposed", actor=doing, at=at, public=False, amount=claim.amount,
            ground=made.ground_vi, why=made.why[:500],
        )  # fmt: skip
    return made


def agree_to_cancel(dossier_id: UUID, proposal_id: UUID, *, actor: OfficerActor, at: datetime) -> CancellationProposal:
    """The claim stands no more from now on, and the person is told. Raises NotFound, NotAllowed, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        dossier, proposal, doing = _in_hand(dossier_id, proposal_id, actor=actor)
        refuse_when_unsealed()
        with as_the_house():  # the record may be kept at another office than the one that decided
            claim = RecoveryClaim.objects.get(pk=proposal.claim_id)
            order = to_cancel(dossier, claim, lock=True)
            back = _taken_back(dossier, proposal, claim, order, actor=doing, at=at)
        _decide(proposal, CancellationState.AGREED, doing, back=back, at=at)
        record(
            dossier, "claim_given_back" if back else "claim_cancelled", actor=doing, at=at, amount=claim.amount,
            ground=proposal.ground_vi, why=proposal.why, order=back.code if back else "",
        )  # fmt: skip
    return proposal


def decline_to_cancel(
    dossier_id: UUID, proposal_id: UUID, *, actor: OfficerActor, note: str, at: datetime
) -> CancellationProposal:
    """The claim stands. Raises NotFound, NotAllowed, Conflict, Invalid (no note)."""
    with transaction.atomic(), acting_as(actor.label):
        dossier, proposal, doing = _in_hand(dossier_id, proposal_id, actor=actor)
        if not note.strip():
            raise Invalid("declining-needs-note", "Chưa ghi vì sao không đồng ý hủy. Xin viết một câu cho cán bộ.")
        _decide(proposal, CancellationState.DECLINED, doing, note=note.strip()[:LONGEST], at=at)
        record(dossier, "cancelling_declined", actor=doing, at=at, public=False, note=proposal.note[:500])
    return proposal


def to_cancel(dossier: Dossier, claim: RecoveryClaim, *, lock: bool = False) -> Order | None:
    """The order that asks for a claim which can be cancelled now; None where none asks for it. Raises Conflict."""
    if dossier.closed_at is None:
        raise Conflict(
            "claim-looked-at",
            "Hồ sơ đang được giải quyết; kết quả mới sẽ bù trừ khoản này. Xin đợi hồ sơ kết thúc rồi hủy riêng.",
        )
    if claims.is_cancelled(claim.pk) or CancellationProposal.objects.filter(claim=claim, state="agreed").exists():
        raise Conflict("claim-cancelled", "Khoản thu hồi này đã hủy. Xin tải lại trang.")
    found = claims.order_of(claim)
    order = the_order(found.pk) if found is not None and lock else found
    if order is not None and order.state == OrderState.PAID and _counted_since(dossier, claim):
        raise Conflict(
            "claim-counted",
            "Khoản {order} đã nộp và kết quả ký sau đó đã tính vào bù trừ nên không hủy riêng được. "
            "Xin mở lại hồ sơ để kết quả mới tính lại.",
            order=order.code,
        )
    return order


def can_propose(dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Whether this officer may put a claim of the dossier before a leader."""
    return any(viewer.has(role, at_office=dossier.office_code) for role in PROPOSES)


def can_cancel(dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Whether this officer has a part in cancelling claims of the dossier."""
    return any(viewer.has(role, at_office=dossier.office_code) for role in (*PROPOSES, *DECIDES))


def can_decide(proposal: CancellationProposal, dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Whether this officer answers: a leader there who did not propose it."""
    leads = any(viewer.has(role, at_office=dossier.office_code) for role in DECIDES)
    return leads and proposal.proposed_by_id != viewer.officer_id


def waiting_for(dossier: Dossier) -> QuerySet[CancellationProposal]:
    """Proposals of a dossier that nobody answered yet."""
    return dossier.cancellation_proposals.filter(state=CancellationState.PROPOSED)


def proposals_to_decide(*, viewer: OfficerActor) -> QuerySet[CancellationProposal]:
    """What waits at the viewer's offices, the oldest first. Raises NotAllowed."""
    offices = {post.office_code for post in viewer.posts if post.role in (*PROPOSES, *DECIDES)}
    if not offices:
        raise NotAllowed("claims-not-yours", "Khoản thu hồi do kế toán, trưởng bộ phận và lãnh đạo xử lý.")
    rows = CancellationProposal.objects.filter(state=CancellationState.PROPOSED, dossier__office_code__in=offices)
    return rows.select_related("dossier", "claim", "proposed_by").order_by("proposed_at", "id")


def _taken_back(
    dossier: Dossier, proposal: CancellationProposal, claim: RecoveryClaim, order: Order | None, *,
    actor: OfficerActor, at: datetime,
) -> Order | None:  # fmt: skip
    """Cancel the claim with its demand; or, where the money came, the order that gives it back."""
    why = f"{proposal.ground_vi}: {proposal.why.rstrip('.')}"
    if order is None or order.state != OrderState.PAID:
        if order is not None and order.state in UNPAID_IN:
            cancel_in(order, actor=actor, at=at, why=why[:300])
        claims.cancel(claim, why=why, dossier=dossier, actor=actor, at=at)
        return None
    if not next(one for one in grounds_on(local_day(proposal.proposed_at)) if one.code == proposal.ground).gives_back:
        raise Conflict(
            "claim-paid-meanwhile",
            "Khoản {order} đã nộp sau khi có đề nghị; lý do này chỉ hủy khoản chưa nộp. Xin không đồng ý.",
            order=order.code,
        )
    purpose = Purpose("refund", "Trả lại khoản thu hồi đã nộp, nay đã hủy", "A claim that was paid is given back")
    whose = Whose(order.owner_id, order.name, dossier.office_code, dossier.pk)
    back = order_out(
        f"{order.key}:given", order.amount, purpose=purpose, whose=whose, in_cash=order.owner_id is None, actor=actor,
        at=at,
    )  # fmt: skip
    facts = {"amount": claim.amount, "order": back.code, "reason": why}
    publish(DossierMoved(dossier.pk, "claim_given_back", at, facts))
    return back


def _counted_since(dossier: Dossier, claim: RecoveryClaim) -> bool:
    """Whether a later result of the dossier did or undid something: it counted the money that had come."""
    rows = (AppliedEffect.objects.filter(dossier=dossier), EffectReversal.objects.filter(dossier=dossier))
    return any(one.filter(at__gt=claim.made_at).exists() for one in rows)


def _the_claim(dossier: Dossier, claim_id: UUID | None) -> RecoveryClaim:
    found = claim_id and RecoveryClaim.objects.filter(pk=claim_id, dossier_id=dossier.pk).first()
    if not found:
        raise Invalid("claim-unknown", "Chưa chọn khoản thu hồi nào của hồ sơ. Xin chọn trong danh sách.")
    return found


def _the_ground(reason: Reason, *, paid: bool, on: date) -> CancellationGround:
    ground = next((one for one in grounds_on(on) if one.code == reason.ground), None)
    if ground is None:
        raise Invalid("cancelling-ground-unknown", "Chưa chọn lý do hủy. Xin chọn một lý do trong danh sách.")
    if paid and not ground.gives_back:
        raise Invalid(
            "cancelling-ground-unpaid",
            "Khoản này đã nộp; lý do đã chọn chỉ hủy khoản chưa nộp. Xin chọn lý do khác, hoặc giữ nguyên khoản thu.",
        )
    if len(reason.why.strip()) < SHORTEST:
        raise Invalid("cancelling-needs-why", "Chưa ghi vì sao hủy khoản thu hồi. Xin viết đủ để người nộp hiểu.")
    if ground.document and (not reason.document_number.strip() or reason.document_day is None):
        raise Invalid("cancelling-needs-document", "Lý do này cần văn bản. Xin ghi số và ngày của văn bản.")
    if reason.document_day is not None and reason.document_day > on:
        raise Invalid("document-in-future", "Ngày văn bản ở sau hôm nay. Xin ghi đúng ngày của văn bản.")
    return ground


def _in_hand(
    dossier_id: UUID, proposal_id: UUID, *, actor: OfficerActor
) -> tuple[Dossier, CancellationProposal, OfficerActor]:
    dossier = the_dossier(dossier_id, viewer=actor, lock=True)
    proposal = waiting_for(dossier).filter(pk=proposal_id).first()
    if proposal is None:
        raise Conflict("no-cancelling-proposed", "Không còn đề nghị hủy nào chờ trả lời. Xin tải lại trang.")
    doing = _doing(dossier, actor, DECIDES)
    if not can_decide(proposal, dossier, viewer=actor):
        raise NotAllowed("own-cancelling", "Ông/bà là người đề nghị hủy nên không tự đồng ý. Xin trình lãnh đạo khác.")
    return dossier, proposal, doing


def _doing(dossier: Dossier, actor: OfficerActor, roles: tuple[Role, ...]) -> OfficerActor:
    """The actor in the role that may. Raises NotAllowed."""
    for role in roles:
        if actor.has(role, at_office=dossier.office_code):
            return actor.doing(role, at_office=dossier.office_code)
    raise NotAllowed(
        "cancelling-not-yours",
        "Hủy khoản thu hồi do kế toán hoặc trưởng bộ phận của cơ quan giữ hồ sơ đề nghị, lãnh đạo đồng ý.",
    )


def _decide(
    proposal: CancellationProposal, state: CancellationState, actor: OfficerActor, *, at: datetime, note: str = "",
    back: Order | None = None,
) -> None:  # fmt: skip
    proposal.state, proposal.note = state, note
    proposal.decided_by_id, proposal.decided_at = actor.officer_id, at
    proposal.back_id = back.pk if back else None
    proposal.save(update_fields=["state", "note", "decided_by", "decided_at", "back_id"])
