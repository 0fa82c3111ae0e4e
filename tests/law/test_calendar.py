"""Days off: computed from the law, announced by the Government, changed by an administrator."""

from datetime import date, timedelta

import pytest

from ansinh.law.calendar import (
    DayKind,
    WorkCalendar,
    announced_years,
    dated_days,
    default_calendar,
    statutory_days,
)

CALENDAR = default_calendar()


def weekdays_off(year: int) -> list[str]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=offset) for offset in range(365))
    return [f"{d:%m-%d}" for d in days if d.weekday() < 5 and not CALENDAR.is_working_day(d)]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03"),
        (2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02"),
        (2026, "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24"),
        (2027, "01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24"),
    ],
)  # fmt: skip
def test_the_weekdays_off_of_a_year(year: int, expected: str) -> None:
    assert weekdays_off(year) == expected.split()


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)])
def test_a_make_up_saturday_is_worked(day: date) -> None:
    assert day.weekday() == 5
    assert CALENDAR.is_working_day(day)


def test_a_swapped_day_is_no_public_holiday_but_a_compensatory_day_is_counted_as_one() -> None:
    assert not CALENDAR.is_public_holiday(date(2026, 8, 31))
    assert CALENDAR.is_public_holiday(date(2026, 4, 27))
    assert CALENDAR.is_public_holiday(date(2026, 4, 26))


def test_culture_day_begins_in_2026() -> None:
    assert date(2025, 11, 24) not in statutory_days(2025)
    assert statutory_days(2026)[date(2026, 11, 24)] is DayKind.PUBLIC_HOLIDAY


def test_national_day_has_two_days_since_2021() -> None:
    assert sum(day.month == 9 for day in statutory_days(2020)) == 1
    assert sum(day.month == 9 for day in statutory_days(2021)) == 2


def test_twelve_public_holidays_a_year_and_one_day_off_for_each_on_a_weekend() -> None:
    for year in range(2026, 2050):
        days = statutory_days(year)
        holidays = [d for d, kind in days.items() if kind is DayKind.PUBLIC_HOLIDAY]
        substitutes = [d for d, kind in days.items() if kind is DayKind.COMPENSATORY_OFF]
        assert len(holidays) in (11, 12)  # Giỗ Tổ can fall on 30 April
        assert len(substitutes) == sum(day.weekday() >= 5 for day in holidays)


def test_next_working_day_is_strictly_after() -> None:
    assert CALENDAR.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)
    assert CALENDAR.working_day_on_or_after(date(2026, 11, 23)) == date(2026, 11, 23)
    assert CALENDAR.working_day_on_or_after(date(2026, 11, 21)) == date(2026, 11, 23)


def test_the_table_of_an_administrator_wins() -> None:
    monday, holiday = date(2026, 11, 23), date(2026, 11, 24)
    changed = CALENDAR.with_days({monday: DayKind.SWAPPED_OFF, holiday: None})
    assert not changed.is_working_day(monday)
    assert changed.is_working_day(holiday)
    assert CALENDAR.is_working_day(monday)


def test_a_calendar_cannot_be_changed_behind_its_back() -> None:
    source = {date(2026, 7, 6): DayKind.SWAPPED_OFF}
    calendar = WorkCalendar(source)
    source.clear()
    assert not calendar.is_working_day(date(2026, 7, 6))


def test_every_announced_day_says_where_it_comes_from() -> None:
    assert announced_years() == {2024, 2025, 2026}
    assert all(dated.basis and dated.quality in ("S", "2", "K") for dated in dated_days())
    assert {dated.day.year for dated in dated_days()} == announced_years()
