"""A code whose message does not get through goes the other way: the same code, once, and never two live ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from ansinh.notifications.models import Message
from ansinh.people.models import OneTimeCode
from ansinh.people.one_time_codes import (
    CodeRefused,
    check,
    delivery_line,
    issue,
    issue_decoy,
    record_delivered,
    record_failed,
    record_handed_over,
    use_other_channel,
)
from ansinh.people.one_time_codes.fall_back import FALL_BACK_JOB, fall_back_if_stuck
from ansinh.people.one_time_codes.rules import rules
from ansinh.people.one_time_codes.secrets import unseal
from ansinh.platform.models import Job
from ansinh.platform.vietnamese import ZONE

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 20, 1, tzinfo=ZONE)
PHONE, EMAIL, SESSION = "84912345678", "lan@example.vn", "session-of-lan"


def given(*, other: str = EMAIL, channel: str = "sms", purpose: str = "sign_in") -> OneTimeCode:
    """A code for somebody with both contacts."""
    return issue(
        purpose=purpose, channel=channel, recipient=PHONE if channel == "sms" else EMAIL, session_key=SESSION,
        bound_digest="", account_id=None, other=other, at=AT,
    )  # fmt: skip


def again(code: OneTimeCode) -> OneTimeCode:
    """The row as it is now."""
    return OneTimeCode.objects.get(pk=code.pk)


def digits(code: OneTimeCode) -> str:
    """The code itself."""
    sealed = again(code).sealed_code
    assert sealed is not None
    return unseal(bytes(sealed), row=code.pk)


def message(code: OneTimeCode) -> UUID:
    """The message that carries it now."""
    found = again(code).message_id
    assert found is not None
    return found


def seconds(count: int) -> datetime:
    """So long after it was sent."""
    return AT + timedelta(seconds=count)


def test_a_message_no_network_takes_makes_the_same_code_go_by_mail() -> None:
    code = given()
    before = digits(code)
    fall_back_if_stuck(code_id=code.pk, at=seconds(29))
    assert again(code).channel == "sms"
    fall_back_if_stuck(code_id=code.pk, at=seconds(30))
    assert (again(code).channel, again(code).recipient, digits(code)) == ("email", EMAIL, before)
    assert Message.objects.get(pk=message(code)).recipient == EMAIL
    assert OneTimeCode.objects.filter(closed_at=None, used_at=None).count() == 1
    proof = check(
        code_id=code.pk, session_key=SESSION, purpose="sign_in", typed=before, bound_digest="", at=seconds(60)
    )
    assert proof.channel == "email"


def test_a_message_the_network_has_gets_more_time_and_is_then_late() -> None:
    code = given()
    record_handed_over(message_id=message(code), at=seconds(5))
    fall_back_if_stuck(code_id=code.pk, at=seconds(30))
    assert again(code).channel == "sms"
    later = Job.objects.filter(name=FALL_BACK_JOB).order_by("run_at").last()
    assert later is not None
    assert later.run_at == seconds(120)
    fall_back_if_stuck(code_id=code.pk, at=seconds(120))
    assert again(code).channel == "email"


def test_a_delivered_message_needs_no_other_way() -> None:
    code = given()
    record_delivered(message_id=message(code), at=seconds(3))
    fall_back_if_stuck(code_id=code.pk, at=seconds(600))
    assert again(code).channel == "sms"


def test_a_message_that_fails_goes_the_other_way_at_once_and_the_page_says_so() -> None:
    code = given()
    record_failed(message_id=message(code), reason="nhà mạng không nhận số hoặc địa chỉ này", at=seconds(4))
    assert again(code).channel == "email"
    assert delivery_line(again(code)).startswith("Tin nhắn chưa tới máy nên cùng mã đó đã gửi qua thư điện tử.")
    record_failed(message_id=message(code), reason="nhà mạng không nhận số hoặc địa chỉ này", at=seconds(6))
    assert again(code).recipient == EMAIL, "there and back again would never end"


def test_a_mail_server_confirms_nothing_so_a_mail_it_took_is_not_late() -> None:
    code = given(channel="email", other=PHONE)
    record_handed_over(message_id=message(code), at=seconds(2))
    fall_back_if_stuck(code_id=code.pk, at=seconds(500))
    assert again(code).channel == "email"


def test_without_another_contact_nothing_is_watched() -> None:
    code = given(other="")
    assert not Job.objects.filter(name=FALL_BACK_JOB).exists()
    with pytest.raises(CodeRefused) as refused:
        use_other_channel(code_id=code.pk, session_key=SESSION, network="", at=seconds(10))
    assert refused.value.code == "no-other-channel"


def test_a_person_may_ask_for_the_other_way_once_and_in_the_own_session() -> None:
    code = given()
    before = digits(code)
    with pytest.raises(CodeRefused):
        use_other_channel(code_id=code.pk, session_key="somebody", network="", at=seconds(1))
    use_other_channel(code_id=code.pk, session_key=SESSION, network="203.0.113.7", at=seconds(1))
    assert (again(code).recipient, digits(code)) == (EMAIL, before)
    with pytest.raises(CodeRefused):
        use_other_channel(code_id=code.pk, session_key=SESSION, network="", at=seconds(2))


@pytest.mark.parametrize("spent", ["used", "expired", "closed"])
def test_a_code_that_is_over_goes_nowhere(spent: str) -> None:
    code = given()
    by_end: dict[str, dict[str, Any]] = {
        "used": {"used_at": AT, "sealed_code": None},
        "closed": {"closed_at": AT},
        "expired": {},
    }
    OneTimeCode.objects.filter(pk=code.pk).update(**by_end[spent])
    fall_back_if_stuck(code_id=code.pk, at=seconds(700 if spent == "expired" else 60))
    assert again(code).channel == "sms"


def test_a_decoy_sends_nothing_anywhere() -> None:
    code = issue_decoy(
        purpose="password_reset", channel="sms", recipient="x", session_key=SESSION, account_id=None, at=AT
    )
    fall_back_if_stuck(code_id=code.pk, at=seconds(60))
    assert not Message.objects.exists()


def test_a_spent_budget_leaves_the_first_message_as_it_is(settings: Settings) -> None:
    code = given()
    settings.ONE_TIME_CODE_LIMITS = {"all": {24: 1}}
    fall_back_if_stuck(code_id=code.pk, at=seconds(60))
    assert again(code).channel == "sms"


def ask(phone: str, *, network: str = "", session: str = SESSION) -> str:
    """The code of the refusal, or nothing."""
    try:
        issue(purpose="sign_in", channel="sms", recipient=phone, session_key=session, bound_digest="", account_id=None,
              network=network, at=AT)  # fmt: skip
    except CodeRefused as refused:
        return refused.code
    return ""


def test_a_walk_through_one_range_of_numbers_stops(settings: Settings) -> None:
    settings.ONE_TIME_CODE_LIMITS = {"prefix": {1: 3}}
    walked = [ask(f"8491234{n:04d}", network=f"203.0.{n}.1", session=str(n)) for n in range(5)]
    assert walked == ["", "", "", "too-many-codes", "too-many-codes"]
    assert ask("84987654321", session="another") == ""


def test_no_code_goes_abroad() -> None:
    assert ask("882123456789") == "code-abroad"


def test_the_alarm_is_raised_once_before_all_codes_stop(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    settings.ONE_TIME_CODE_LIMITS = {"all": {24: 6}, "session": {1: 100}, "recipient": {1: 100}}
    told = [ask(PHONE) for _ in range(8)]
    assert told == [""] * 6 + ["too-many-codes"] * 2
    alarms = [record.getMessage() for record in caplog.records if "pumping" in record.getMessage()]
    assert alarms == ["one-time codes: 3 of at most 6 in 24 h are asked for; somebody may be pumping"]


def test_the_rules_are_dated() -> None:
    now = rules(at=AT)
    assert (now.not_handed_over, now.not_delivered) == (timedelta(seconds=30), timedelta(seconds=120))
    assert now.limits["recipient"] == {1: 6, 24: 15}
