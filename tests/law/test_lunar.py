"""The lunar calendar against known dates of Vietnam."""

from datetime import date, timedelta

import pytest

from ansinh.law.lunar import (
    LunarDate,
    days_of_lunar_month,
    death_anniversary_of_hung_kings,
    first_day_of_tet,
    lunar,
    solar_of_lunar,
)

TET = [
    "1968-01-29", "1985-01-21", "2007-02-17", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22",
    "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02",
]  # fmt: skip


@pytest.mark.parametrize("day", [date.fromisoformat(text) for text in TET])
def test_first_day_of_tet(day: date) -> None:
    assert first_day_of_tet(day.year) == day
    assert lunar(day) == LunarDate(1, 1, False, day.year)


@pytest.mark.parametrize("day", [date(2024, 4, 18), date(2025, 4, 7), date(2026, 4, 26), date(2027, 4, 16)])
def test_giỗ_tổ(day: date) -> None:
    assert death_anniversary_of_hung_kings(day.year) == day


@pytest.mark.parametrize(("year", "month"), [(2020, 4), (2023, 2), (2025, 6), (2028, 5), (2033, 11)])
def test_the_leap_month_of_a_year(year: int, month: int) -> None:
    leaps = {lunar(date(year, 3, 1) + timedelta(days=n)) for n in range(330)}
    assert {found.month for found in leaps if found.leap} == {month}


def test_years_without_a_leap_month() -> None:
    for year in (2024, 2026, 2027):
        assert not any(lunar(date(year, 1, 1) + timedelta(days=n)).leap for n in range(365))


def test_the_leap_sixth_month_of_2025() -> None:
    assert lunar(date(2025, 7, 24)) == LunarDate(30, 6, False, 2025)
    assert lunar(date(2025, 7, 25)) == LunarDate(1, 6, True, 2025)
    assert lunar(date(2025, 8, 23)) == LunarDate(1, 7, False, 2025)


def test_a_day_before_tet_belongs_to_the_year_before() -> None:
    assert lunar(date(2026, 2, 16)) == LunarDate(29, 12, False, 2025)


def test_every_day_goes_there_and_back() -> None:
    for offset in range(0, 365 * 60, 5):
        day = date(1995, 1, 1) + timedelta(days=offset)
        found = lunar(day)
        assert solar_of_lunar(found.day, found.month, found.year, leap=found.leap) == day


def test_a_lunar_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="leap"):
        solar_of_lunar(1, 6, 2026, leap=True)
    with pytest.raises(ValueError, match="30/12"):
        solar_of_lunar(30, 12, 2025)
    assert days_of_lunar_month(12, 2025) == 29
    assert days_of_lunar_month(6, 2025) == 30
