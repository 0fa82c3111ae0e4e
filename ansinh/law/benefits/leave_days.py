"""Days of leave that are paid: without weekly rest days, public holidays and their days in lieu.

Law 58/2014 article 26, law 41/2024 articles 43 and 44; Labour Code articles 111 and 112.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ansinh.law.calendar import DayKind, announced_years, default_calendar
from ansinh.law.errors import BadInput
from ansinh.law.working import Inputs, Working, read_day

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LOOK_BACK = timedelta(days=14)
_ONE_DAY = timedelta(days=1)
_LONGEST = 366 * 5

IsRest = Callable[[date], bool]


def paid_days_in(first: date, last: date, *, is_rest: IsRest) -> set[date]:
    """Working days of a leave: no rest day, no public holiday, no day in lieu of one."""
    off: set[date] = set()
    in_lieu = 0
    for day in _days(first - _LOOK_BACK, last):
        holiday = default_calendar().days.get(day) is DayKind.PUBLIC_HOLIDAY
        if holiday and is_rest(day):
            in_lieu += 1
        if holiday or is_rest(day):
            off.add(day)
        elif in_lieu:
            in_lieu -= 1
            off.add(day)
    return {day for day in _days(first, last) if day not in off}


def rest_rule(inputs: Inputs) -> IsRest:
    """Weekly rest as given: dates (``weekly_rest_days``), or weekdays (``weekly_rest``).

    Weekdays are words such as ``sunday`` or ``saturday_sunday``, or a list of them; without any
    it is Saturday and Sunday.
    """
    for name in ("weekly_rest_days", "weekly_rest"):
        if inputs.has(name):
            return _rest_of(name, inputs.need(name))
    return _rest_of("weekly_rest", "saturday_sunday")


def read_leave(inputs: Inputs) -> tuple[date, date]:
    """First and last day of the leave; the last may not lie before the first."""
    return _ordered("leave_to", inputs.day("leave_from"), inputs.day("leave_to"))


def read_spans(inputs: Inputs, name: str) -> list[tuple[date, date]]:
    """A list of [first, last] periods, at least one."""
    given = inputs.need(name)
    if not isinstance(given, list) or not given or not all(isinstance(s, list) and len(s) == 2 for s in given):
        raise BadInput(name, given)
    return [_ordered(name, read_day(name, span[0]), read_day(name, span[1])) for span in given]


def doubt_unannounced(work: Working, first: date, last: date) -> None:
    """Say that the days off of a coming year are computed, not announced."""
    for year in range(first.year, last.year + 1):
        if year > max(announced_years()):
            work.doubt(f"Lịch nghỉ lễ năm {year} chưa công bố", f"The days off of {year} are not announced")


def _rest_of(name: str, given: object) -> IsRest:
    words = given if isinstance(given, list) else [given]
    if not words:
        return _never
    said = {part for word in words for part in re.split(r"[^a-z]+", str(word).lower())} - {"", "and", "none"}
    if said:
        if not said <= set(_WEEKDAYS):
            raise BadInput(name, given)
        numbers = {_WEEKDAYS.index(weekday) for weekday in said}
        return lambda day: day.weekday() in numbers
    if words == ["none"]:
        return _never
    dates = {read_day(name, word) for word in words}
    return lambda day: day in dates


def _never(day: date) -> bool:
    return False


def _ordered(name: str, first: date, last: date) -> tuple[date, date]:
    if not first <= last or (last - first).days > _LONGEST:
        raise BadInput(name, str(last))
    return first, last


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _ONE_DAY
