"""Answer a supplement request: only what was asked is open, and the clock goes on when all of it is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.happened import SupplementReceived
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, DossierPaper, State, SupplementItem, SupplementRequest
from ansinh.eforms.canonical import canonical
from ansinh.eforms.definition import Field
from ansinh.eforms.problems import Problem, problem_at
from ansinh.eforms.validate import check
from ansinh.files.models import Paper
from ansinh.people.actors import Citizen, Right
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day

_ROW = re.compile(r"[a-z][a-z0-9_]*\[([0-9]+)\]")
NOT_ASKED = "not-asked"
"""The code of a change outside the rows that were pinned."""
UNCHANGED = "unchanged"
"""The code of a pinned answer that stays as it was without a word."""


def open_request(dossier: Dossier) -> SupplementRequest:
    """The request that is waiting for the applicant; raises Conflict when there is none."""
    request = dossier.supplement_requests.filter(answered_at__isnull=True).first()
    if request is None:
        raise Conflict("nothing-asked", "Hồ sơ này không còn chỗ nào chờ bổ sung. Xin xem lại trạng thái hồ sơ.")
    return request


def answer_fields(
    dossier_id: UUID, *, actor: Citizen, answers: Mapping[str, Any], at: datetime, kept: Collection[str] = ()
) -> list[Problem]:
    """Replace the answers that were pinned, nothing else. Answers the problems that remain in them.

    An answer that stays as it was is a problem (`unchanged`) unless its field is among `kept`: whoever stands by
    what the office doubts must say so, and the officer is shown it.
    """
    refuse_without(Right.FILE, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        request = open_request(dossier)
        items = list(request.items.exclude(target_kind="paper"))
        form = frozen(dossier.version_id).form
        assert form is not None
        changed = {key: answers[key] for key in {root_key(item.target) for item in items} if key in answers}
        merged = canonical(form, {**dossier.answers, **changed})
        same = {key for item in items if (key := root_key(item.target)) in changed and merged.get(key) == item.before}
        problems = [
            problem
            for problem in check(form, {**dossier.answers, **changed}, today=local_day(at))
            if root_key(problem.path) in changed
        ]
        problems += [
            _only_pinned(form.field(key)) for key in sorted(changed) if not _kept_elsewhere(dossier, key, items, merged)
        ]
        faulty = {root_key(problem.path) for problem in problems}
        problems += [_unchanged(form.field(key)) for key in sorted(same - faulty - set(kept))]
        if not problems:
            dossier.answers = merged
            dossier.save(update_fields=["answers"])
            mended = [item for item in items if root_key(item.target) in changed]
            for item in mended:
                item.answered, item.kept = True, root_key(item.target) in same
            SupplementItem.objects.bulk_update(mended, ["answered", "kept"])
    return problems


def _kept_elsewhere(dossier: Dossier, key: str, items: Collection[SupplementItem], merged: Mapping[str, Any]) -> bool:
    """Whether a table of which only rows are pinned is otherwise as it was, row by row."""
    targets = [item.target for item in items if root_key(item.target) == key]
    before, after = dossier.answers.get(key), merged.get(key)
    if key in targets or not isinstance(before, list) or not isinstance(after, list):
        return True
    pinned = {int(found[1]) for target in targets if (found := _ROW.match(target))}
    return len(before) == len(after) and all(
        old == new for index, (old, new) in enumerate(zip(before, after, strict=True)) if index not in pinned
    )


def _only_pinned(field: Field) -> Problem:
    return problem_at(
        field.key, field, NOT_ASKED,
        "{Label}: chỉ những dòng được yêu cầu bổ sung mới sửa được. Xin để các dòng khác như đã nộp.",
    )  # fmt: skip


def _unchanged(field: Field) -> Problem:
    return problem_at(
        field.key, field, UNCHANGED,
        "{Label} vẫn như đã khai. Xin sửa lại; nếu đã xem lại mà thấy đúng, xin đánh dấu vào ô bên dưới.",
    )  # fmt: skip


def answer_paper(
    dossier_id: UUID, *, actor: Citizen, requirement: str, row: str, paper_id: UUID, at: datetime
) -> DossierPaper:
    """Add a new version of a paper that was pinned; the earlier one stays in the dossier."""
    refuse_without(Right.FILE, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        request = open_request(dossier)
        target = f"{requirement}@{row}" if row else requirement
        item = request.items.filter(target_kind="paper", target=target).first()
        if item is None:
            raise NotFound("not-asked", "Giấy tờ này không nằm trong phần cần bổ sung nên không thay được.")
        paper = Paper.objects.select_related("file").filter(pk=paper_id, owner_id=actor.account_id).first()
        if paper is None:
            raise NotFound("paper-not-found", "Không tìm thấy giấy tờ này trong kho của ông/bà. Xin tải lên lại.")
        added = DossierPaper.objects.create(
            dossier=dossier,
            requirement=requirement,
            row=row,
            paper=paper,
            sha256=paper.file_id,
            name=paper.name,
            size=paper.file.size,
            round=request.round + 1,
            added_at=at,
        )
        item.answered = True
        item.save(update_fields=["answered"])
    return added


def send(dossier_id: UUID, *, actor: Citizen, at: datetime) -> None:
    """Send the completed supplement; raises Invalid while an item is unanswered. A second press changes nothing."""
    refuse_without(Right.SIGN, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        if dossier.state != State.WAITING_FOR_APPLICANT:
            return
        request = open_request(dossier)
        left = request.items.filter(answered=False).count()
        if left:
            raise Invalid(
                "supplement-incomplete",
                "Còn {n} chỗ chưa bổ sung. Xin làm đủ rồi gửi một lần để giờ giải quyết được tính tiếp.",
                n=left,
            )
        request.answered_at = at
        request.save(update_fields=["answered_at"])
        dossier.state = State.IN_PROGRESS if dossier.accepted_at else State.SUBMITTED
        dossier.supplemented_at = dossier.last_event_at = at
        dossier.save(update_fields=["state", "supplemented_at", "last_event_at"])
        record(dossier, "supplement_received", actor=actor, at=at, round=request.round, items=request.items.count())
        publish(SupplementReceived(dossier_id=dossier.pk, at=at))
