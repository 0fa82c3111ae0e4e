"""One-time codes: one success, five tries, one session, one purpose, one content; nowhere readable; truthful."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, connection, transaction

from ansinh.notifications.models import Message
from ansinh.notifications.reasons import REASONS
from ansinh.people.models import OneTimeCode
from ansinh.people.one_time_codes import (
    CodeIssued,
    CodeRefused,
    check,
    count_wrong_try,
    delivery_line,
    issue,
    issue_decoy,
    record_delivered,
    record_failed,
    record_handed_over,
    resend,
    use,
)
from ansinh.people.one_time_codes.delivery import _FAILED, _LINES
from ansinh.people.one_time_codes.refusal import SENTENCES
from ansinh.people.one_time_codes.secrets import seal, unseal
from ansinh.people.one_time_codes.wipe import WIPE_JOB, wipe
from ansinh.platform.errors import Invalid
from ansinh.platform.events import listen
from ansinh.platform.identifiers import uuid7
from ansinh.platform.language import catalogue
from ansinh.platform.language import use as speak
from ansinh.platform.models import Job
from ansinh.platform.vietnamese import ZONE
from tests.threads import together

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 20, 1, tzinfo=ZONE)
SESSION, PHONE = "session-of-lan", "84912345678"
DIGEST = "ab" * 32
_sent: dict[UUID, list[CodeIssued]] = {}


@listen(CodeIssued)
def _remember(event: CodeIssued) -> None:
    _sent.setdefault(event.code_id, []).append(event)


def given(*, at: datetime = AT, **changes: Any) -> OneTimeCode:
    """A code for signing in, unless told otherwise."""
    values: dict[str, Any] = {
        "purpose": "sign_in", "channel": "sms", "recipient": PHONE, "session_key": SESSION, "bound_digest": "",
        "account_id": None,
    }  # fmt: skip
    return issue(**(values | changes), at=at)


def plain(code: OneTimeCode) -> str:
    """The digits that were sent."""
    return _sent[code.pk][-1].code


def wrong(code: OneTimeCode, step: int = 1) -> str:
    """Other digits."""
    return f"{(int(plain(code)) + step) % 1_000_000:06d}"


def typed(code: OneTimeCode, digits: str, *, at: datetime = AT, **changes: Any) -> Any:
    """Check digits against the code as its own session does."""
    values = {"session_key": SESSION, "purpose": code.purpose, "bound_digest": code.bound_digest} | changes
    return check(code_id=code.pk, typed=digits, at=at, **values)


def refused(code: OneTimeCode, digits: str, **changes: Any) -> str:
    """Why the digits are refused."""
    with pytest.raises(CodeRefused) as refusal:
        typed(code, digits, **changes)
    assert str(refusal.value)
    assert "{" not in str(refusal.value)
    return refusal.value.code


@pytest.mark.requirement("R-049")
def test_the_right_code_opens_once() -> None:
    code = given()
    proof = typed(code, plain(code), at=AT + timedelta(minutes=1))
    assert (proof.code_id, proof.recipient, proof.purpose, proof.used_at) == (
        code.pk, PHONE, "sign_in", AT + timedelta(minutes=1),
    )  # fmt: skip
    assert refused(code, plain(code)) == "code-used"


def test_200_ways_of_writing_the_code_open_once() -> None:
    code = given()
    digits = plain(code)
    full_width = "".join(chr(0xFF10 + int(digit)) for digit in digits)
    arabic = "".join(chr(0x0660 + int(digit)) for digit in digits)
    variants = [
        before + between.join(form) + after
        for form in (digits, full_width, arabic)
        for between in ("", " ", "-", "\u2009")
        for before in ("", " ", "\u00a0", "\ufeff", "\t")
        for after in ("", " ", "\n", "\u200b")
    ]
    assert len(variants) >= 200
    outcomes: Counter[str] = Counter()
    for variant in variants:
        try:
            typed(code, variant)
            outcomes["opened"] += 1
        except CodeRefused as refusal:
            outcomes[refusal.code] += 1
    assert outcomes == {"opened": 1, "code-used": len(variants) - 1}


@pytest.mark.parametrize("digits", ["", "12345", "1234567", "12345a", "½23456", "一二三四五六", "¹²³⁴⁵⁶", "x" * 10_000])
def test_what_is_not_six_digits_costs_no_try(digits: str) -> None:
    code = given()
    assert refused(code, digits) == "code-not-six-digits"
    assert OneTimeCode.objects.get(pk=code.pk).tries_left == 5


def test_five_wrong_tries_end_the_code_even_for_the_right_digits() -> None:
    code = given()
    told = []
    for step in range(1, 5):
        with pytest.raises(CodeRefused) as refusal:
            typed(code, wrong(code, step))
        told.append((refusal.value.code, refusal.value.facts["tries_left"]))
    assert told == [("code-wrong", 4), ("code-wrong", 3), ("code-wrong", 2), ("code-wrong", 1)]
    assert refused(code, wrong(code, 5)) == "code-exhausted"
    assert refused(code, plain(code)) == "code-exhausted"
    assert OneTimeCode.objects.get(pk=code.pk).sealed_code is None


def test_the_code_lives_ten_minutes_to_the_second() -> None:
    code = given()
    assert refused(code, plain(code), at=AT + timedelta(minutes=10)) == "code-expired"
    assert typed(code, plain(code), at=AT + timedelta(minutes=10, seconds=-1))


def test_the_ten_minutes_are_counted_once_from_the_hand_over() -> None:
    code = given()
    record_handed_over(message_id=_message(code), at=AT + timedelta(minutes=4))
    record_handed_over(message_id=_message(code), at=AT + timedelta(minutes=8))
    assert OneTimeCode.objects.get(pk=code.pk).expires_at == AT + timedelta(minutes=14)


def test_a_code_opens_nothing_in_another_session_purpose_or_content() -> None:
    code = given(purpose="transaction", bound_digest=DIGEST)
    assert refused(code, plain(code), session_key="another") == "code-other-session"
    assert refused(code, plain(code), purpose="sign_in") == "code-other-session"
    assert refused(code, plain(code), bound_digest="cd" * 32) == "code-other-content"
    assert OneTimeCode.objects.get(pk=code.pk).tries_left == 5
    assert typed(code, plain(code)).bound_digest == DIGEST


@pytest.mark.requirement("R-108")
def test_a_transaction_code_needs_a_digest_and_no_other_has_one() -> None:
    with pytest.raises(Invalid):
        given(purpose="transaction")
    with pytest.raises(Invalid):
        given(bound_digest=DIGEST)
    code = given()
    with pytest.raises(IntegrityError, match="transaction_code_is_bound"), transaction.atomic():
        OneTimeCode.objects.filter(pk=code.pk).update(purpose="transaction")


def test_a_newer_code_of_the_session_replaces_the_older() -> None:
    older = given()
    newer = given()
    assert refused(older, plain(older)) == "code-replaced"
    assert typed(newer, plain(newer))


def test_a_code_of_another_session_to_the_same_number_stays_open() -> None:
    mine = given()
    given(session_key="of an attacker")
    assert typed(mine, plain(mine))


def test_a_resend_brings_the_same_code_after_a_pause_and_three_times_at_most() -> None:
    code = given()
    first = plain(code)
    assert _resend_refusal(code, AT + timedelta(seconds=29)) == "resend-too-soon"
    at = AT
    for pause in (30, 60, 120):
        at += timedelta(seconds=pause)
        again = resend(code_id=code.pk, session_key=SESSION, at=at)
        assert plain(code) == first
        assert again.message_id == _sent[code.pk][-1].message_id
    assert len({event.message_id for event in _sent[code.pk]}) == 4
    assert _sent[code.pk][-1].minutes == 6
    assert _resend_refusal(code, at + timedelta(minutes=5)) == "resend-too-often"
    assert _resend_refusal(code, at, session_key="another") == "code-other-session"
    assert typed(code, first, at=at)
    assert _resend_refusal(code, at) == "code-used"


def test_a_code_is_nowhere_readable_and_is_wiped() -> None:
    code = given()
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM people_onetimecode c UNION ALL SELECT m::text FROM notifications_message m")
        rows = [row[0] for row in cursor.fetchall()]
    assert len(rows) == 2
    assert not any(plain(code) in row.replace(str(code.pk), "") for row in rows)
    assert plain(code) not in repr(_sent[code.pk][0])
    assert Job.objects.get(name=WIPE_JOB).run_at == code.expires_at
    wipe(code_id=code.pk, at=code.expires_at - timedelta(seconds=1))
    assert OneTimeCode.objects.get(pk=code.pk).sealed_code is not None
    wipe(code_id=code.pk, at=code.expires_at)
    assert OneTimeCode.objects.get(pk=code.pk).sealed_code is None


def test_a_sealed_code_does_not_open_in_another_row() -> None:
    mine, other = uuid7(), uuid7()
    assert unseal(seal("482910", row=mine), row=mine) == "482910"
    with pytest.raises(InvalidTag):
        unseal(seal("482910", row=mine), row=other)


def test_a_decoy_answers_like_a_code_and_opens_for_nothing() -> None:
    real, decoy = given(purpose="password_reset"), _decoy()
    assert delivery_line(real) == delivery_line(decoy)
    record_handed_over(message_id=_message(real), at=AT)
    record_delivered(message_id=_message(real), at=AT)
    assert delivery_line(OneTimeCode.objects.get(pk=real.pk)) == delivery_line(decoy)
    for one in (real, decoy):
        answers = [_answer(one, f"{step:06d}") for step in range(5) if f"{step:06d}" != plain(real)]
        assert answers[:4] == ["code-wrong"] * 4
    again = _decoy()
    resend(code_id=again.pk, session_key="decoy", at=AT + timedelta(seconds=31))
    assert again.pk not in _sent


def test_the_owner_of_an_account_is_told_instead_of_given_a_code() -> None:
    decoy = issue_decoy(
        purpose="registration", channel="sms", recipient=PHONE, session_key="x", account_id=uuid7(), at=AT
    )
    assert "tai khoan da co" in Message.objects.get(pk=_message(decoy)).body


@pytest.mark.parametrize(
    ("scope", "changes", "most"),
    [
        ("recipient", {}, 6),
        ("session", {"recipient": None}, 10),
        ("network", {"recipient": None, "session_key": None}, 4),
    ],
)
def test_codes_cannot_be_pumped(scope: str, changes: dict[str, Any], most: int, settings: Any) -> None:
    settings.ONE_TIME_CODE_LIMITS = {"network": {1: 4}}
    allowed = 0
    with pytest.raises(CodeRefused) as refusal:
        for turn in range(20):
            others = {"recipient": f"849120001{turn:02d}", "session_key": f"session {turn}"}
            fresh: dict[str, Any] = {name: others[name] for name in changes}
            given(**({"network": f"203.0.113.{turn}" if scope == "network" else ""} | fresh))
            allowed += 1
    assert (refusal.value.code, refusal.value.facts["scope"], allowed) == ("too-many-codes", scope, most)
    assert OneTimeCode.objects.count() == most
    assert given(at=AT + timedelta(hours=1), recipient="84987654321", session_key="later")


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_the_page_says_what_is_known_of_the_delivery(channel: str) -> None:
    code = given(channel=channel, recipient=PHONE if channel == "sms" else "lan@thu.example")
    said = [delivery_line(code)]
    record_handed_over(message_id=_message(code), at=AT + timedelta(minutes=6))
    said.append(delivery_line(OneTimeCode.objects.get(pk=code.pk)))
    record_delivered(message_id=_message(code), at=AT + timedelta(minutes=7))
    said.append(delivery_line(OneTimeCode.objects.get(pk=code.pk)))
    record_failed(message_id=_message(code), reason="nhà mạng không nhận số hoặc địa chỉ này", at=AT)
    assert delivery_line(OneTimeCode.objects.get(pk=code.pk)) == said[-1]
    for sentence, expected in zip(said, ("20:01", "20:07", "20:08"), strict=True):
        assert expected in sentence
    failed = given(channel=channel)
    record_failed(message_id=_message(failed), reason="nhà mạng không nhận số hoặc địa chỉ này", at=AT)
    failed.refresh_from_db()
    assert "nhà mạng không nhận" in delivery_line(failed)
    with speak("en"):
        assert delivery_line(failed).isascii()
        assert "number or address" in delivery_line(failed)


def test_using_a_code_is_undone_with_the_action() -> None:
    code = given()
    values: dict[str, Any] = {"code_id": code.pk, "session_key": SESSION, "purpose": "sign_in", "bound_digest": ""}
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert use(**values, typed=plain(code), at=AT) is not None
        raise ZeroDivisionError
    used = use(**values, typed=f" {plain(code)} ", at=AT)
    assert used is not None
    assert used.recipient == PHONE
    assert use(**values, typed=plain(code), at=AT) is None
    with pytest.raises(CodeRefused, match="chỉ dùng một lần"):
        count_wrong_try(**values, typed=plain(code), at=AT)


@pytest.mark.django_db(transaction=True)
def test_50_threads_get_five_tries_together() -> None:
    code = given()
    outcomes = _race(50, lambda turn: _answer(code, wrong(code, turn + 1)))
    assert outcomes["code-wrong"] == 4
    assert outcomes["code-exhausted"] == 46
    row = OneTimeCode.objects.get(pk=code.pk)
    assert (row.tries_left, row.used_at) == (0, None)


@pytest.mark.django_db(transaction=True)
def test_50_threads_with_the_right_code_open_it_once() -> None:
    code = given()
    assert _race(50, lambda turn: _answer(code, plain(code))) == {"opened": 1, "code-used": 49}


@pytest.mark.django_db(transaction=True)
def test_50_threads_in_larger_transactions_evaluate_five_guesses() -> None:
    code = given()
    values: dict[str, Any] = {"code_id": code.pk, "session_key": SESSION, "purpose": "sign_in", "bound_digest": ""}

    def action(turn: int) -> str:
        for _ in range(200):
            try:
                with transaction.atomic():
                    if use(**values, typed=wrong(code, turn + 1), at=AT) is None:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                try:
                    count_wrong_try(**values, typed=wrong(code, turn + 1), at=AT)
                except CodeRefused as refusal:
                    return refusal.code if "tries_left" in refusal.facts else f"{refusal.code} or last"
            except CodeRefused as busy:
                assert busy.code == "code-busy"
        return "always busy"

    outcomes = _race(20, action)
    assert outcomes["code-wrong"] <= 4
    assert OneTimeCode.objects.get(pk=code.pk).used_at is None


@pytest.mark.django_db(transaction=True)
def test_a_check_inside_a_transaction_is_refused() -> None:
    code = given()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        typed(code, wrong(code))
    assert OneTimeCode.objects.get(pk=code.pk).tries_left == 5


def _race(threads: int, act: Any) -> Counter[str]:
    barrier = threading.Barrier(threads)

    def run(turn: int) -> str:
        barrier.wait()
        outcome: str = act(turn)
        return outcome

    return Counter(together(run, range(threads), threads=threads))


def _answer(code: OneTimeCode, digits: str) -> str:
    try:
        check(
            code_id=code.pk, session_key=SESSION if not code.decoy else "decoy", purpose=code.purpose, typed=digits,
            bound_digest="", at=AT,
        )  # fmt: skip
    except CodeRefused as refusal:
        return refusal.code
    return "opened"


def _resend_refusal(code: OneTimeCode, at: datetime, session_key: str = SESSION) -> str:
    with pytest.raises(CodeRefused) as refusal:
        resend(code_id=code.pk, session_key=session_key, at=at)
    return refusal.value.code


def _decoy() -> OneTimeCode:
    return issue_decoy(
        purpose="password_reset", channel="sms", recipient="84912999999", session_key="decoy", account_id=None, at=AT
    )


def _message(code: OneTimeCode) -> UUID:
    assert code.message_id is not None
    return code.message_id


def test_every_sentence_has_its_english() -> None:
    known = catalogue("en")
    sentences = [*SENTENCES.values(), *_LINES.values(), *_FAILED.values(), *REASONS.values()]
    assert len(sentences) >= 30
    assert not [sentence for sentence in sentences if sentence not in known]
