"""Report a problem to the office above, pass it on, answer it.

Units report to the office that manages them, offices to their province, provinces to the centre.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.directives.models import ProblemAbout, ProblemReport, ProblemStep
from ansinh.directives.tell import tell_answered
from ansinh.law.counting import Unit, nominal
from ansinh.offices.models import Office
from ansinh.offices.queries import office, work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.models import UnitCharge
from ansinh.people.models_officers import held_on
from ansinh.people.officers.powers import speaks_at, speaks_for
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class Problem:
    """What an office or a unit cannot solve itself."""

    about: str
    title: str
    body: str
    urgent: bool = False


def answer_days(*, urgent: bool, on: date) -> int:
    """Working days in which a report is answered."""
    row = max((row for row in _rules() if str(row["from"]) <= on.isoformat()), key=lambda row: str(row["from"]))
    return int(row["urgent_working_days" if urgent else "working_days"])


def report(problem: Problem, *, office_code: str, actor: OfficerActor, at: datetime) -> ProblemReport:
    """Tell the office above one's own of a problem. Raises NotAllowed, Invalid, Conflict where nothing is above."""
    if office_code not in actor.office_codes:
        raise NotAllowed("not-your-office-to-report", "Ông/bà chỉ báo vướng mắc của cơ quan mình.")
    refuse_wrong(problem)
    above, due = _above(office(office_code)), due_day(problem.urgent, on=local_day(at))
    with transaction.atomic(), acting_as(actor.label):
        made = ProblemReport.objects.create(
            from_office_id=office_code, to_office=above, about=problem.about, title=" ".join(problem.title.split()),
            body=problem.body.strip(), urgent=problem.urgent, reported_by_id=actor.officer_id, reported_at=at,
            due_on=due,
        )  # fmt: skip
        ProblemStep.objects.create(report=made, at=at, kind="reported", office_id=office_code, due_on=due)
    return made


def pass_on(report_id: UUID, *, note: str, actor: OfficerActor, at: datetime) -> ProblemReport:
    """Give a report to the office above, which owes the answer from now on. Raises NotFound, Conflict, Invalid."""
    said = _said(note, 500)
    with transaction.atomic(), acting_as(actor.label):
        found = _to_answer(report_id, actor, at)
        here, due = found.to_office_id, due_day(found.urgent, on=local_day(at))
        above = _above(found.to_office)
        # The step first: by it the office that passes a unit's report on goes on seeing it.
        ProblemStep.objects.create(report=found, at=at, kind="passed_on", office_id=here, due_on=due, note=said)
        found.to_office, found.due_on = above, due
        found.save(update_fields=["to_office", "due_on"])
    return found


def answer(report_id: UUID, *, text: str, actor: OfficerActor, at: datetime) -> ProblemReport:
    """Write the answer, once. Raises NotFound, Conflict, Invalid."""
    said = _said(text, 5000)
    with transaction.atomic(), acting_as(actor.label):
        found = _to_answer(report_id, actor, at)
        found.answered_at, found.answered_by_id, found.answer = at, actor.officer_id, said
        found.save(update_fields=["answered_at", "answered_by", "answer"])
        ProblemStep.objects.create(report=found, at=at, kind="answered", office_id=found.to_office_id)
        tell_answered(found, at=at)
    return found


def to_answer(actor: OfficerActor, *, at: datetime) -> QuerySet[ProblemReport]:
    """Reports to which one owes an answer: urgent ones first, then the nearest day."""
    rows = reports().filter(_owed(actor, on=local_day(at)), answered_at=None)
    return rows.order_by("-urgent", "due_on", "reported_at")


def known(actor: OfficerActor, *, at: datetime) -> QuerySet[ProblemReport]:
    """Reports of one's offices, those one answered, and those that lie at or went through offices one speaks for,
    without what waits for one's own answer; the newest first."""
    on = local_day(at)
    offices = speaks_for(actor, on=on)
    mine = Q(from_office_id__in=actor.office_codes) | Q(_owed(actor, on=on), answered_at__isnull=False)
    steps = ProblemStep.objects.filter(kind="passed_on", office_id__in=offices)
    rows = reports().filter(mine | Q(to_office_id__in=offices) | Q(pk__in=steps.values("report_id")))
    return rows.exclude(pk__in=to_answer(actor, at=at).order_by().values("pk")).order_by("-reported_at")


def reports() -> QuerySet[ProblemReport]:
    """Reports with what a page says of them."""
    return ProblemReport.objects.select_related("from_office", "to_office").prefetch_related("steps__office")


def _owed(actor: OfficerActor, *, on: date) -> Q:
    """Of offices one speaks at, and of units one looks after while the report lies at their office."""
    looked_after = UnitCharge.objects.filter(
        held_on(on), officer_id=actor.officer_id, office_code=OuterRef("to_office_id"), unit_code=OuterRef("unit_code")
    )
    return Q(to_office_id__in=speaks_at(actor, on=on)) | Q(~Q(unit_code=""), Exists(looked_after))


def _to_answer(report_id: UUID, actor: OfficerActor, at: datetime) -> ProblemReport:
    rows = ProblemReport.objects.select_for_update().filter(_owed(actor, on=local_day(at)))
    found = rows.filter(pk=report_id).first()
    if found is None:
        raise NotFound("problem-unknown", "Không có vướng mắc này đang chờ cơ quan ông/bà trả lời. Xin tải lại trang.")
    if found.answered_at is not None:
        raise Conflict("already-done", "Việc này đã ghi trước đó. Xin tải lại trang.")
    return found


def _above(below: Office) -> Office:
    if below.parent is None:
        raise Conflict("nothing-above", "Cơ quan này là cấp cao nhất, không còn nơi nào để chuyển lên. Xin trả lời.")
    return below.parent


def due_day(urgent: bool, *, on: date) -> date:
    """Last day to answer what is told on a day."""
    return nominal(on, answer_days(urgent=urgent, on=on), Unit.WORKING_DAY, calendar=work_calendar())


def _said(text: str, longest: int) -> str:
    said = text.strip().replace("\r\n", "\n")
    if not said or len(said) > longest:
        raise Invalid("problem-words", "Chưa ghi nội dung, hoặc dài quá {n} chữ.", n=longest)
    return said


def refuse_wrong(problem: Problem) -> None:
    """Raise Invalid unless it says what it is about, in a sentence and in words."""
    if problem.about not in ProblemAbout.values:
        raise Invalid("problem-about", "Chưa chọn vướng mắc về việc gì. Xin chọn trong danh sách.")
    if not problem.title.strip() or len(problem.title) > 200:
        raise Invalid("problem-title", "Chưa ghi vướng mắc trong một câu, hoặc câu dài quá 200 chữ.")
    _said(problem.body, 5000)


@cache
def _rules() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("problem_rules.yaml").read_text(encoding="utf-8")
    )
    return rows
