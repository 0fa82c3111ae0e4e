"""The engine against a second reading of the rules, written as plainly as a clerk would, over wide grids."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ansinh.law.calculate import calculate
from ansinh.law.outcome import Outcome

YEARS = (2007, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2025, 2026)
MEN_45 = {2018: 16, 2019: 17, 2020: 18, 2021: 19}
MONTHS = (*range(180, 253), *range(295, 308), *range(355, 380), *range(415, 450))


def of(benefit: str, day: str, **facts: Any) -> Outcome:
    return calculate(benefit, inputs=facts, event_date=date.fromisoformat(day))


def halves(months: int) -> Fraction:
    odd = months % 12
    return Fraction(months // 12) + (0 if not odd else Fraction(1, 2) if odd < 7 else 1)


def years_for_45(sex: str, year: int) -> int:
    return 15 if sex == "female" or year < 2018 else MEN_45.get(year, 20)


def points(sex: str, year: int) -> int:
    return 3 if sex == "female" and year < 2018 else 2


def half_up(amount: Fraction) -> int:
    return int((amount * 2 + 1) // 2)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("sex", ["male", "female"])
def test_rates_of_every_year(sex: str, year: int) -> None:
    for months in MONTHS:
        if halves(months) < years_for_45(sex, year):
            continue
        expected = min(Fraction(75), 45 + (halves(months) - years_for_45(sex, year)) * points(sex, year))
        found = of("pension_rate", f"{year}-08-01", sex=sex, contribution_months=months)
        assert Fraction(str(found.values["rate_percent"])) == expected, months


@pytest.mark.parametrize("year", [year for year in YEARS if year > 2015])
@pytest.mark.parametrize("sex", ["male", "female"])
def test_lump_sums_at_retirement_of_every_year(sex: str, year: int) -> None:
    for months in MONTHS:
        over = max(Fraction(0), halves(months) - years_for_45(sex, year) - Fraction(30, points(sex, year)))
        found = of("retirement_lump", f"{year}-08-01", sex=sex, contribution_months=months)
        assert Fraction(str(found.values["retirement_lump_months"])) == over / 2, months


@pytest.mark.parametrize("day", ["2016-02-15", "2025-06-30", "2025-07-01", "2026-08-01"])
def test_months_of_the_mean_of_one_time_benefit_and_survivors(day: str) -> None:
    for before in range(61):
        for after in range(26):
            if before + after < 12:
                continue
            moved = before % 12 if after else 0
            months = Fraction(3, 2) * halves(before - moved) + 2 * halves(after + moved)
            facts = {"average_salary": 1_000_003, "months_before_2014": before}
            one_time = of("bhxh_one_time", day, contribution_months=before + after, **facts)
            assert Fraction(str(one_time.values["months_of_average"])) == months
            assert one_time.amount == half_up(months * 1_000_003)
            lump = of("survivor_lump", day, months_from_2014=after, **facts)
            assert lump.amount == half_up(max(months, Fraction(3)) * 1_000_003)
            assert lump.values["uncapped"] == half_up(months * 1_000_003)


@pytest.mark.parametrize(
    ("day", "level"), [("2016-07-01", 1_210_000), ("2025-06-30", 2_340_000), ("2026-07-01", 2_530_000)]
)
def test_work_accidents_of_every_percent(day: str, level: int) -> None:
    for percent in range(101):
        for years in (Fraction(1, 2), 1, 2, 10, 33):
            extra = max(1, int(years)) - 1
            if percent < 5:
                expected = Fraction(0)
            elif percent <= 30:
                expected = (5 + Fraction(percent - 5, 2)) * level + (
                    Fraction(1, 2) + Fraction(3, 10) * extra
                ) * 7_654_321
            else:
                expected = (Fraction(30 + 2 * (percent - 31), 100)) * level + Fraction(5 + 3 * extra, 1000) * 7_654_321
            found = of("tnld", day, disability_percent=percent, fund_years=str(years), salary=7_654_321)
            assert found.amount == half_up(expected), (percent, years)


@pytest.mark.parametrize("law", ["2024-03-01", "2026-03-01"])
def test_early_months_by_ages_months_and_dates_agree(law: str) -> None:
    """A person born on the first of a month: the three ways to say how early give one rate."""
    start = date.fromisoformat(law)
    normal = {2024: 676, 2026: 684}[start.year]
    for early in range(70):
        reached = start.year * 12 + start.month - 1 + early
        born = reached - normal
        cut = 2 * (early // 12) + (1 if early % 12 >= 6 else 0)
        common: dict[str, Any] = {"sex": "female", "contribution_months": 300}
        ways = (
            {"early_months": early, "early_days": 29},
            {"age_at_start_months": normal - early, "normal_age_months": normal},
            {"age_at_start_months": normal - early},
            {"birth": f"{born // 12}-{born % 12 + 1:02d}", "start": law},
            {"birth": f"{born // 12}-{born % 12 + 1:02d}-01"},
        )
        for way in ways:
            found = of("pension_rate", law, **common, **way)
            assert Fraction(str(found.values["rate_percent"])) == 65 - cut, (early, way)


@pytest.mark.parametrize("months_received", [0, 1, 2, 3, 4, 50, 91, 92, 93, 200])
def test_lump_sums_after_pensioners(months_received: int) -> None:
    months = 48 - Fraction(max(0, months_received - 2), 2)
    found = of("survivor_lump_pensioner", "2024-03-01", pension=5_000_001, months_received=months_received)
    assert found.amount == half_up(max(months, Fraction(3)) * 5_000_001)


def test_interim_allowances_around_the_social_age() -> None:
    for months in (12, 18, 19, 90, 179):
        for until in range(1, 140, 7):
            covered = -(-(2_345_678 * 2 * halves(months)) // 500_000)
            facts = {"average": 2_345_678, "contribution_months": months, "months_to_social_age": until}
            found = of("monthly_interim_allowance", "2026-03-01", **facts).values
            assert found["months_entitled"] == covered
            assert found["top_up"] is (covered > until)
            assert found["monthly_amount"] == half_up(Fraction(500_000) * max(Fraction(covered, until), Fraction(1)))
            assert found["one_off_to_extend"] == max(0, until - covered) * 500_000
