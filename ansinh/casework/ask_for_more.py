"""No reason, no return: ask once, for named places, each with a coded reason and what a good one looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.clock import set_due
from ansinh.casework.happened import DossierMoved
from ansinh.casework.limits import answer_within
from ansinh.casework.pins import Pin, refuse_unknown
from ansinh.casework.reasons import reason
from ansinh.casework.transitions import move
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State, SupplementItem, SupplementRequest
from ansinh.law.deadlines import due
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed


@dataclass(frozen=True)
class Ask:
    """One place to mend: a field path, a row (`children[0]`) or a paper key (`birth_certificate@children[0]`)."""

    target_kind: str
    target: str
    reason_code: str
    wrong: str
    good: str


@dataclass(frozen=True)
class Approval:
    """What a superior agrees to by sending it: who asks the applicant once more, and why."""

    asked_by_id: UUID
    why: str


def ask_for_more(dossier_id: UUID, *, actor: OfficerActor, asks: Sequence[Ask], at: datetime) -> SupplementRequest:
    """Send one request with every defect; the clock stands still from now.

    Raises Invalid without places or reasons; Conflict when the applicant was asked before (a superior lets that be:
    `ask_again`).
    """
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        actor = refuse_others(dossier, actor=actor)
        state = move("ask_for_more", dossier, stage=stage_of(dossier))
        refuse_unfounded(asks, dossier, on=local_day(at))
        if was_asked(dossier):
            raise Conflict(
                "asked-before",
                "Hồ sơ đã được yêu cầu bổ sung một lần. Lần nữa phải có lý do và lãnh đạo phòng, tổ đồng ý; "
                "xin trình lại từ trang ghim lỗi.",
            )
        return send_round(dossier, asks, state=state, actor=actor, at=at)


def was_asked(dossier: Dossier) -> bool:
    """Whether the applicant was asked for a supplement before: all defects go into one round."""
    return dossier.supplement_requests.exists()


def send_round(
    dossier: Dossier,
    asks: Sequence[Ask],
    *,
    state: State,
    actor: OfficerActor,
    at: datetime,
    approval: Approval | None = None,
) -> SupplementRequest:
    """Write the request with its items and let the applicant have the dossier, in the caller's transaction."""
    today = local_day(at)
    limit = answer_within(dossier.procedure, on=today)
    answer_by = due(started_on=today, limit=limit, calendar=work_calendar()).on
    assert answer_by is not None
    request = SupplementRequest.objects.create(
        dossier=dossier,
        round=dossier.supplement_requests.count() + 1,
        asked_at=at,
        asked_by_id=approval.asked_by_id if approval else actor.officer_id,
        answer_by=answer_by,
        approved_by_id=actor.officer_id if approval else None,
        approved_at=at if approval else None,
        why_again=approval.why if approval else "",
    )
    SupplementItem.objects.bulk_create(
        SupplementItem(
            request=request,
            target_kind=ask.target_kind,
            target=ask.target,
            reason_code=ask.reason_code,
            clause=reason(ask.reason_code).clause_vi,
            wrong=ask.wrong.strip(),
            good=ask.good.strip() or reason(ask.reason_code).good_vi,
            before=None if ask.target_kind == "paper" else dossier.answers.get(root_key(ask.target)),
        )
        for ask in asks
    )
    dossier.state, dossier.last_event_at, dossier.due_on = state, at, None
    dossier.save(update_fields=["state", "last_event_at", "due_on"])
    set_due(dossier)
    dossier.save(update_fields=["results_due"])
    record(
        dossier,
        "supplement_requested",
        actor=actor,
        at=at,
        round=request.round,
        items=len(asks),
        answer_by=answer_by.isoformat(),
    )
    publish(
        DossierMoved(dossier.pk, "supplement_requested", at, {"items": len(asks), "respond_by": answer_by.isoformat()})
    )
    return request


def refuse_unfounded(asks: Sequence[Ask], dossier: Dossier, *, on: date) -> None:
    """Raise Invalid unless every ask names a place of the dossier, a reason of that day, and what is wrong."""
    if not asks:
        raise Invalid(
            "nothing-pinned", "Chưa ghim chỗ nào cần bổ sung. Xin ghim từng mục khai hoặc giấy tờ còn thiếu, kèm lý do."
        )
    for ask in asks:
        refuse_unknown(dossier, Pin(ask.target_kind, ask.target), mendable=True)
        if reason(ask.reason_code, on=on).use != "supplement":
            raise Invalid("reason-unknown", "Lý do này dùng để từ chối, không dùng để yêu cầu bổ sung. Xin chọn lại.")
        if not ask.wrong.strip():
            raise Invalid(
                "wrong-missing",
                "Chưa ghi sai ở đâu cho mục “{target}”. Xin viết một câu để người nộp hiểu phải sửa gì.",
                target=ask.target,
            )
    if len({(ask.target_kind, ask.target) for ask in asks}) != len(asks):
        raise Invalid("pinned-twice", "Một mục bị ghim hai lần. Xin gộp lại thành một.")
