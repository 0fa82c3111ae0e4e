"""Asking for a new password answers the same for everybody, also when an account's telephone had enough codes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from pytest_django import Settings

from ansinh.people.models import OneTimeCode
from ansinh.people.one_time_codes import CodeRefused, issue, resend
from ansinh.people.reset_password import request_reset
from tests.web.citizen.conftest import settled, world
from tests.world import ID_NUMBER, World, a_moment

__all__ = ["settled", "world"]
AT = a_moment(date(2026, 11, 9))
NOBODY = "090190000555"


def ask(login: str, number: int) -> str:
    """The code of the refusal, or nothing; each from another browser and network."""
    try:
        request_reset(login, channel="sms", session_key=f"{login} {number}", network=f"203.0.{number}.1", at=AT)
    except CodeRefused as refused:
        return refused.code
    return ""


def test_both_are_refused_at_the_same_time(world: World) -> None:
    told = {login: [ask(login, number) for number in range(8)] for login in (ID_NUMBER, NOBODY)}
    assert told[ID_NUMBER] == told[NOBODY] == [""] * 6 + ["too-many-codes"] * 2


def test_a_telephone_that_has_had_enough_codes_tells_nothing(world: World) -> None:
    for number in range(6):
        issue(purpose="transaction", channel="sms", recipient="84905000278", session_key=str(number),
              bound_digest="ab" * 32, account_id=world.citizen.account_id, at=AT)  # fmt: skip
    assert ask(ID_NUMBER, 1) == ask(NOBODY, 1) == ""
    assert OneTimeCode.objects.filter(purpose="password_reset", decoy=True).count() == 2


def test_a_range_that_has_had_enough_codes_tells_nothing(world: World, settings: Settings) -> None:
    settings.ONE_TIME_CODE_LIMITS = {"prefix": {1: 1}}
    issue(purpose="sign_in", channel="sms", recipient="84905000999", session_key="x", bound_digest="",
          account_id=None, at=AT)  # fmt: skip
    assert ask(ID_NUMBER, 1) == ask(NOBODY, 1) == ""


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_an_account_without_that_contact_answers_like_nobody(world: World, channel: str) -> None:
    assert request_reset(ID_NUMBER, channel=channel, session_key="s", network="203.0.113.1", at=AT)


@pytest.mark.parametrize("login", [ID_NUMBER, NOBODY])
def test_sending_again_tells_nothing_either(world: World, login: str) -> None:
    code_id = request_reset(login, channel="sms", session_key="s", network="203.0.113.1", at=AT)
    for number in range(6):
        with suppress(CodeRefused):
            issue(purpose="sign_in", channel="sms", recipient="84905000278", session_key=str(number), bound_digest="",
                  account_id=None, at=AT)  # fmt: skip
    again = resend(code_id=code_id, session_key="s", at=AT + timedelta(seconds=31))
    assert again.resends == 1
