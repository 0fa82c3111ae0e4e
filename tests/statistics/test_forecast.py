"""When a desk goes overdue at today's pace, and what moving work changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.law.calendar import default_calendar
from ansinh.offices.queries import work_calendar
from ansinh.statistics.desks import PACE_DAYS, Desk, loads
from ansinh.statistics.forecast import HORIZON, Load, Outlook, move_dossiers, move_officer, outlook
from tests.casework.moves import a_dossier_in_appraisal, an_accepted_dossier
from tests.world import LOCAL_OFFICE, a_moment, a_submitted_dossier, a_world

MONDAY = date(2026, 11, 9)
CALENDAR = default_calendar()


def after(days: int) -> date:
    """The day so many working days after Monday."""
    found = [day for day in (MONDAY + timedelta(n) for n in range(400)) if CALENDAR.is_working_day(day)]
    return found[days]


def load(*waiting: tuple[date | None, int], done: Fraction | int = 1, **more: object) -> Load:
    return Load(tuple(waiting), Fraction(done), **more)  # type: ignore[arg-type]


def seen(given: Load, **more: int) -> Outlook:
    return outlook(given, today=MONDAY, calendar=CALENDAR, **more)


def test_a_desk_that_keeps_pace_never_goes_overdue() -> None:
    assert seen(load((after(0), 1), (after(1), 1), (after(2), 1))) == Outlook(None, 0, after(2))


def test_two_due_tomorrow_at_one_every_other_day_make_one_late() -> None:
    found = seen(load((after(1), 2), done=Fraction(1, 2)))
    assert found == Outlook(overdue_on=after(2), late_before=1, cleared_on=after(3))


def test_what_is_late_today_is_worked_first_and_not_foretold() -> None:
    late = load((date(2026, 11, 2), 2), (after(0), 1))
    assert late.late_on(MONDAY) == 2
    assert seen(late) == Outlook(overdue_on=after(1), late_before=1, cleared_on=after(2))


def test_what_has_no_due_date_waits_for_the_others() -> None:
    assert seen(load((None, 5), (after(0), 1))) == Outlook(None, 0, after(5))


def test_a_desk_that_does_nothing_never_clears() -> None:
    assert seen(load((after(3), 4), done=0)) == Outlook(after(4), 4, None)


def test_an_empty_desk_is_clear() -> None:
    assert seen(load()) == Outlook(None, 0, MONDAY)


def test_more_coming_in_than_goes_out_is_late_some_day() -> None:
    found = seen(load(done=1, came_a_day=Fraction(2), usual_days=5))
    assert found.overdue_on is not None and found.overdue_on > after(5)
    assert seen(load(done=2, came_a_day=Fraction(2), usual_days=5)).overdue_on is None


def test_days_off_do_no_work() -> None:
    """The 24th of November is a holiday: what is due on the 23rd and left is late on the 25th."""
    today = date(2026, 11, 23)
    found = outlook(load((today, 2)), today=today, calendar=CALENDAR)
    assert (found.overdue_on, found.cleared_on) == (date(2026, 11, 25), date(2026, 11, 25))


def by_hand(given: Load) -> tuple[date | None, int]:
    """One dossier after another, without arrivals: when the first that is not late today is late, and how many."""
    queue = sorted(due or date.max for due, n in given.waiting for _ in range(n))
    finished: dict[int, int] = {}
    for place in range(HORIZON):
        finished[place] = int(given.done_a_day * (place + 1)) - int(given.done_a_day * place)
    ended: list[tuple[date, date | None]] = []
    work = iter(_days_of_work(finished))
    ended = [(due, next(work, None)) for due in queue]
    late = [
        next(day for day in map(after, range(HORIZON + 1)) if day > due)
        for due, day in ended
        if due >= MONDAY and due < after(HORIZON - 1) and (day is None or day > due)
    ]
    return (min(late), len(late)) if late else (None, 0)


def _days_of_work(finished: dict[int, int]) -> Iterator[date]:
    for place, n in finished.items():
        for _ in range(n):
            yield after(place)


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(-5, 20)), st.integers(1, 5)), max_size=8),
    st.fractions(min_value=0, max_value=4, max_denominator=4),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_is_what_one_finds_by_hand(waiting: list[tuple[int | None, int]], pace: Fraction) -> None:
    merged: dict[date | None, int] = {}
    for days, n in waiting:
        due = None if days is None else MONDAY + timedelta(days=days)
        merged[due] = merged.get(due, 0) + n
    one = load(*sorted(merged.items(), key=lambda pair: pair[0] or date.max), done=pace)
    found = seen(one)
    assert (found.overdue_on, found.late_before) == by_hand(one)


def test_moved_dossiers_are_those_due_first_and_none_is_lost() -> None:
    giving, taking = load((after(1), 2), (after(5), 3), (None, 1)), load((after(1), 1))
    left, more = move_dossiers(giving, taking, 3)
    assert left.waiting == ((after(5), 2), (None, 1))
    assert more.waiting == ((after(1), 3), (after(5), 1))
    everything, _ = move_dossiers(giving, taking, 99)
    assert everything.count == 0


def test_moving_work_can_keep_both_in_time() -> None:
    busy, idle = load((after(1), 6), done=2), load(done=2)
    assert seen(busy).overdue_on == after(2)
    left, more = move_dossiers(busy, idle, 3)
    assert seen(left).overdue_on is None and seen(more).overdue_on is None


def test_a_moved_officer_takes_the_pace_along() -> None:
    giving, taking = load((after(9), 1), done=6, officers=3), load((after(2), 9), done=2, officers=1)
    left, more = move_officer(giving, taking)
    assert (left.officers, more.officers) == (2, 2)
    assert left.done_a_day == more.done_a_day == Fraction(4)
    assert seen(taking).late_before > seen(more).late_before
    nobody = load(done=0, officers=0)
    assert move_officer(nobody, taking) == (nobody, taking)


@pytest.mark.django_db
def test_a_desk_is_what_waits_there_its_pace_and_its_officers() -> None:
    world = a_world()
    monday = a_moment(MONDAY)
    a_submitted_dossier(world)
    an_accepted_dossier(world, at=monday)
    a_dossier_in_appraisal(world, at=monday)
    found = loads([LOCAL_OFFICE], today=MONDAY, calendar=work_calendar())
    by_role = {desk.role: one for desk, one in found.items()}
    days = PACE_DAYS + 1
    assert {role: one.count for role, one in by_role.items() if one.count} == {
        "intake_officer": 1, "collection_officer": 1, "benefit_officer": 1,
    }  # fmt: skip
    assert by_role["intake_officer"].done_a_day == Fraction(2, days)
    assert by_role["intake_officer"].came_a_day == Fraction(3, days)
    assert by_role["collection_officer"].came_a_day == Fraction(2, days)
    assert by_role["benefit_officer"].officers == 1
    assert all(desk.office_code == LOCAL_OFFICE for desk in found)
    assert Desk(LOCAL_OFFICE, "benefit_officer", "benefits") in found
