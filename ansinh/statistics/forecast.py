"""When a desk goes overdue at today's pace, and what moving work would change. Pure: numbers in, days out.

A desk works through what it has, the earliest due date first; what comes in meanwhile is due after the usual time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

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
    queue: Counter[tuple[date, bool]] = Counter()
    for due, n in load.waiting:
        queue[due or date.max, True] += n
    late, first = 0, None
    cleared = None if load.count else days[0]
    done = came = Fraction(0)
    for place, day in enumerate(days[:horizon]):
        overdue = [(key, n) for key, n in queue.items() if key[0] < day]
        fresh = sum(n for key, n in overdue if key[0] >= today)
        if fresh and first is None:
            first = day
        done += load.done_a_day
        came += load.came_a_day
        late += sum(n for key, n in overdue if key[0] >= today and _passed(key[0], day, days, place))
        arrivals, whole = int(came), int(done)
        came, done = came - arrivals, done - whole
        if arrivals:
            queue[days[place + load.usual_days], False] += arrivals
        _work(queue, whole)
        if cleared is None and not any(there for _, there in queue):
            cleared = day
    return Outlook(first, late, cleared)


def _passed(due: date, day: date, days: list[date], place: int) -> bool:
    """Whether `day` is the first working day after `due`: each dossier is counted late once."""
    return place == 0 or days[place - 1] <= due < day


def _work(queue: Counter[tuple[date, bool]], whole: int) -> None:
    for key in sorted(queue):
        taken = min(whole, queue[key])
        queue[key] -= taken
        whole -= taken
        if not queue[key]:
            del queue[key]
        if not whole:
            return


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
