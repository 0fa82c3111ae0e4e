"""Answer a supplement request: only what was asked is open, and the clock goes on when all of it is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.happened import SupplementReceived
from ansinh.dossiers.history import record
from ansinh.dossiers.lists import check_lists
from ansinh.dossiers.models import Dossier, DossierPaper, State, SupplementItem, SupplementRequest
from ansinh.dossiers.supplement_places import (
    Places,
    is_same,
    kept_elsewhere,
    opened_rows,
    place_of,
    row_path,
    to_be_mended,
    with_rows,
)
from ansinh.eforms.canonical import canonical
from ansinh.eforms.definition import Field, Form
from ansinh.eforms.problems import Problem, problem_at
from ansinh.eforms.validate import check
from ansinh.eforms.visibility import asked_answers
from ansinh.files.models import Paper
from ansinh.people.actors import Citizen, Right
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day

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
    dossier_id: UUID,
    *,
    actor: Citizen,
    answers: Mapping[str, Any],
    at: datetime,
    kept: Collection[str] = (),
    rows: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Problem]:
    """Replace the answers that were pinned, nothing else. Answers the problems that remain in them.

    `rows` are single pinned rows by their path (`workers[17]`); every other row of their table stays. An answer that
    stays as it was is a problem (`unchanged`) unless its field or row is among `kept`: whoever stands by what the
    office doubts must say so, and the officer is shown it. Raises NotFound for a row that was not pinned.
    """
    refuse_without(Right.FILE, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        items = list(open_request(dossier).items.exclude(target_kind="paper"))
        form = frozen(dossier.version_id).form
        assert form is not None
        given = _Given.of(dossier, items, answers, rows or {})
        problems = _faults(form, given, on=local_day(at))
        # Numbers that cannot be read have no canonical form; they are problems already.
        after = given.after if problems else canonical(form, given.after)
        problems += [
            _only_pinned(form.field(key))
            for key, places in given.open_rows.items()
            if key in given.changed and not kept_elsewhere(given.before.get(key), after.get(key), places)
        ]
        mended = [item for item in items if given.holds(item)]
        same = [item for item in mended if is_same(item, after)]
        problems += _unchanged(form, same, problems, kept)
        if not problems:
            dossier.answers = after
            dossier.save(update_fields=["answers"])
            for item in mended:
                item.answered, item.kept = True, item in same
            SupplementItem.objects.bulk_update(mended, ["answered", "kept"])
    return problems


@dataclass(frozen=True)
class _Given:
    """What came in, beside what was there: whole answers and single rows, only where they were pinned."""

    before: Mapping[str, Any]
    changed: Mapping[str, Any]
    open_rows: Places
    in_hand: Places

    @classmethod
    def of(
        cls,
        dossier: Dossier,
        items: Collection[SupplementItem],
        answers: Mapping[str, Any],
        rows: Mapping[str, Mapping[str, Any]],
    ) -> _Given:
        """Raises NotFound for a row that was not pinned."""
        open_rows = opened_rows(items)
        changed = {key: answers[key] for key in {root_key(item.target) for item in items} if key in answers}
        in_hand = {key: places if key in changed else frozenset[int]() for key, places in open_rows.items()}
        single: dict[str, dict[int, Mapping[str, Any]]] = {}
        for path, cells in rows.items():
            place = place_of(path)
            if place is None or place[1] not in open_rows.get(place[0], ()):
                raise NotFound("not-asked", "Dòng này không nằm trong phần cần bổ sung nên không sửa được.")
            single.setdefault(place[0], {})[place[1]] = cells
        for key, mended in single.items():
            changed[key] = with_rows(changed.get(key, dossier.answers.get(key)), mended)
            in_hand[key] = in_hand[key] | mended.keys()
        return cls(dossier.answers, changed, open_rows, in_hand)

    @property
    def after(self) -> dict[str, Any]:
        """All answers as they would be."""
        return {**self.before, **self.changed}

    def holds(self, item: SupplementItem) -> bool:
        """Whether the pinned place was answered now."""
        place = place_of(item.target)
        if place is None or place[0] not in self.in_hand:
            return root_key(item.target) in self.changed
        return place[1] in self.in_hand[place[0]]


def _faults(form: Form, given: _Given, *, on: date) -> list[Problem]:
    """What is wrong in the answers that came in, and what they made wrong in rows that are not open."""
    found = _all_faults(form, given.after, on)
    before = {(one.path, one.code) for one in _all_faults(form, given.before, on)} if given.open_rows else set()
    mine = [one for one in found if root_key(one.path) in given.changed]
    return to_be_mended(mine, in_hand=given.in_hand, before=before)


def _all_faults(form: Form, answers: Mapping[str, Any], on: date) -> list[Problem]:
    problems = check(form, answers, today=on)
    faulty = {one.path for one in problems}
    return problems + [one for one in check_lists(form, asked_answers(form, answers), on=on) if one.path not in faulty]


def _only_pinned(field: Field) -> Problem:
    return problem_at(
        field.key, field, NOT_ASKED,
        "{Label}: chỉ những dòng được yêu cầu bổ sung mới sửa được. Xin để các dòng khác như đã nộp.",
    )  # fmt: skip


def _unchanged(
    form: Form, same: Collection[SupplementItem], problems: Collection[Problem], kept: Collection[str]
) -> list[Problem]:
    """One for each answer and row that stays as it was without a word, where nothing else is wrong."""
    faulty = {root_key(one.path) for one in problems}
    told: dict[str, Problem] = {}
    for item in same:
        key, place = root_key(item.target), place_of(item.target)
        path = key if place is None else row_path(*place)
        if key in faulty or {key, path} & set(kept):
            continue
        told[path] = _stays(form.field(key)) if place is None else _row_stays(form.field(key), place[1])
    return [told[path] for path in sorted(told)]


def _stays(field: Field) -> Problem:
    return problem_at(
        field.key, field, UNCHANGED,
        "{Label} vẫn như đã khai. Xin sửa lại; nếu đã xem lại mà thấy đúng, xin đánh dấu vào ô bên dưới.",
    )  # fmt: skip


def _row_stays(field: Field, place: int) -> Problem:
    return problem_at(
        row_path(field.key, place), field, UNCHANGED,
        "{Label}, dòng {row}: vẫn như đã khai. Xin sửa lại; nếu đã xem lại mà thấy đúng, xin đánh dấu vào ô bên dưới.",
        row=place + 1,
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
