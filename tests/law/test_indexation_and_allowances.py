"""Rises, social pension and older allowances: what is refused, shown as open, and never shrinks."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.law.calculate import calculate
from ansinh.law.errors import BadInput, FigureMissing, LawError, MissingInput
from ansinh.law.figures import history

TODAY_OF_CASE = date(2026, 7, 1)
DECREES = [decree.valid_from for decree in history("indexation.rises")]


def outcome_of(benefit: str, day: date = TODAY_OF_CASE, /, **facts: object) -> Any:
    return calculate(benefit, inputs=facts, event_date=day)


@pytest.mark.parametrize("kind", ["survivor_monthly", "service_allowance"])
def test_benefits_that_follow_the_level_are_not_raised(kind: str) -> None:
    with pytest.raises(LawError, match="tính lại theo mức"):
        outcome_of("pension_indexation", pension=1_000_000, kind=kind)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadInput, match="kind"):
        outcome_of("pension_indexation", pension=1_000_000, kind="wage")


def test_the_rise_of_2023_needs_to_know_about_the_one_of_2022() -> None:
    with pytest.raises(MissingInput, match="adjusted_by_108_2021"):
        outcome_of("pension_indexation", date(2023, 7, 1), pension=4_000_000)


@pytest.mark.parametrize(("pension", "open_question"), [(3_000_000, True), (4_000_000, False)])
def test_a_low_amount_of_unknown_age_is_shown_as_open(pension: int, open_question: bool) -> None:
    found = outcome_of("pension_indexation", pension=pension)
    assert found.amount == pension * 108 // 100
    assert bool(found.unconfirmed) is open_question


@pytest.mark.parametrize(("day", "open_question"), [(date(2022, 1, 1), True), (date(2026, 7, 1), False)])
def test_old_commune_allowances_before_2024_are_shown_as_open(day: date, open_question: bool) -> None:
    found = outcome_of("pension_indexation", day, pension=3_900_000, kind="old_commune_officer_130CP_111HDBT")
    assert any("chức danh" in doubt for doubt in found.unconfirmed) is open_question


def test_a_replay_over_recalled_decrees_says_so() -> None:
    facts = {"pension": 3_000_000, "started": "2009-05", "amount_of": "2009-05"}
    assert len(outcome_of("pension_indexation", **facts).unconfirmed) >= 8


def test_a_replay_equals_the_decrees_one_after_the_other() -> None:
    amount = 2_000_000
    for day in (day for day in DECREES if day >= date(2017, 7, 1)):
        amount = outcome_of("pension_indexation", day, pension=amount, started="2017-06").amount
    replayed = outcome_of("pension_indexation", pension=2_000_000, started="2017-06", amount_of="2017-06")
    assert replayed.amount == amount


@settings(deadline=None)
@given(
    st.integers(0, 30_000_000),
    st.sampled_from(DECREES),
    st.sampled_from(["before 1995", "1994-12", "1995-01", "2006", "2015-03", "2016-04"]),
    st.sampled_from(["pension", "disability_allowance", "commune_officer_allowance", "tnld_monthly"]),
)
def test_a_rise_never_lowers_and_keeps_the_order(pension: int, day: date, started: str, kind: str) -> None:
    facts: dict[str, object] = {"started": started, "kind": kind}
    here = outcome_of("pension_indexation", day, pension=pension, **facts).amount
    more = outcome_of("pension_indexation", day, pension=pension + 1, **facts).amount
    assert pension <= here <= more


def test_the_social_pension_does_not_exist_before_july_2025() -> None:
    with pytest.raises(FigureMissing, match="01/07/2025"):
        outcome_of("social_pension", date(2025, 6, 30), age_years=80)


@pytest.mark.parametrize("facts", [{"months_to_social_age": 0}, {"months_to_social_age": 10, "social_pension": 0}])
def test_nothing_is_divided_by_no_month_or_no_amount(facts: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        outcome_of("monthly_interim_allowance", average=2_000_000, contribution_months=120, **facts)


@settings(deadline=None)
@given(st.integers(12, 239), st.integers(1, 240), st.integers(0, 50_000_000))
def test_the_interim_allowance_is_never_under_the_social_pension(paid: int, until: int, average: int) -> None:
    facts = {"contribution_months": paid, "months_to_social_age": until, "average": average}
    found = outcome_of("monthly_interim_allowance", **facts)
    assert found.amount >= 540_000
    assert not (found.values["top_up"] and found.values["one_off_to_extend"])


def test_the_amount_of_decree_09_is_not_guessed() -> None:
    with pytest.raises(LawError, match="09/1998"):
        outcome_of("commune_waiting_09_1998", sex="male", birth="1971-05-10", average_living_allowance=1_000_000)


def test_an_allowance_with_recalled_rises_says_so() -> None:
    assert not outcome_of("monthly_allowance_613", birth="1948-05", sex="male").unconfirmed
    assert outcome_of("monthly_allowance_613", birth="1953-05", sex="male").unconfirmed


def test_the_teachers_allowance_is_recalled() -> None:
    facts = {"retired_on": "2010-01-01", "pension": 3_000_000, "seniority_years": 30}
    assert outcome_of("teacher_allowance_52_2013", **facts).unconfirmed


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 12), st.integers(0, 200))
def test_settling_abroad_pays_at_least_three_months(before: int, after: int, received: int) -> None:
    years = {"years_before_2014": before, "years_from_2014": after}
    found = outcome_of("emigration_lump", pension=4_000_000, months_received=received, **years)
    assert found.amount >= 12_000_000
