"""SMS over real SMPP 3.4: parts, alphabets, refusals, receipts and a centre that goes away."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ansinh.notifications.delivery import recorded
from ansinh.notifications.models import Message
from ansinh.notifications.options import options
from ansinh.notifications.providers.base import Outgoing, PermanentFailure, Report, TemporaryFailure
from ansinh.notifications.providers.sms_smpp import SmppSms, close_links, pieces
from ansinh.notifications.send import send
from ansinh.platform.identifiers import uuid7
from tests.notifications.making import AT, a_phone, an_sms, fresh
from tests.notifications.outside import BUSY, REFUSED, SILENT, UNDELIVERED, Outside, counterparty, until

LONG_PLAIN = "Ho so da co ket qua. " * 20
LONG_VIETNAMESE = "Hồ sơ đã có kết quả, xin mời ông/bà xem. " * 8


def submit(text: str, recipient: str) -> str:
    """Hand one text to the centre of the options; receipts are not listened to."""
    provider = SmppSms(options(), lambda report, at: True)
    return provider.send(Outgoing(id=uuid7(), recipient=recipient, subject="", body=text), at=datetime.now(UTC))


@pytest.mark.parametrize(
    "text",
    ["Ma 482910 dung trong 10 phut [@_{}|~€]", "Hồ sơ đã có kết quả", LONG_PLAIN, LONG_VIETNAMESE],
    ids=["seven bit", "ucs2", "seven bit parts", "ucs2 parts"],
)
def test_a_text_arrives_letter_by_letter(outside: Outside, text: str) -> None:
    phone = a_phone()
    assert submit(text, phone)
    [arrived] = outside.arrived(phone)
    assert (arrived["text"], arrived["sender"], arrived["way"]) == (text, "BHXHVN", "SMPP")


def test_parts_have_the_sizes_and_headers_of_the_standard() -> None:
    plain, vietnamese = pieces(LONG_PLAIN), pieces(LONG_VIETNAMESE)
    assert [len(piece.octets) for piece in plain[:-1]] == [6 + 153] * (len(plain) - 1)
    assert all(len(piece.octets) <= 140 for piece in vietnamese)
    for cut in (plain, vietnamese):
        assert [piece.octets[:3] for piece in cut] == [bytes((5, 0, 3))] * len(cut)
        assert {piece.octets[3] for piece in cut} == {cut[0].octets[3]}
        assert [tuple(piece.octets[4:6]) for piece in cut] == [(len(cut), place + 1) for place in range(len(cut))]
    assert plain[0].octets[3] != vietnamese[0].octets[3]
    [single] = pieces("a" * 160)
    assert not single.has_header


def test_a_refusal_is_permanent_and_throttling_is_not(outside: Outside) -> None:
    with pytest.raises(PermanentFailure) as refused:
        submit("x", REFUSED)
    assert (refused.value.reason, refused.value.detail) == ("recipient-refused", "ESME_RINVDSTADR")
    with pytest.raises(TemporaryFailure) as busy:
        submit("x", BUSY)
    assert (busy.value.reason, busy.value.detail) == ("network-busy", "ESME_RTHROTTLED")
    assert submit("x", a_phone())


def test_an_absent_centre_is_a_temporary_failure(settings: Any) -> None:
    settings.MESSAGES = {"smpp_port": 9, "timeout_seconds": 0.5}
    with pytest.raises(TemporaryFailure) as failed:
        submit("x", a_phone())
    assert failed.value.reason == "network-unreachable"
    close_links()


def test_a_wrong_password_is_a_temporary_failure(outside: Outside, settings: Any) -> None:
    settings.MESSAGES |= {"smpp_password": "wrong", "timeout_seconds": 0.5}
    with pytest.raises(TemporaryFailure):
        submit("x", a_phone())


def test_the_session_binds_again_when_the_centre_comes_back(tmp_path: Path, settings: Any) -> None:
    with counterparty(tmp_path) as first:
        settings.MESSAGES = first.options | {"timeout_seconds": 2.0}
        submit("before", a_phone())
    with pytest.raises(TemporaryFailure):
        submit("never", phone := a_phone())
    with counterparty(tmp_path, "--smpp-port", str(first.smpp)) as again:
        for _ in until(10):
            try:
                submit("after", phone)
            except TemporaryFailure:
                continue
            break
        # What was given up is not sent later behind the back of its job.
        assert [one["text"] for one in again.arrived(phone)] == ["after"]
    close_links()


@pytest.mark.django_db(transaction=True)
def test_receipts_tell_what_became_of_it(outside: Outside, settings: Any) -> None:
    settings.MESSAGES |= {"sms_provider": "sms_smpp"}
    message, undelivered, silent = an_sms(), an_sms(phone=UNDELIVERED), an_sms(phone=SILENT)
    for one in (message, undelivered, silent):
        send(message_id=one.pk, at=AT)
    for _ in until(10):
        if {fresh(message.pk).state, fresh(undelivered.pk).state} == {"delivered", "failed"}:
            break
    assert fresh(message.pk).provider == "sms_smpp"
    assert fresh(undelivered.pk).error == "not-delivered"
    assert fresh(silent.pk).state == "handed_over"
    close_links()


@pytest.mark.django_db(transaction=True)
def test_a_receipt_for_nothing_known_is_not_recorded() -> None:
    assert not recorded(Report(provider="sms_smpp", reference="00000042", status="DELIVRD"), AT)
    assert not Message.objects.exists()
