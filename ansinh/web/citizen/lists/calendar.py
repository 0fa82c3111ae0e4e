"""The days of a span as a calendar: which are working days, which rest days or holidays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from ansinh.eforms.definition import Field
from ansinh.law.benefits.leave_days import paid_days_in, rest_rule
from ansinh.law.errors import LawError
from ansinh.law.working import Inputs
from ansinh.platform.language import translate
from ansinh.web.formats import month_year

LONGEST: Final = 200
"""Days that are drawn; a longer leave is only counted."""
REST: Final = "weekly_rest"
"""The column of a list with the days of weekly rest, in the words of the law."""
WORK, OFF, OUT = "work", "off", ""


@dataclass(frozen=True)
class Day:
    """One cell: the day of the month, and whether it is a working day of the span, another day of it, or outside."""

    number: int
    state: str


@dataclass(frozen=True)
class MonthOfDays:
    """One month, weeks from Monday; None where the month has no day."""

    label: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True)
class CalendarOfDays:
    """The months of a span with its sentence."""

    sentence: str
    months: tuple[MonthOfDays, ...]


def calendar_of_row(field: Field, row: Mapping[str, Any]) -> CalendarOfDays | None:
    """The calendar of a row of spans; None when its days cannot be read yet."""
    if field.spans is None:
        return None
    try:
        first = date.fromisoformat(str(row.get(field.spans.first) or ""))
        last = date.fromisoformat(str(row.get(field.spans.last) or ""))
        rest = rest_rule(Inputs({REST: given} if (given := row.get(REST)) else {}))
    except (ValueError, LawError):
        return None
    if not first <= last or (last - first).days > 366 * 5:
        return None
    working = paid_days_in(first, last, is_rest=rest)
    count = (last - first).days + 1
    sentence = translate(
        "{n} ngày, trong đó {working} ngày làm việc, không kể ngày nghỉ hằng tuần, ngày lễ và ngày nghỉ bù.",
        n=count,
        working=len(working),
    )
    months = _months(first, last, working) if count <= LONGEST else ()
    return CalendarOfDays(sentence, months)


def _months(first: date, last: date, working: set[date]) -> tuple[MonthOfDays, ...]:
    months, day = [], first.replace(day=1)
    while day <= last:
        following = (day + timedelta(days=32)).replace(day=1)
        days = [day + timedelta(days=one) for one in range((following - day).days)]
        cells: list[Day | None] = [None] * day.weekday()
        cells += [Day(one.day, _state(one, first, last, working)) for one in days]
        cells += [None] * (-len(cells) % 7)
        months.append(MonthOfDays(month_year(day), _weeks(cells)))
        day = following
    return tuple(months)


def _weeks(cells: Sequence[Day | None]) -> tuple[tuple[Day | None, ...], ...]:
    return tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))


def _state(day: date, first: date, last: date, working: set[date]) -> str:
    if not first <= day <= last:
        return OUT
    return WORK if day in working else OFF
