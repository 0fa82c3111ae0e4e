"""What a health card number says, and what a card of letters nobody here knows does."""

from datetime import date

import pytest

from ansinh.law.calculate import calculate
from ansinh.law.errors import FigureMissing
from ansinh.law.health_card import HealthCardFacts, health_card_facts
from ansinh.law.identifiers import IdentifierError

TODAY_OF_CASE = date(2026, 8, 10)


def test_every_part_of_the_number_is_read() -> None:
    facts = health_card_facts("dn4 01 0123456789", on=TODAY_OF_CASE)
    assert facts == HealthCardFacts("DN", "worker_and_employer", 4, 80, "01", "0123456789")


@pytest.mark.parametrize(
    ("number", "payer", "percent"),
    [
        ("TE1010123456789", "state", 100),
        ("HN2010123456789", "state", 100),
        ("CN3010123456789", "state_supported", 95),
        ("GD4010123456789", "household", 80),
        ("QN5970123456789", "state", 100),
        ("NO2010123456789", "insurance_agency", 100),
    ],
)
def test_each_level_has_its_percentage(number: str, payer: str, percent: int) -> None:
    facts = health_card_facts(number, on=TODAY_OF_CASE)
    assert (facts.payer, facts.percent) == (payer, percent)


def test_letters_of_a_later_list_are_read_and_shown_as_open() -> None:
    facts = {"total_cost": 10_000_000, "card_number": "XV4010123456789"}
    assert health_card_facts("XV4010123456789", on=TODAY_OF_CASE).payer is None
    found = calculate("bhyt_payment", inputs=facts, event_date=TODAY_OF_CASE)
    assert found.amount == 8_000_000
    assert any("XV trên thẻ chưa có trong bảng mã" in doubt for doubt in found.unconfirmed)


def test_a_wrong_number_is_refused_with_advice() -> None:
    with pytest.raises(IdentifierError, match="15 ký tự"):
        calculate("bhyt_payment", inputs={"total_cost": 1, "card_number": "DN9"}, event_date=TODAY_OF_CASE)


def test_before_the_table_of_codes_nothing_is_guessed() -> None:
    with pytest.raises(FigureMissing):
        health_card_facts("DN4010123456789", on=date(2015, 11, 15))
