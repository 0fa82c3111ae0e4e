"""The page of the own health-insurance card, and what a scanned code of it says to whoever checks it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import zxingcpp
from pytest_django import Settings

from ansinh.registry.models import InsuredPerson
from ansinh.signing import seal
from tests.browsers import Client
from tests.documents.pages import svg_picture
from tests.verifier.plain import only_cryptography, verify
from tests.web.citizen.conftest import MONDAY, set_clock, sign_in
from tests.world import SI_NUMBER, World

NUMBER = f"DN490{SI_NUMBER}"


@pytest.fixture
def card(world: World) -> None:
    """Lan's card, this year's."""
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=NUMBER, card_level_percent=80, card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )


def comes_back(browser: Client) -> None:
    """Lan signs in again; what was open had long been left alone."""
    sign_in(browser)


def page(browser: Client) -> str:
    answer = browser.get("/the-bhyt")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content.decode()


def scanned(shown: str) -> str:
    """What a camera reads from the page."""
    drawing = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", shown, re.DOTALL)
    assert drawing is not None
    (code,) = zxingcpp.read_barcodes(svg_picture(drawing[0]))
    return str(code.text)


@pytest.mark.requirement("R-128")
@pytest.mark.requirement("R-176")
def test_a_valid_card_shows_itself_and_a_code_that_the_check_page_knows(
    browser: Client, stranger: Client, card: None
) -> None:
    shown = page(browser)
    for words in (f"DN 4 90 {SI_NUMBER}", "Trần Thị Mai Lan", "Thẻ đang có giá trị", "31/12/2026", "80 %"):
        assert words in shown, words
    address = scanned(shown)
    assert "/minh-chung?q=" in address
    checked = stranger.get(f"/minh-chung?{address.partition('?')[2]}").content.decode()
    assert "Thẻ BHYT đang có giá trị" in checked
    assert "T. T. M. Lan" in checked and f"DN4…, bốn số cuối {SI_NUMBER[-4:]}" in checked
    assert SI_NUMBER not in checked and "Trần Thị Mai Lan" not in checked


def test_the_verifier_knows_the_code_of_a_card(
    browser: Client, card: None, settings: Settings, tmp_path: Path
) -> None:  # fmt: skip
    from datetime import UTC, datetime

    set_clock(settings, datetime.now(UTC))  # the verifier has the clock of its own computer
    comes_back(browser)
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_valid_to=None)
    key = seal.seal_public_key(seal.seal_key_id()).hex()
    libraries = only_cryptography(tmp_path / "packages")
    told = verify("qr", scanned(page(browser)), "--key", key, libraries=libraries)
    assert told.status == 0, told.words
    assert "mã của thẻ / code of a card" in told.words
    assert SI_NUMBER not in told.words
    assert verify("qr", scanned(page(browser)), "--key", "00" * 32, libraries=libraries).status == 1


def test_every_look_at_the_page_makes_a_new_code(browser: Client, card: None) -> None:
    assert scanned(page(browser)) != scanned(page(browser))


def test_a_code_ends_and_a_changed_card_does_not_pass(
    browser: Client, stranger: Client, card: None, settings: Settings
) -> None:
    query = scanned(page(browser)).partition("?")[2]
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_level_percent=95)
    assert "Mã không còn đúng với thẻ" in stranger.get(f"/minh-chung?{query}").content.decode()
    set_clock(settings, MONDAY + timedelta(minutes=10))
    ended = stranger.get(f"/minh-chung?{query}").content.decode()
    assert "Mã đã hết hạn" in ended and "Lan" not in ended


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "Thẻ đã hết giá trị từ sau ngày 31/12/2025"),
        (date(2027, 1, 1), None, "Thẻ có giá trị từ 01/01/2027"),
        (None, None, "Thẻ chưa có ngày bắt đầu"),
    ],
)
def test_a_card_without_value_today_has_no_code(
    browser: Client, card: None, first: date | None, last: date | None, words: str
) -> None:
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_valid_from=first, card_valid_to=last)
    shown = page(browser)
    assert words in shown
    assert 'class="qr"' not in shown


def test_a_card_that_ended_before_its_code_is_said_to_have_ended(
    browser: Client, stranger: Client, card: None, settings: Settings
) -> None:
    late = MONDAY.replace(month=12, day=31, hour=23, minute=55)
    set_clock(settings, late)
    comes_back(browser)
    query = scanned(page(browser)).partition("?")[2]
    set_clock(settings, late + timedelta(minutes=7))
    assert "không có giá trị hôm nay" in stranger.get(f"/minh-chung?{query}").content.decode()


def test_who_has_no_card_is_led_to_the_service(browser: Client, world: World) -> None:
    shown = page(browser)
    assert "chưa có số thẻ BHYT" in shown
    assert "/the-bhyt" in browser.get("/tai-khoan").content.decode()
