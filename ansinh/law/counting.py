"""Kinds of day and counting them: the first day is never counted (Civil Code 2015 article 147)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from ansinh.law.calendar import WorkCalendar

_ONE_DAY = timedelta(days=1)


class Unit(Enum):
    """Kinds of day a limit is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    CALENDAR_DAY_EXCLUDING_PUBLIC_HOLIDAYS = "calendar_day_excluding_public_holidays"
    SAME_DAY = "same_day"
    IMMEDIATE = "immediate"

    @property
    def is_at_once(self) -> bool:
        """Same-day and immediate results have no days to count."""
        return self in (Unit.SAME_DAY, Unit.IMMEDIATE)


def nominal(started_on: date, days: int, unit: Unit, *, calendar: WorkCalendar) -> date:
    """The day number ``days`` of the kind after ``started_on``, before any move."""
    day = started_on
    while days > 0:
        day += _ONE_DAY
        days -= is_of_kind(day, unit, calendar=calendar)
    return day


def count_days(after: date, until: date, unit: Unit, *, calendar: WorkCalendar) -> int:
    """Days of the kind after ``after`` up to and including ``until`` (0 when none)."""
    span = range(1, (until - after).days + 1)
    return sum(is_of_kind(after + timedelta(days=n), unit, calendar=calendar) for n in span)


def is_of_kind(day: date, unit: Unit, *, calendar: WorkCalendar) -> bool:
    """Whether a day counts in this unit."""
    if unit is Unit.WORKING_DAY:
        return calendar.is_working_day(day)
    if unit is Unit.CALENDAR_DAY_EXCLUDING_PUBLIC_HOLIDAYS:
        return not calendar.is_public_holiday(day)
    return True


def working_days_between(first: date, last: date, *, calendar: WorkCalendar) -> int:
    """Working days after ``first`` up to and including ``last``; negative when last is earlier."""
    if last < first:
        return -count_days(last, first, Unit.WORKING_DAY, calendar=calendar)
    return count_days(first, last, Unit.WORKING_DAY, calendar=calendar)
