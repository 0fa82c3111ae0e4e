"""The leader's approval: the letter is made, signed, stamped and given, the dossier closed and its effects done,
in one transaction.

Signing asks a token and a time-stamp authority, which takes seconds: it is done before, on what was read without a
lock, and counts only when the locked dossier is still the same. When one of them is away, the approval itself is kept
(who, when, in which capacity), a job is queued, and that job does the same step as soon as they answer again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.effects.take_effect import refuse_impossible, take_effect
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import Decision, DecisionState
from ansinh.casework.numbering import number_of
from ansinh.casework.propose import open_decision
from ansinh.casework.results import Results, signed_results
from ansinh.casework.return_approval import return_approval
from ansinh.casework.rounds import was_late_before
from ansinh.casework.second_press import last_event
from ansinh.casework.signed_letter import draft_letter
from ansinh.casework.statement import seal_history_of
from ansinh.casework.transitions import move
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.history import record
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import RESULT_XML, Dossier, IssuedDocument, State
from ansinh.offices.queries import office
from ansinh.people.actors import OfficerActor
from ansinh.people.queries import capacity_to_sign
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, DomainError, NotAllowed, NotNow
from ansinh.platform.events import publish
from ansinh.platform.queue import defer
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

FINISH = "casework.finish_signature"
"""Name of the job that finishes an approval once time-stamps can be had."""
_APPROVAL: Final = ("state", "number", "signed_by", "signed_at", "signed_title", "signed_capacity")
_CLOSING: Final = ("state", "stage_role", "was_late", "due_on", "closed_at", "last_event_at")
"""What a signature changes of decision and dossier: the answers, sealed, are not to be written anew."""


@dataclass(frozen=True)
class _Approved:
    """A dossier with its decision as approved, and the event it was read at: every action adds one."""

    dossier: Dossier
    decision: Decision
    event: int
    actor: OfficerActor
    """As the history names one here: a deputy with the absent colleague."""


def sign(dossier_id: UUID, *, actor: OfficerActor, at: datetime) -> IssuedDocument | None:
    """Approve the controlled decision, sign its letter and close the dossier as granted or refused.

    None says that the approval is kept and its letter waits for a time-stamp or for the token (`waiting.py` says for
    which). Raises Conflict, also when somebody changed the dossier while it was signed; NotAllowed.
    """
    refuse_when_unsealed()  # before sealing: a log that stood still for hours is first looked at by people
    seal_history_of(dossier_id, at=at)
    read = _approved(dossier_id, actor=actor, at=at)
    signed = _signed_or_away(read, at=at)
    with transaction.atomic(), acting_as(actor.label):
        held = _approved(dossier_id, actor=actor, at=at, lock=True)
        if held.event != read.event:
            raise _changed_meanwhile()
        if isinstance(signed, NotNow):
            if held.decision.kind == "grant" or held.dossier.reopened_at is not None:
                refuse_impossible(held.dossier, held.decision, actor=held.actor, at=at)
            _keep_approval(held.dossier, held.decision, actor=held.actor, why=signed.code, at=at)
            return None
        return _give(held.dossier, held.decision, signed, actor=held.actor, at=at)


def finish_signature(dossier_id: UUID, *, at: datetime) -> IssuedDocument | None:
    """Finish a kept approval: the very same step. Raises NotNow.

    None when it was finished before, and when what it grants became impossible: then it went back to the specialist.
    """
    seal_history_of(dossier_id, at=at)
    dossier = Dossier.objects.get(pk=dossier_id)
    kept = _kept(dossier)
    if kept is None:
        return None
    signed = signed_results(dossier, kept, at=at)
    try:
        return _give_kept(dossier_id, signed, at=at)
    except NotNow:
        raise
    except DomainError as problem:  # waiting mends nothing here: people have to
        return_approval(dossier_id, problem, at=at)
        return None


def _give_kept(dossier_id: UUID, signed: Results, *, at: datetime) -> IssuedDocument | None:
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
        decision = _kept(dossier)  # nobody else moves an approved dossier, but another worker may have finished it
        if decision is None:
            return None
        actor = _approver(decision)
        with acting_as(actor.label):
            return _give(dossier, decision, signed, actor=actor, at=at)


def preview(dossier: Dossier, decision: Decision, *, at: datetime) -> bytes:
    """The letter as it would be signed, marked as a draft: PDF bytes."""
    return draft_letter(dossier, decision, at=at)


def _approved(dossier_id: UUID, *, actor: OfficerActor, at: datetime, lock: bool = False) -> _Approved:
    """The dossier and its decision with the approval in them, nothing written. Raises Conflict, NotAllowed."""
    dossier = the_dossier(dossier_id, viewer=actor, lock=lock)
    event = last_event(dossier_id)
    doing = refuse_others(dossier, actor=actor)
    decision = open_decision(dossier)
    if decision is None:
        raise Conflict("no-open-decision", "Hồ sơ chưa có dự thảo quyết định. Xin tải lại trang.")
    _approve(dossier, decision, actor=doing, at=at)
    return _Approved(dossier, decision, event, doing)


def _signed_or_away(read: _Approved, *, at: datetime) -> Results | NotNow:
    try:
        return signed_results(read.dossier, read.decision, at=at)
    except NotNow as away:
        return away


def _changed_meanwhile() -> Conflict:
    return Conflict(
        "changed-meanwhile",
        "Hồ sơ vừa có thay đổi trong lúc ký nên chữ ký đó không được dùng. Xin xem lại hồ sơ rồi ký lần nữa.",
    )


def _kept(dossier: Dossier) -> Decision | None:
    approved = dossier.decisions.filter(state=DecisionState.APPROVED)
    return approved.select_related("signed_by__account").first()


def _approve(dossier: Dossier, decision: Decision, *, actor: OfficerActor, at: datetime) -> None:
    """Who approves, when and in which capacity; written with whatever follows."""
    if actor.officer_id in (decision.proposed_by_id, decision.controlled_by_id):
        raise NotAllowed("own-proposal", "Ông/bà đã đề xuất hoặc kiểm soát hồ sơ này nên không tự ký được.")
    capacity = capacity_to_sign(
        actor.officer_id, office_code=dossier.office_code, role=dossier.stage_role, on=local_day(at)
    )
    if capacity is None:
        raise NotAllowed(
            "capacity-not-held",
            "Ngày {day} ông/bà không giữ tư cách ký thay (KT.), thừa lệnh (TL.) hay thừa ủy quyền (TUQ.) tại {office}. "
            "Xin chuyển người có thẩm quyền ký.",
            day=date_vi(local_day(at)),
            office=office(dossier.office_code).name_vi,
        )
    dossier.state = move("approve", dossier, stage=stage_of(dossier))
    decision.state = DecisionState.APPROVED
    decision.number = number_of(dossier, decision)
    decision.signed_by_id = actor.officer_id
    decision.signed_at = at
    decision.signed_title = actor.title
    decision.signed_capacity = capacity


def _keep_approval(dossier: Dossier, decision: Decision, *, actor: OfficerActor, why: str, at: datetime) -> None:
    decision.save()
    dossier.last_event_at = at
    dossier.save()
    record(dossier, "approved", actor=actor, at=at, number=decision.number, why=why)
    defer(FINISH, dossier_id=str(dossier.pk))


def _give(
    dossier: Dossier, decision: Decision, results: Results, *, actor: OfficerActor, at: datetime
) -> IssuedDocument:
    """The signed files go to the applicant, the dossier is closed and what it grants is done. Gives the letter.

    Raises the DomainError of an effect that cannot be done.
    """
    state = move("grant" if decision.kind == "grant" else "refuse", dossier, stage=stage_of(dossier))
    decision.state = DecisionState.SIGNED
    decision.save(update_fields=_APPROVAL)
    issued = issue_document(
        dossier,
        results.letter,
        kind="decision" if decision.kind == "grant" else "refusal",
        title=_title(dossier, decision),
        number=decision.number,
        signed_by=f"{decision.signed_title} {actor.name}",
        document_id=results.document_id,
        at=at,
    )
    issue_document(
        dossier, results.xml, kind=RESULT_XML, title="Kết quả dạng tệp XML, có chữ ký số", number=decision.number,
        signed_by=issued.signed_by, at=at,
    )  # fmt: skip
    dossier.state = state
    dossier.stage_role = ""
    late = dossier.due_on is not None and local_day(at) > dossier.due_on
    dossier.was_late = late or was_late_before(dossier)
    dossier.due_on = None
    dossier.closed_at = dossier.last_event_at = at
    dossier.save(update_fields=_CLOSING)
    granted = state == State.GRANTED
    again = dossier.reopened_at is not None
    if granted or again:
        take_effect(dossier, decision, actor=actor, at=at)
    record(
        dossier, "granted" if granted else "refused", actor=actor, at=at,
        number=decision.number, amount=decision.amount,
    )  # fmt: skip
    code = "result_replaced" if again else "result_ready" if granted else "refused"
    publish(DossierMoved(dossier.pk, code, at))
    return issued


def _approver(decision: Decision) -> OfficerActor:
    """The leader as on the day of the approval: nothing is looked up again."""
    leader = decision.signed_by
    assert leader is not None
    return OfficerActor(
        officer_id=leader.pk,
        account_id=leader.account_id,
        name=leader.full_name,
        title_vi=decision.signed_title,
        posts=(),
    )


def _title(dossier: Dossier, decision: Decision) -> str:
    if decision.kind == "grant":
        return f"Kết quả giải quyết: {frozen(dossier.version_id).procedure.short_name_vi}"
    return "Thông báo không giải quyết hồ sơ"
