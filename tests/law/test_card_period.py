"""Renewing a household's health card: what is shown beside the dates, and what holds for every day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.calculate import calculate
from ansinh.law.errors import BadInput, FigureMissing
from ansinh.law.outcome import Outcome


def card(paid_on: date, **facts: Any) -> Outcome:
    return calculate("bhyt_card_period", inputs=facts, event_date=paid_on)


def test_a_first_card_of_six_months_is_shown_as_too_short_before_188_2025() -> None:
    before, since = card(date(2025, 6, 30), months=6), card(date(2025, 7, 1), months=6)
    assert [ground.met for ground in before.grounds] == [True, False]
    assert [ground.met for ground in since.grounds] == [True, None]
    assert all(ground.met for ground in card(date(2025, 6, 30), months=12).grounds)


def test_a_period_nobody_offers_is_shown() -> None:
    found = card(date(2026, 3, 1), months=4, current_valid_to="2026-03-31")
    assert [ground.met for ground in found.grounds] == [False]


def test_the_ninety_days_are_shown_as_unconfirmed_the_three_months_are_not() -> None:
    facts = {"months": 12, "current_valid_to": "2025-05-31"}
    assert not card(date(2025, 6, 30), **facts).unconfirmed
    assert "từ ngày 01/07/2025" in card(date(2025, 7, 1), **facts).unconfirmed[0]


def test_an_interruption_over_the_turn_of_the_year_is_shown_as_open() -> None:
    over = card(date(2024, 2, 1), months=12, current_valid_to="2023-10-31")
    within = card(date(2024, 12, 1), months=12, current_valid_to="2024-08-31")
    assert ["hai năm tài chính" in doubt for doubt in over.unconfirmed] == [True]
    assert not within.unconfirmed


@pytest.mark.parametrize("months", [0, 61])
def test_a_card_runs_for_some_months(months: int) -> None:
    with pytest.raises(BadInput, match="months"):
        card(date(2026, 3, 1), months=months)


def test_before_the_law_on_health_insurance_nothing_is_guessed() -> None:
    with pytest.raises(FigureMissing, match="01/07/2009"):
        card(date(2009, 6, 30), months=12)


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(-60, 400), st.sampled_from([3, 6, 12]))
def test_no_day_is_paid_for_twice_and_paying_later_never_starts_earlier(end: date, late: int, months: int) -> None:
    paid_on = end + timedelta(days=late)
    found, later = (
        card(day, months=months, current_valid_to=end.isoformat()).values
        for day in (paid_on, paid_on + timedelta(days=1))
    )
    assert str(found["valid_from"]) > end.isoformat()
    assert str(found["valid_from"]) >= paid_on.isoformat()
    assert str(found["valid_from"]) <= str(later["valid_from"]) or paid_on < date(2025, 7, 1) <= paid_on + timedelta(1)
