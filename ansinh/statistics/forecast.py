"""When a desk goes overdue at today's pace, and what moving work would change. Pure: numbers in, days out.

A desk works through what it has, the earliest due date first; what comes in meanwhile is due after the usual time.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ansinh.law.calendar import WorkCalendar

HORIZON = 60
"""Working days looked ahead."""


@dataclass(frozen=True)
class Load:
    """What waits at a desk, and its pace on a working day.

    `waiting` counts dossiers by due date, None: without one. `usual_days` are working days that a dossier coming in
    has left. `officers` share the pace equally.
    """

    waiting: tuple[tuple[date | None, int], ...]
    done_a_day: Fraction
    came_a_day: Fraction = Fraction(0)
    usual_days: int = 5
    officers: int = 1

    @property
    def count(self) -> int:
        """Dossiers that wait."""
        return sum(n for _, n in self.waiting)

    def late_on(self, day: date) -> int:
        """Of those that wait now, how many are past their day on `day`."""
        return sum(n for due, n in self.waiting if due is not None and due < day)


@dataclass(frozen=True)
class Outlook:
    """`overdue_on`: the first working day on which a dossier not late today is past its day; None within the horizon.

    `late_before`: how many are late on some day of the horizon that are not today. `cleared_on`: the day nothing of
    today waits any more.
    """

    overdue_on: date | None
    late_before: int
    cleared_on: date | None


def outlook(load: Load, *, today: date, calendar: WorkCalendar, horizon: int = HORIZON) -> Outlook:
    """How the desk goes on when everything stays as it is. The day of `today` counts when it is a working day."""
    days = list(_working_days(today, calendar, horizon + load.usual_days + 1))
    queue: list[list[Any]] = sorted([due or date.max, True, n] for due, n in load.waiting)
    late, first, left = 0, None, load.count
    cleared = None if left else days[0]
    done, came = _Pace(load.done_a_day), _Pace(load.came_a_day)
    for place, day in enumerate(days[:horizon]):
        for due, _, n in queue:
            if due >= day:
                break
            if due >= today:
                first = first or day
                late += n if place == 0 or days[place - 1] <= due else 0  # each is counted late once
        arrivals = came.day()
        if arrivals:
            insort(queue, [days[place + load.usual_days], False, arrivals])
        left -= _work(queue, done.day())
        if cleared is None and not left:
            cleared = day
    return Outlook(first, late, cleared)


class _Pace:
    """Whole dossiers of each day at a pace; what is left over counts on. In whole numbers: a page asks 34 desks."""

    def __init__(self, a_day: Fraction) -> None:
        self._each, self._whole, self._left = a_day.numerator, a_day.denominator, 0

    def day(self) -> int:
        """Those of one more day."""
        whole, self._left = divmod(self._left + self._each, self._whole)
        return whole


def _work(queue: list[list[Any]], whole: int) -> int:
    """Take so many from the front; how many of them waited from the beginning."""
    taken_of_today = 0
    while whole and queue:
        _, there, n = queue[0]
        taken = min(whole, n)
        whole -= taken
        taken_of_today += taken if there else 0
        if taken == n:
            del queue[0]
        else:
            queue[0][2] -= taken
    return taken_of_today


def _working_days(today: date, calendar: WorkCalendar, many: int) -> Iterator[date]:
    day = today
    while many:
        if calendar.is_working_day(day):
            yield day
            many -= 1
        day += timedelta(days=1)


def move_dossiers(giving: Load, taking: Load, many: int) -> tuple[Load, Load]:
    """So many of the giving desk's dossiers, those due first, go to the other; fewer when it has fewer."""
    left, gone = [], []
    for due, n in sorted(giving.waiting, key=lambda one: one[0] or date.max):
        taken = min(n, many)
        many -= taken
        gone += [(due, taken)] if taken else []
        left += [(due, n - taken)] if n > taken else []
    together = Counter(dict(taking.waiting))
    for due, n in gone:
        together[due] += n
    merged = sorted(together.items(), key=lambda one: one[0] or date.max)
    return replace(giving, waiting=tuple(left)), replace(taking, waiting=tuple(merged))


def move_officer(giving: Load, taking: Load) -> tuple[Load, Load]:
    """One officer of the giving desk works at the other, at the pace of those there (of a desk without: at the own)."""
    if giving.officers < 1:
        return giving, taking
    each = giving.done_a_day / giving.officers
    pace = taking.done_a_day / taking.officers if taking.officers and taking.done_a_day else each
    return (
        replace(giving, officers=giving.officers - 1, done_a_day=giving.done_a_day - each),
        replace(taking, officers=taking.officers + 1, done_a_day=taking.done_a_day + pace),
    )
