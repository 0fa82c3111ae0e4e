"""Work accident and unemployment: open questions are refused or shown, more is never less."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.law.calculate import calculate
from ansinh.law.errors import BadInput, FigureMissing, LawError

TODAY_OF_CASE = date(2026, 8, 10)
ACCIDENT: dict[str, object] = {"disability_percent": 20, "fund_years": 3, "salary": 8_000_000}


def outcome_of(benefit: str, day: date = TODAY_OF_CASE, /, **facts: object) -> Any:
    return calculate(benefit, inputs=facts, event_date=day)


def test_a_relapse_is_not_guessed() -> None:
    with pytest.raises(LawError, match="28/2021"):
        outcome_of("tnld", **ACCIDENT, relapse=True)


@pytest.mark.parametrize(("years", "is_known"), [(0.5, True), (1, True), (1.5, False), (2, True)])
def test_odd_months_in_the_accident_fund_are_not_guessed(years: float, is_known: bool) -> None:
    facts = {**ACCIDENT, "fund_years": years}
    if is_known:
        assert outcome_of("tnld", **facts).amount
        return
    with pytest.raises(LawError, match="tháng lẻ"):
        outcome_of("tnld", **facts)


def test_a_second_accident_is_shown_as_unconfirmed() -> None:
    assert outcome_of("tnld", **ACCIDENT, earlier_disability_percents=[10]).unconfirmed
    assert not outcome_of("tnld", **ACCIDENT).unconfirmed


def test_nobody_is_disabled_by_more_than_the_whole() -> None:
    with pytest.raises(BadInput, match="disability_percent"):
        outcome_of("tnld", **{**ACCIDENT, "disability_percent": 101})


def test_before_july_2016_another_law_paid_accidents() -> None:
    with pytest.raises(FigureMissing, match="01/07/2016"):
        outcome_of("tnld", date(2016, 6, 30), **ACCIDENT)


@settings(deadline=None)
@given(st.integers(5, 99), st.integers(1, 40), st.integers(0, 50_000_000))
def test_a_heavier_accident_never_pays_less(percent: int, years: int, salary: int) -> None:
    facts = {"fund_years": years, "salary": salary}
    if percent != 30:
        here = outcome_of("tnld", **facts, disability_percent=percent)
        heavier = outcome_of("tnld", **facts, disability_percent=percent + 1)
        assert here.amount < heavier.amount
    assert outcome_of("tnld", **{**facts, "fund_years": years + 1}, disability_percent=percent).amount >= 0


@pytest.mark.parametrize(("day", "open_question"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False)])
def test_time_over_144_months_is_an_open_question_only_before_2026(day: date, open_question: bool) -> None:
    assert bool(outcome_of("unemployment", day, contributed_months=150).unconfirmed) is open_question


@pytest.mark.parametrize(("day", "open_question"), [("2025-12-31", True), ("2026-01-01", False)])
def test_the_first_day_under_the_old_law_is_shown_as_unconfirmed(day: str, open_question: bool) -> None:
    found = outcome_of("unemployment", date.fromisoformat(day), contributed_months=12, filed_on=day)
    assert any("Ngày bắt đầu hưởng" in doubt for doubt in found.unconfirmed) is open_question


@pytest.mark.parametrize(
    ("paid", "filed_on", "met"),
    [
        (12, None, [None, None, None, None]),
        (11, None, [False, None, None, None]),
        (12, "2026-11-10", [None, True, None, None]),
        (12, "2026-11-11", [None, False, None, None]),
    ],
)
def test_conditions_of_unemployment_benefit_are_shown(paid: int, filed_on: str | None, met: list[bool | None]) -> None:
    found = outcome_of("unemployment", contributed_months=paid, filed_on=filed_on)
    assert [ground.met for ground in found.grounds] == met


@pytest.mark.parametrize(("months", "open_question"), [(6, False), (7, True)])
def test_a_course_longer_than_its_support_is_shown_as_open(months: int, open_question: bool) -> None:
    found = outcome_of("unemployment_training", course_months=months, tuition=7_000_000)
    assert bool(found.unconfirmed) is open_question


def test_months_of_benefit_before_2015_are_not_guessed() -> None:
    with pytest.raises(FigureMissing, match="01/01/2015"):
        outcome_of("unemployment", date(2014, 12, 31), contributed_months=12)


@settings(deadline=None)
@given(st.integers(0, 500))
def test_a_month_more_paid_never_shortens_the_benefit(paid: int) -> None:
    here = outcome_of("unemployment", contributed_months=paid).values
    later = outcome_of("unemployment", contributed_months=paid + 1).values
    assert here["months"] <= later["months"] <= 12
    assert 0 <= here["kept_months"] < 12
