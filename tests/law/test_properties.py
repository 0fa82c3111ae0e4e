"""What holds for every amount, month and day, not only for the worked ones."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ansinh.law.benefits.indexation_rules import KINDS
from ansinh.law.calculate import calculate
from ansinh.law.cases import Case, read_cases
from ansinh.law.errors import FigureMissing, LawError
from ansinh.law.figures import figure, figure_names, history
from ansinh.law.indexation_run import IndexationRun
from ansinh.law.outcome import Outcome

CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]
MONEY = st.integers(0, 200_000_000)
MONTHS = st.integers(1, 600)
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31))
SEXES = st.sampled_from(["male", "female"])
DECREES = [one.valid_from for one in history("indexation.rises") if one.valid_from.year != 2016]
ONE_DAY = timedelta(days=1)
EXAMPLES = settings(max_examples=80, deadline=None)


def outcome(benefit: str, on: date, **inputs: Any) -> Outcome:
    return calculate(benefit, inputs=inputs, event_date=on)


def amount(benefit: str, on: date, **inputs: Any) -> int:
    found = outcome(benefit, on, **inputs).amount
    assert found is not None
    return found


def value(benefit: str, name: str, on: date, **inputs: Any) -> Fraction:
    return Fraction(str(outcome(benefit, on, **inputs).values[name]))


# More months never give less.


@EXAMPLES
@given(sex=SEXES, months=st.integers(180, 600), on=DAYS)
def test_a_longer_time_never_lowers_the_rate(sex: str, months: int, on: date) -> None:
    try:
        less = value("pension_rate", "rate_percent", on, sex=sex, contribution_months=months)
    except LawError:
        assume(False)
    assert less <= value("pension_rate", "rate_percent", on, sex=sex, contribution_months=months + 1) <= 75


@EXAMPLES
@given(months=MONTHS, before=st.integers(0, 300), average=MONEY, on=DAYS)
def test_a_longer_time_never_lowers_the_one_time_benefit(months: int, before: int, average: int, on: date) -> None:
    before = min(before, months)
    facts = {"months_before_2014": before, "average_salary": average}
    less = amount("bhxh_one_time", on, contribution_months=months, **facts)
    assert less <= amount("bhxh_one_time", on, contribution_months=months + 1, **facts)


@EXAMPLES
@given(before=st.integers(0, 300), after=st.integers(0, 300), average=MONEY, on=DAYS)
def test_a_longer_time_never_lowers_the_survivors_lump(before: int, after: int, average: int, on: date) -> None:
    less = amount("survivor_lump", on, months_before_2014=before, months_from_2014=after, average_salary=average)
    more = amount("survivor_lump", on, months_before_2014=before, months_from_2014=after + 1, average_salary=average)
    assert 3 * average <= less <= more


@EXAMPLES
@given(months=st.integers(0, 400), average=MONEY, region=st.integers(1, 4), on=DAYS)
def test_a_longer_time_never_shortens_unemployment_benefit(months: int, average: int, region: int, on: date) -> None:
    facts = {"average": average, "region": region}
    less = value("unemployment", "months", on, contributed_months=months, **facts)
    assert 0 <= less <= value("unemployment", "months", on, contributed_months=months + 1, **facts) <= 12


@EXAMPLES
@given(months=st.integers(0, 400), pension=MONEY, on=DAYS)
def test_each_month_drawn_lowers_the_lump_of_a_pensioner_to_three_months(months: int, pension: int, on: date) -> None:
    more = amount("survivor_lump_pensioner", on, pension=pension, months_received=months)
    less = amount("survivor_lump_pensioner", on, pension=pension, months_received=months + 1)
    assert 3 * pension <= less <= more <= 48 * pension


@EXAMPLES
@given(
    income=st.integers(1_500_000, 20 * 2_340_000),
    months=st.integers(1, 59),
    rate=st.integers(0, 200),
    on=st.dates(date(2025, 7, 1), date(2026, 12, 31)),
)
def test_each_missing_month_costs_and_is_raised_by_the_return(income: int, months: int, rate: int, on: date) -> None:
    facts = {"income": income, "rate_percent_month": Fraction(rate, 100)}
    less = amount("voluntary_arrears", on, months=months, **facts)
    assert less < amount("voluntary_arrears", on, months=months + 1, **facts)
    assert less * 100 >= 22 * income * months - 100


# More pay never gives less, and the caps hold.


@EXAMPLES
@given(salary=st.integers(0, 300_000_000), region=st.integers(1, 4), on=DAYS)
def test_contributions_grow_with_the_wage_up_to_their_cap(salary: int, region: int, on: date) -> None:
    less, more = (
        outcome("contribution_compulsory", on, salary=pay, region=region, nationality="VN").values
        for pay in (salary, salary + 1_000)
    )
    for side in ("employee", "employer"):
        one, other = less[side], more[side]
        assert isinstance(one, dict) and isinstance(other, dict)
        assert all(0 <= one[fund] <= other[fund] for fund in one)
    level = figure("level.base_salary", on=on).value
    assert Fraction(str(more["bhxh_base"])) <= 20 * level


@EXAMPLES
@given(average=MONEY, children=st.integers(1, 5), on=DAYS)
def test_maternity_is_months_of_the_mean_and_two_levels_a_child(average: int, children: int, on: date) -> None:
    found = outcome("maternity_benefit", on, average=average, children=children, birth_order=1)
    allowance, lump = (Fraction(str(found.values[name])) for name in ("allowance", "lump"))
    assert allowance == average * (5 + children)
    assert lump == 2 * children * figure("level.base_salary", on=on).value
    assert found.amount == allowance + lump


@EXAMPLES
@given(percent=st.integers(31, 99), years=st.integers(1, 40), salary=MONEY, on=DAYS)
def test_a_heavier_injury_never_gives_less(percent: int, years: int, salary: int, on: date) -> None:
    facts = {"fund_years": years, "salary": salary}
    less = amount("tnld", on, disability_percent=percent, **facts)
    assert less < amount("tnld", on, disability_percent=percent + 1, **facts)
    assert less <= amount("tnld", on, disability_percent=percent, fund_years=years + 1, salary=salary)


# No amount is ever negative, whatever the numbers; 59/2015 prints -22,5 months before the floor.

BEFORE_THE_FLOOR = {"months_of_pension_raw", "uncapped"}


EACH_KIND_OF_QUESTION = list({(case.benefit, *sorted(case.inputs)): case for case in CASES}.values())
"""One case for each benefit and set of inputs: another set takes another branch of the rule."""


@pytest.mark.parametrize("case", EACH_KIND_OF_QUESTION, ids=lambda case: f"{case.benefit}-{case.id}")
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_no_amount_is_negative(case: Case, data: st.DataObject) -> None:
    inputs = {
        name: data.draw(st.integers(0, max(2 * int(given), 400)), label=name)
        if isinstance(given, (int, Fraction)) and not isinstance(given, bool)
        else given
        for name, given in case.inputs.items()
    }
    try:
        found = calculate(case.benefit, inputs=inputs, event_date=case.event_date)
    except LawError:
        return
    assert found.amount is None or found.amount >= 0
    for name, got in found.values.items():
        assert name in BEFORE_THE_FLOOR or not isinstance(got, (int, float)) or got >= 0, name


# Both sides of every date and of the thresholds the law names.


@pytest.mark.parametrize("name", figure_names())
def test_a_figure_changes_on_its_first_day_and_not_before(name: str) -> None:
    values = history(name)
    for earlier, later in pairwise(values):
        assert figure(name, on=later.valid_from - ONE_DAY) == earlier
        assert figure(name, on=later.valid_from) == later
    with pytest.raises(FigureMissing):
        figure(name, on=values[0].valid_from - ONE_DAY)


def pays(benefit: str, on: str, **inputs: Any) -> int:
    return amount(benefit, date.fromisoformat(on), **inputs)


@pytest.mark.parametrize(
    ("percent", "wanted"),
    [
        (4, 0),
        (5, 5 * 2_530_000 + 5_000_000),
        (30, Fraction(35, 2) * 2_530_000 + 5_000_000),
        (31, Fraction(30, 100) * 2_530_000 + 50_000),
    ],
)
def test_both_sides_of_the_injury_thresholds(percent: int, wanted: Fraction) -> None:
    assert pays("tnld", "2026-07-01", disability_percent=percent, fund_years=1, salary=10_000_000) == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (3_240_740, 3_799_999),  # 3,499,999 and 300,000 more
        (3_240_741, 3_800_000),  # 3,500,000 and 300,000 more
        (3_240_742, 3_800_000),  # 3,500,001 becomes 3,800,000
        (3_518_518, 3_800_000),  # 3,799,999 becomes 3,800,000
        (3_518_519, 3_800_001),  # 3,800,001 stays
    ],
)
def test_both_sides_of_the_lift_to_3_800_000(before: int, after: int) -> None:
    assert pays("pension_indexation", "2026-07-01", pension=before, started="1994-12") == after
    assert pays("pension_indexation", "2026-07-01", pension=before, started="1995-01") == (before * 108 + 50) // 100
    assert pays("pension_indexation", "2026-07-01", pension=before, started="2026-07") == before


@pytest.mark.parametrize(("day", "level"), [("2026-06-30", 2_340_000), ("2026-07-01", 2_530_000)])
def test_both_sides_of_the_day_the_level_rose(day: str, level: int) -> None:
    assert pays("funeral", day, compulsory_months=12, voluntary_months=0) == 10 * level
    assert pays("funeral", day, compulsory_months=11, voluntary_months=48) == 0
    assert pays("funeral", day, compulsory_months=11, voluntary_months=49) == 10 * level
    assert pays("recovery_amount", day, days=1) == Fraction(3, 10) * level


@pytest.mark.parametrize(("day", "months", "eligible"), [
    ("2025-06-30", 239, False), ("2025-06-30", 240, True),
    ("2025-07-01", 179, False), ("2025-07-01", 180, True),
])  # fmt: skip
def test_both_sides_of_twenty_and_fifteen_years(day: str, months: int, eligible: bool) -> None:
    found = outcome(
        "pension_eligibility", date.fromisoformat(day), sex="male", birth="1960-01-10", contribution_months=months
    )
    assert found.values["eligible"] is eligible


@pytest.mark.parametrize(("cost", "fund"), [(379_499, 379_499), (379_500, 303_600), (379_501, 303_601)])
def test_both_sides_of_a_visit_paid_whole(cost: int, fund: int) -> None:
    found = outcome("bhyt_payment", date(2026, 7, 1), total_cost=cost, level_percent=80)
    assert found.values["fund_pays"] == fund


# The run over everybody is the rule of each.


@settings(max_examples=300, deadline=None)
@given(
    pension=st.integers(100_000, 60_000_000) | st.integers(2_000_000, 4_000_000),
    kind=st.sampled_from(KINDS),
    started=st.dates(date(1980, 1, 1), date(2026, 12, 1)),
    decree=st.sampled_from(DECREES),
    later=st.integers(0, 300),
)
def test_the_run_over_everybody_pays_what_the_explained_rule_pays(
    pension: int, kind: str, started: date, decree: date, later: int
) -> None:
    on, month = decree + timedelta(days=later), started.isoformat()[:7]
    assume(figure("indexation.rises", on=on).valid_from in DECREES)
    try:
        explained = outcome("pension_indexation", on, pension=pension, kind=kind, started=month)
    except LawError:
        assume(False)
    assume("55/2016" not in explained.steps[0].article)
    assert IndexationRun(on).new_amount(pension, kind=kind, started=month) == explained.amount


def test_the_run_leaves_the_decree_that_reaches_back_to_the_rule() -> None:
    with pytest.raises(LawError, match="55/2016"):
        IndexationRun(date(2016, 6, 1))
