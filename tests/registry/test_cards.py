"""The code of a card: of this card, for some minutes, saying nothing of the person to whoever only reads it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from ansinh.registry.cards import CardState, HealthCard, card_code, card_of, card_of_code
from ansinh.registry.models import InsuredPerson
from ansinh.signing import qr_token, seal
from tests.world import SI_NUMBER, World, a_moment, a_world

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)
AT = a_moment(DAY)
NUMBER = f"DN490{SI_NUMBER}"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    """Keys and secrets of one test only."""
    settings.SIGNING_DIR, settings.SECRETS_DIR = tmp_path / "signing", tmp_path / "secrets"
    settings.SECRETS_DIR.mkdir()
    seal._key.cache_clear()


@pytest.fixture
def card(own_keys: None) -> HealthCard:
    """Lan's card, this year's."""
    _: World = a_world()
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=NUMBER, card_level_percent=80, card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )
    found = card_of(SI_NUMBER)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2025, 12, 31), CardState.NOT_YET),
        (date(2026, 1, 1), CardState.VALID),
        (date(2026, 12, 31), CardState.VALID),
        (date(2027, 1, 1), CardState.ENDED),
    ],
)
def test_a_card_holds_from_its_first_to_its_last_day(card: HealthCard, on: date, state: CardState) -> None:
    assert card.state(on=on) is state


@pytest.mark.requirement("R-176")
def test_a_code_leads_to_its_card_and_ends_after_ten_minutes(card: HealthCard) -> None:
    read = qr_token.read(card_code(card, at=AT))
    shown = card_of_code(read)
    assert shown is not None
    assert (shown.card, shown.unchanged) == (card, True)
    assert not read.expired(at=AT + timedelta(minutes=9, seconds=59))
    assert read.expired(at=AT + timedelta(minutes=10))


def test_codes_say_no_number_and_cannot_be_told_to_be_of_one_card(card: HealthCard) -> None:
    first, second = (qr_token.read(card_code(card, at=AT)) for _ in range(2))
    assert first.about != second.about
    for number in (SI_NUMBER, NUMBER[-10:]):
        assert number.encode() not in first.about.bytes
        assert int(number).to_bytes(5, "big") not in first.about.bytes


def test_a_card_changed_meanwhile_does_not_pass_with_the_old_code(card: HealthCard) -> None:
    read = qr_token.read(card_code(card, at=AT))
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_level_percent=95)
    shown = card_of_code(read)
    assert shown is not None
    assert not shown.unchanged
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_number="")
    assert card_of_code(read) is None


def test_a_code_about_anything_else_leads_to_no_card(card: HealthCard) -> None:
    code = qr_token.issue(qr_token.Kind.CARD, about=uuid4(), digest="5a" * 32, at=AT)
    assert card_of_code(qr_token.read(code)) is None


def test_codes_of_another_installation_are_not_opened(card: HealthCard, settings: Settings, tmp_path: Path) -> None:
    read = qr_token.read(card_code(card, at=AT))
    settings.SECRETS_DIR = tmp_path / "other"
    settings.SECRETS_DIR.mkdir()
    assert card_of_code(read) is None


def test_who_has_no_card_number_has_no_card(card: HealthCard) -> None:
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_number="")
    assert card_of(SI_NUMBER) is None
    assert card_of("") is None
