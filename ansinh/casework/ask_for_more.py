"""No reason, no return: ask once, for named places, each with a coded reason and what a good one looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.clock import set_due
from ansinh.casework.happened import DossierMoved
from ansinh.casework.limits import answer_within
from ansinh.casework.reasons import reason
from ansinh.casework.transitions import move
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, SupplementItem, SupplementRequest
from ansinh.dossiers.requirements import asked_papers
from ansinh.eforms.visibility import asked_keys
from ansinh.law.deadlines import due
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed


@dataclass(frozen=True)
class Ask:
    """One place to mend: a field path or a paper key (`birth_certificate@children[0]`)."""

    target_kind: str
    target: str
    reason_code: str
    wrong: str
    good: str


def ask_for_more(dossier_id: UUID, *, actor: OfficerActor, asks: Sequence[Ask], at: datetime) -> SupplementRequest:
    """Send one request with every defect; the clock stands still from now. Raises Invalid without places or reasons."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        actor = refuse_others(dossier, actor=actor)
        state = move("ask_for_more", dossier, stage=stage_of(dossier))
        _refuse_empty(asks, dossier)
        today = local_day(at)
        answer_by = due(started_on=today, limit=answer_within(on=today), calendar=work_calendar()).on
        assert answer_by is not None
        request = SupplementRequest.objects.create(
            dossier=dossier,
            round=dossier.supplement_requests.count() + 1,
            asked_at=at,
            asked_by_id=actor.officer_id,
            answer_by=answer_by,
        )
        SupplementItem.objects.bulk_create(
            SupplementItem(
                request=request,
                target_kind=ask.target_kind,
                target=ask.target,
                reason_code=ask.reason_code,
                wrong=ask.wrong.strip(),
                good=ask.good.strip() or reason(ask.reason_code).good_vi,
                before=dossier.answers.get(root_key(ask.target)) if ask.target_kind == "field" else None,
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
            DossierMoved(
                dossier.pk, "supplement_requested", at, {"items": len(asks), "respond_by": answer_by.isoformat()}
            )
        )
    return request


def _targets(dossier: Dossier) -> dict[str, set[str]]:
    """What the applicant can mend: answers asked and not taken from a register, papers asked and papers sent."""
    folder = frozen(dossier.version_id)
    assert folder.form is not None
    asked = asked_keys(folder.form, dossier.answers)
    sent = [(paper.requirement, paper.row) for paper in dossier.papers.all()]
    papers = {paper.key for paper in asked_papers(folder, dossier.answers, given=sent)}
    return {
        "field": {field.key for field in folder.form.fields() if field.key in asked and not field.read_only},
        "paper": papers | {f"{key}@{row}" if row else key for key, row in sent},
    }


def _refuse_empty(asks: Sequence[Ask], dossier: Dossier) -> None:
    if not asks:
        raise Invalid(
            "nothing-pinned", "Chưa ghim chỗ nào cần bổ sung. Xin ghim từng mục khai hoặc giấy tờ còn thiếu, kèm lý do."
        )
    known = _targets(dossier)
    for ask in asks:
        name = root_key(ask.target) if ask.target_kind == "field" else ask.target
        if name not in known.get(ask.target_kind, set()):
            raise Invalid("unknown-target", "Hồ sơ này không có mục “{target}”. Xin ghim lại.", target=ask.target)
        if reason(ask.reason_code).use != "supplement":
            raise Invalid("reason-unknown", "Lý do này dùng để từ chối, không dùng để yêu cầu bổ sung. Xin chọn lại.")
        if not ask.wrong.strip():
            raise Invalid(
                "wrong-missing",
                "Chưa ghi sai ở đâu cho mục “{target}”. Xin viết một câu để người nộp hiểu phải sửa gì.",
                target=ask.target,
            )
    if len({(ask.target_kind, ask.target) for ask in asks}) != len(asks):
        raise Invalid("pinned-twice", "Một mục bị ghim hai lần. Xin gộp lại thành một.")
