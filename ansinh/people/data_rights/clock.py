"""When a request must be in hand and when answered; how much of the time is used (Civil Code 2015, art. 147, 148)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import count_days
from ansinh.law.deadlines import Extension, Limit, due, extended
from ansinh.people.data_rights import rules
from ansinh.people.models import DataRequest
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class Used:
    """Hundredths of the time used up by the end of a day, and which alarm that is: 0 none, 1 first, 2 second."""

    percent: int
    alarm: int
    late: bool


def acknowledge_by(kind: str, *, asked_on: date, calendar: WorkCalendar) -> date:
    """The day by which the person is told that the request is in hand."""
    return _day(rules.clock(kind, on=asked_on).acknowledge, asked_on, (), calendar)


def answer_by(kind: str, *, asked_on: date, was_extended: bool, calendar: WorkCalendar) -> date:
    """The day by which the answer is due, with the one extension."""
    return _day(rules.clock(kind, on=asked_on).answer, asked_on, _extensions(kind, asked_on, was_extended), calendar)


def used(request: DataRequest, *, on: date, calendar: WorkCalendar) -> Used:
    """How much of the time to answer is used by a day."""
    asked_on = local_day(request.asked_at)
    extensions = _extensions(request.kind, asked_on, request.extended_at is not None)
    limit = extended(rules.clock(request.kind, on=asked_on).answer, extensions)
    percent = count_days(asked_on, on, limit.unit, calendar=calendar) * 100 // limit.value
    late = on > request.due_on
    alarm = sum(percent >= share for share in rules.alarm_percent(on=on))
    return Used(percent=percent, alarm=2 if late else alarm, late=late)


def _extensions(kind: str, asked_on: date, was_extended: bool) -> tuple[Extension, ...]:
    row = rules.clock(kind, on=asked_on)
    return (Extension(replaces=None, adds=row.extension_days, ground=row.basis),) if was_extended else ()


def _day(limit: Limit, asked_on: date, extensions: tuple[Extension, ...], calendar: WorkCalendar) -> date:
    found = due(started_on=asked_on, limit=limit, extensions=extensions, calendar=calendar).on
    assert found is not None, "nothing pauses this clock"
    return found
