"""A second round of asking: proposed by the officer with why, sent only when a superior agrees, and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.ask_for_more import Approval, Ask, refuse_unfounded, send_round, was_asked
from ansinh.casework.models import RoundProposal, RoundState
from ansinh.casework.transitions import move
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, SupplementRequest
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

SUPERIORS = (Role.HEAD, Role.LEADER, Role.PROVINCIAL_DIRECTOR)
"""Who at the dossier's office may let the applicant be asked once more."""


def propose_again(
    dossier_id: UUID, *, actor: OfficerActor, asks: Sequence[Ask], why: str, at: datetime
) -> RoundProposal:
    """Put a second round before a superior; nothing is sent and the clock runs on. Raises Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        actor = refuse_others(dossier, actor=actor)
        move("ask_for_more", dossier, stage=stage_of(dossier))
        refuse_unfounded(asks, dossier, on=local_day(at))
        if not was_asked(dossier):
            raise Conflict("not-asked-yet", "Hồ sơ chưa yêu cầu bổ sung lần nào. Xin gửi yêu cầu, không cần trình.")
        if not why.strip():
            raise Invalid(
                "again-needs-why", "Chưa ghi vì sao phải yêu cầu bổ sung lần nữa. Xin viết một câu cho lãnh đạo."
            )
        if open_proposal(dossier) is not None:
            raise Conflict("again-proposed", "Hồ sơ đang có một đề nghị bổ sung lần nữa chờ lãnh đạo. Xin đợi trả lời.")
        proposal = RoundProposal.objects.create(
            dossier=dossier,
            asks=[asdict(ask) for ask in asks],
            why=why.strip()[:2000],
            proposed_by_id=actor.officer_id,
            proposed_at=at,
        )
        record(dossier, "round_proposed", actor=actor, at=at, public=False, items=len(asks), why=proposal.why[:500])
    return proposal


def approve_again(dossier_id: UUID, *, actor: OfficerActor, at: datetime) -> SupplementRequest:
    """Agree: the second round goes to the applicant now; the record names both."""
    with transaction.atomic(), acting_as(actor.label):
        dossier, proposal, actor = _in_hand(dossier_id, actor=actor)
        refuse_when_unsealed()
        state = move("ask_for_more", dossier, stage=stage_of(dossier))
        asks = [Ask(**ask) for ask in proposal.asks]
        refuse_unfounded(asks, dossier, on=local_day(at))
        _decide(proposal, RoundState.APPROVED, actor, note="", at=at)
        record(dossier, "round_approved", actor=actor, at=at, public=False, why=proposal.why[:500])
        return send_round(
            dossier, asks, state=state, actor=actor, at=at, approval=Approval(proposal.proposed_by_id, proposal.why)
        )


def decline_again(dossier_id: UUID, *, actor: OfficerActor, note: str, at: datetime) -> Dossier:
    """Do not agree: the officer decides with what is there. Raises Invalid without a note."""
    with transaction.atomic(), acting_as(actor.label):
        dossier, proposal, actor = _in_hand(dossier_id, actor=actor)
        if not note.strip():
            raise Invalid("decline-again-needs-note", "Chưa ghi vì sao không đồng ý. Xin viết một câu cho cán bộ.")
        _decide(proposal, RoundState.DECLINED, actor, note=note.strip()[:2000], at=at)
        record(dossier, "round_declined", actor=actor, at=at, public=False, note=note.strip()[:500])
    return dossier


def open_proposal(dossier: Dossier) -> RoundProposal | None:
    """The proposal that waits for a superior, if any."""
    return dossier.round_proposals.filter(state=RoundState.PROPOSED).select_related("proposed_by").first()


def decides_rounds(viewer: OfficerActor) -> bool:
    """Whether proposals may wait for this officer."""
    return any(post.role in SUPERIORS for post in viewer.posts)


def to_decide(viewer: OfficerActor) -> QuerySet[RoundProposal]:
    """Proposals that wait for this superior: of open dossiers where the viewer leads, not the viewer's own."""
    offices = {post.office_code for post in viewer.posts if post.role in SUPERIORS}
    rows = RoundProposal.objects.filter(
        state=RoundState.PROPOSED, dossier__office_code__in=sorted(offices), dossier__closed_at__isnull=True
    ).exclude(proposed_by_id=viewer.officer_id)
    return rows.order_by("-dossier__urgent", "proposed_at", "pk")


def may_decide(dossier: Dossier, proposal: RoundProposal, *, viewer: OfficerActor) -> bool:
    """A superior at the dossier's office, who did not propose it."""
    return _role_of(dossier, viewer) is not None and proposal.proposed_by_id != viewer.officer_id


def _role_of(dossier: Dossier, viewer: OfficerActor) -> Role | None:
    return next((role for role in SUPERIORS if viewer.has(role, at_office=dossier.office_code)), None)


def _in_hand(dossier_id: UUID, *, actor: OfficerActor) -> tuple[Dossier, RoundProposal, OfficerActor]:
    dossier = the_dossier(dossier_id, viewer=actor, lock=True)
    proposal = open_proposal(dossier)
    if proposal is None:
        raise Conflict("no-round-proposed", "Không còn đề nghị bổ sung nào chờ trả lời. Xin tải lại trang.")
    role = _role_of(dossier, actor)
    if role is None or not may_decide(dossier, proposal, viewer=actor):
        raise NotAllowed(
            "not-superior",
            "Bổ sung lần nữa do lãnh đạo của cơ quan đang giữ hồ sơ quyết định, không phải người đề nghị.",
        )
    return dossier, proposal, actor.doing(role, at_office=dossier.office_code)


def _decide(proposal: RoundProposal, state: RoundState, actor: OfficerActor, *, note: str, at: datetime) -> None:
    proposal.state, proposal.note = state, note
    proposal.decided_by_id, proposal.decided_at = actor.officer_id, at
    proposal.save(update_fields=["state", "note", "decided_by", "decided_at"])
