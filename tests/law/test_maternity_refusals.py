"""Maternity cases without a benefit are refused with the article that says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.law.calculate import calculate
from ansinh.law.errors import BadInput, LawError

BIRTH = {"average": 9_000_000, "birth": "2015-12-31", "handover": "2016-01-10"}
MOTHER = {"birth": "2026-03-01", "mother_death": "2026-03-11"}


@pytest.mark.parametrize("benefit", ["surrogate_leave", "intended_mother_leave"])
def test_surrogacy_before_2016_has_no_benefit(benefit: str) -> None:
    with pytest.raises(LawError) as refusal:
        calculate(benefit, inputs=BIRTH, event_date=date(2015, 12, 31))
    assert refusal.value.code == "before-law-58"
    assert "115/2015" in refusal.value.message_vi and "115/2015" in refusal.value.message_en
    assert calculate(benefit, inputs=BIRTH, event_date=date(2016, 1, 1)).amount


def test_a_late_loss_before_law_41_gives_days_by_the_weeks() -> None:
    facts: dict[str, Any] = {"average": 9_000_000, "gestation_weeks": 30, "birth_order": 1}
    with pytest.raises(LawError) as refusal:
        calculate("late_loss_leave", inputs=facts, event_date=date(2025, 6, 30))
    assert refusal.value.code == "before-law-41"
    assert "58/2014/QH13 Điều 33" in refusal.value.message_vi
    assert calculate("late_loss_leave", inputs=facts, event_date=date(2025, 7, 1)).amount == 54_000_000


def test_when_nobody_is_insured_the_mothers_death_gives_nothing_to_compute() -> None:
    with pytest.raises(BadInput) as refusal:
        calculate("mother_death_leave", inputs=MOTHER, event_date=date(2026, 3, 11))
    assert refusal.value.facts["name"] == "mother_insured"


def test_a_child_cannot_die_before_its_birth() -> None:
    facts = {"average": 9_000_000, "birth": "2026-03-02", "child_death": "2026-03-01"}
    with pytest.raises(BadInput) as refusal:
        calculate("child_death_leave", inputs=facts, event_date=date(2026, 3, 2))
    assert refusal.value.facts["name"] == "child_death"


def test_too_few_years_even_with_the_time_of_a_treaty() -> None:
    facts = {"sex": "female", "contribution_months": 100, "treaty_months": 79}
    with pytest.raises(LawError) as refusal:
        calculate("pension_rate", inputs=facts, event_date=date(2026, 3, 1))
    assert refusal.value.code == "too-few-years"
    assert "179" not in refusal.value.message_vi and "79 tháng" in refusal.value.message_vi
