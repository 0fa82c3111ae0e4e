"""What no browser sends: answered as the sender's fault, never as a fault of the server."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.eforms.reading import read_decimal, read_int
from tests.web.citizen.test_filing import begin


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/dang-nhap", {"login": "a\x00", "password": "x"}),
        ("/quen-mat-khau", {"login": "a\x00", "channel": "sms"}),
        ("/dich-vu?q=%00", None),
        ("/dich-vu/a%00", None),
    ],
)
def test_a_nul_is_refused(stranger: Client, address: str, form: dict[str, str] | None) -> None:
    answer = stranger.get(address) if form is None else stranger.post(address, form)
    assert answer.status_code in (400, 404)


def test_a_nul_in_an_answer_is_refused(browser: Client) -> None:
    address = begin(browser)
    assert browser.post(address, {"full_name": "a\x00b"}).status_code == 400
    assert browser.post(f"{address}/luu", {"_changed": "full_name", "full_name": "a\x00b"}).status_code == 400


@pytest.mark.parametrize("number", ["²", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_changes_nothing(browser: Client, number: str) -> None:
    base = begin(browser).removesuffix("/person")
    assert browser.get(f"/ho-so?tu={number}").status_code == 200
    assert browser.post(f"{base}/giay-to", {"_remove_paper": number}).status_code < 500
    assert browser.get("/lich-nghi", {"nam": number}).status_code in (200, 404)


def test_a_number_of_five_thousand_digits_is_told_beside_its_box() -> None:

    assert read_int("9" * 5000) is None
    assert read_decimal("1e999999") is None and read_decimal("1e30") is None and read_decimal("9" * 5000) is None
