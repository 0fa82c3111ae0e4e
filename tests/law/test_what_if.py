"""What if: amounts worked out by hand beside what the law says, and the edges of every question."""

from datetime import date

import pytest

from ansinh.law.errors import BadInput, LawError
from ansinh.law.what_if import (
    Contributor,
    more_years,
    normal_age,
    one_time_or_pension,
    pension_by_age,
)

TODAY = date(2026, 11, 23)
WOMAN = Contributor("female", "1975-03", 230, 0, 7_500_000)
YOUNG = Contributor("female", "1985-03", 120, 0, 6_000_000)
ONE_TIME = {"contribution_months": 120, "months_before_2014": 30, "average_salary": 6_000_000}


def test_the_normal_age_is_that_of_the_labour_code() -> None:
    assert normal_age(WOMAN, today=TODAY) == 59 * 12 + 8
    assert normal_age(Contributor("male", "1980-05", 0, 0, 0), today=TODAY) == 62 * 12


def test_hazardous_work_lowers_the_age_by_five_years() -> None:
    worn = Contributor("male", "1980-05", 230, 0, 1, {"hazardous_months": 180})
    assert normal_age(worn, today=TODAY) == 57 * 12
    one_short = Contributor("male", "1980-05", 230, 0, 1, {"hazardous_months": 179})
    assert normal_age(one_short, today=TODAY) == 62 * 12


def test_the_pension_at_the_normal_age_counts_the_months_still_paid() -> None:
    """230 + 97 months to December 2034 are 27.5 years: 45 + 12.5 × 2 = 70 %."""
    point = next(one for one in pension_by_age(WOMAN, keeps_paying=True, today=TODAY) if one.age_months == 717)
    assert (point.start, point.contribution_months) == (date(2034, 12, 1), 327)
    assert point.monthly == 5_250_000
    assert point.allowed
    assert point.pension is not None
    assert point.pension.steps


def test_retiring_early_needs_disability_and_twenty_years() -> None:
    early = pension_by_age(WOMAN, keeps_paying=True, today=TODAY)[0]
    assert not early.allowed
    disabled = Contributor("female", "1975-03", 230, 0, 7_500_000, {"disability_percent": 61})
    assert pension_by_age(disabled, keeps_paying=True, today=TODAY)[0].allowed
    short = Contributor("female", "1975-03", 190, 0, 7_500_000, {"disability_percent": 61})
    assert not pension_by_age(short, keeps_paying=False, today=TODAY)[0].allowed


def test_retiring_later_never_gives_less_while_one_pays_on() -> None:
    amounts = [one.monthly for one in pension_by_age(WOMAN, keeps_paying=True, today=TODAY, later=10)]
    assert amounts == sorted(amounts)


def test_who_stops_paying_gains_nothing_by_waiting_after_the_age() -> None:
    points = [one for one in pension_by_age(WOMAN, keeps_paying=False, today=TODAY) if one.age_months >= 717]
    assert {one.contribution_months for one in points} == {230}
    assert len({one.monthly for one in points}) == 1


def test_months_after_the_age_raise_the_lump_sum() -> None:
    """330 + 157 months count as 41 years, 11 over 30, 5 of them after the age: 6 × 0.5 + 5 × 2."""
    long_paid = Contributor("female", "1975-03", 330, 0, 7_500_000)
    last = pension_by_age(long_paid, keeps_paying=True, today=TODAY)[-1]
    assert last.pension is not None
    assert last.pension.values["retirement_lump_months"] == 13
    assert last.monthly == 5_625_000


def test_nobody_retires_before_today() -> None:
    old = Contributor("male", "1950-01", 200, 0, 5_000_000)
    points = pension_by_age(old, keeps_paying=False, today=TODAY)
    assert [one.start for one in points] == [date(2026, 12, 1)]


def test_too_few_years_have_a_refusal_and_no_amount() -> None:
    point = pension_by_age(Contributor("female", "1968-01", 100, 0, 5_000_000), keeps_paying=False, today=TODAY)[-1]
    assert point.pension is None
    assert point.monthly == 0
    assert point.refusal is not None
    assert point.refusal.code == "too-few-years"


def test_one_sum_now_against_a_pension_later() -> None:
    """1.5 × 2 + 2 × 8 = 19 months of 6,000,000; 60 months missing at 22 % less 66,000 of support."""
    compared = one_time_or_pension(YOUNG, one_time=ONE_TIME, today=TODAY)
    assert compared.one_time.amount == 19 * 6_000_000
    assert (compared.missing_months, compared.cost) == (60, 60 * (1_320_000 - 66_000))
    assert compared.monthly == 2_700_000
    assert compared.start == date(2045, 4, 1)
    months = (compared.even.year - 2045) * 12 + compared.even.month - 4 + 1
    assert compared.monthly * (months - 1) < 114_000_000 + compared.cost <= compared.monthly * months


def test_the_years_of_the_comparison_end_with_the_pensions_less_the_cost() -> None:
    compared = one_time_or_pension(YOUNG, one_time=ONE_TIME, today=TODAY, years=20)
    assert [one.year for one in compared.years] == list(range(2026, 2066))
    assert compared.years[0].pension == -(compared.cost // 60)
    assert compared.years[-1].pension == 249 * 2_700_000 - compared.cost
    assert {one.one_time for one in compared.years} == {114_000_000}


def test_fifteen_years_paid_need_nothing_more() -> None:
    paid = Contributor("female", "1985-03", 180, 0, 6_000_000)
    compared = one_time_or_pension(paid, one_time=ONE_TIME | {"contribution_months": 180}, today=TODAY)
    assert (compared.missing_months, compared.cost, compared.contribution) == (0, 0, None)
    one_less = Contributor("female", "1985-03", 179, 0, 6_000_000)
    assert one_time_or_pension(one_less, one_time=ONE_TIME, today=TODAY).missing_months == 1


@pytest.mark.parametrize(("average", "due"), [(900_000, 330_000), (1_549_999, 330_000), (60_000_000, 11_132_000)])
def test_missing_months_are_paid_on_an_income_one_may_choose(average: int, due: int) -> None:
    person = Contributor("female", "1985-03", 120, 0, average)
    compared = one_time_or_pension(person, one_time=ONE_TIME, today=TODAY)
    assert compared.contribution is not None
    assert compared.contribution.values["gross"] == due


def test_voluntary_years_cost_what_is_paid_less_ten_years_of_support() -> None:
    points = more_years(
        Contributor("male", "1980-05", 0, 0, 0),
        years=[10, 14, 15, 20],
        income=3_000_000,
        support_group="other",
        today=TODAY,
    )
    assert [one.cost for one in points[:2]] == [120 * 594_000, 120 * 594_000 + 48 * 660_000]
    assert [one.monthly for one in points] == [0, 0, 1_200_000, 1_350_000]
    assert [one.missing_months for one in points] == [60, 12, 0, 0]
    assert points[2].start == date(2042, 6, 1)
    assert points[3].start == date(2046, 12, 1)


def test_support_already_had_counts_towards_the_most() -> None:
    before = more_years(
        Contributor("male", "1980-05", 0, 120, 3_000_000),
        years=[1],
        income=3_000_000,
        support_group="other",
        supported=120,
        today=TODAY,
    )
    assert before[0].cost == 12 * 660_000


def test_the_mean_weighs_every_month_once() -> None:
    point = more_years(Contributor("female", "1980-05", 120, 0, 6_000_000), years=[10], income=3_000_000, today=TODAY)[
        0
    ]
    assert point.average == 4_500_000


@pytest.mark.parametrize("years", [[], [0], [41], [1, -1]])
def test_years_outside_the_bounds_are_refused(years: list[int]) -> None:
    with pytest.raises(BadInput):
        more_years(WOMAN, years=years, income=3_000_000, today=TODAY)


@pytest.mark.parametrize("months", [-1, 1201])
def test_months_outside_the_bounds_are_refused(months: int) -> None:
    with pytest.raises(BadInput):
        Contributor("female", "1975-03", months, 0, 1)


def test_looking_too_far_ahead_is_refused() -> None:
    with pytest.raises(BadInput):
        pension_by_age(WOMAN, keeps_paying=True, today=TODAY, later=41)
    with pytest.raises(BadInput):
        one_time_or_pension(YOUNG, one_time=ONE_TIME, today=TODAY, years=41)


def test_an_income_under_the_poverty_line_is_refused_with_both_bounds() -> None:
    with pytest.raises(LawError, match=r"từ 1\.500\.000 đến 50\.600\.000"):
        more_years(WOMAN, years=[1], income=1_450_000, today=TODAY)
