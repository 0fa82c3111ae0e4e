"""Guessing passwords: by other spellings of one login, in parallel, and one password against everybody."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from ansinh.people import asked_often
from ansinh.people.one_time_codes import CodeRefused, issue
from ansinh.people.one_time_codes.rules import rules
from ansinh.people.sign_in import FREE_TRIES, MOST_OF_NETWORK, SPRAYED, sign_in
from ansinh.platform.errors import NotAllowed
from tests.api.conftest import Program
from tests.world import ID_NUMBER, PASSWORD, World, a_moment, an_account

AT = a_moment(date(2026, 11, 9))
NETWORK = "203.0.113.9"


def guess(login: str, network: str = NETWORK) -> str:
    """The code of the refusal."""
    with pytest.raises(NotAllowed) as refused:
        sign_in(login, "sai hoàn toàn", network=network, at=AT)
    return refused.value.code


@pytest.mark.django_db
def test_other_spellings_of_a_login_give_no_more_tries(world: World) -> None:
    spellings = [
        "0905000278",
        "0905.000.278",
        "0905-000-278",
        "+84905000278",
        "0905 000 278",
        "(0905)000278",
        "０905000278",
    ]
    told = [guess(one) for one in spellings]
    assert told[:FREE_TRIES] == ["sign-in-refused"] * FREE_TRIES
    assert set(told[FREE_TRIES:]) == {"sign-in-throttled"}


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_do_not_outrun_the_free_tries(world: World) -> None:
    def one(_: int) -> str:
        try:
            return guess(ID_NUMBER)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as threads:
        told = Counter(threads.map(one, range(24)))
    assert told["sign-in-refused"] <= FREE_TRIES
    assert told["sign-in-throttled"] >= 24 - FREE_TRIES


@pytest.mark.django_db
def test_one_network_does_not_try_one_password_against_everybody(world: World) -> None:
    for _ in range(MOST_OF_NETWORK):
        asked_often.take(SPRAYED, network=NETWORK, most=MOST_OF_NETWORK, at=AT)
    assert guess("090190000999") == "asked-too-often"
    assert sign_in(ID_NUMBER, PASSWORD, network="198.51.100.1", at=AT).login == ID_NUMBER


@pytest.mark.django_db
def test_whoever_signs_in_is_not_counted(world: World) -> None:
    for _ in range(3):
        sign_in(ID_NUMBER, PASSWORD, network=NETWORK, at=AT)
    assert guess(ID_NUMBER) == "sign-in-refused"


@pytest.mark.django_db
def test_behind_a_proxy_a_program_is_counted_by_its_own_address(world: World, settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    wrong = {"login": ID_NUMBER, "password": "sai"}
    for _ in range(FREE_TRIES + 1):
        Program().send("POST", "tokens", wrong, X_Forwarded_For=f"9.9.9.9, {NETWORK}")
    right = {"login": ID_NUMBER, "password": PASSWORD}
    theirs = Program().send("POST", "tokens", right, X_Forwarded_For=f"198.51.100.1, {NETWORK}")
    assert theirs.code == "sign-in-throttled"
    assert Program().send("POST", "tokens", right, X_Forwarded_For=f"{NETWORK}, 198.51.100.1").status == 201
    assert Client().get("/").status_code == 200


@pytest.mark.django_db
def test_a_shared_telephone_asks_for_the_number_and_tells_of_no_account(world: World) -> None:
    an_account("090190000999", "Trần Văn Bình", phone="84905000278")
    told = []
    for phone in ("0905000278", "0905999999"):  # two accounts have the first, nobody has the second
        with pytest.raises(NotAllowed) as refused:
            sign_in(phone, PASSWORD, network=NETWORK, at=AT)
        told.append(str(refused.value))
    assert told[0] == told[1]
    assert "xin thử lại bằng số định danh hoặc mã số BHXH" in told[0]
    assert sign_in(ID_NUMBER, PASSWORD, network=NETWORK, at=AT).login == ID_NUMBER


@pytest.mark.django_db
def test_more_sessions_give_no_more_guesses_at_the_codes_of_one_telephone() -> None:
    """The tries of a code are its session's own, but its telephone gets few codes, whoever asks for them."""
    tries = 0
    with pytest.raises(CodeRefused, match="nhiều mã"):
        for session in range(100):
            code = issue(
                purpose="password_reset", channel="sms", recipient="84905000278", session_key=f"session {session}",
                bound_digest="", account_id=None, network=f"203.0.{session}.1", at=AT + timedelta(hours=session // 4),
            )  # fmt: skip
            tries += code.tries_left
    assert tries <= 5 * rules(at=AT).limits["recipient"][24]
