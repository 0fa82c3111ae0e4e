"""Messages reach the outside by real SMTP and HTTP; what fails says why and is tried again only if time can cure it."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from ansinh.notifications import budgets
from ansinh.notifications.events import MessageFailed, MessageHandedOver
from ansinh.notifications.models import Message, SendCounter
from ansinh.notifications.notify import SEND_JOB, send_code
from ansinh.notifications.options import Options, options
from ansinh.notifications.providers import provider_for
from ansinh.notifications.send import send
from ansinh.platform import queue
from ansinh.platform.events import listen
from ansinh.platform.identifiers import uuid7
from ansinh.platform.models import Job
from ansinh.platform.vietnamese import ZONE
from tests.notifications.making import AT, a_phone, an_email, an_sms, fresh
from tests.notifications.outside import BUSY, REFUSED, Outside
from tests.threads import together

pytestmark = pytest.mark.django_db

_heard: list[Any] = []


@listen(MessageHandedOver)
def _hear_handed_over(event: MessageHandedOver) -> None:
    _heard.append(event)


@listen(MessageFailed)
def _hear_failed(event: MessageFailed) -> None:
    _heard.append(event)


@pytest.fixture(autouse=True)
def _empty_ears() -> None:
    _heard.clear()


@pytest.mark.requirement("R-123")
def test_an_email_arrives_whole(outside: Outside) -> None:
    message = an_email()
    send(message_id=message.pk, at=AT)
    [arrived] = outside.arrived(message.recipient)
    assert arrived["subject"] == message.subject
    assert arrived["text"].strip() == message.body.strip()
    sent = fresh(message.pk)
    assert (sent.state, sent.provider, sent.handed_over_at, sent.attempts) == ("handed_over", "smtp", AT, 1)
    assert sent.provider_reference == f"<{message.pk}@ansinh.localhost>"
    assert [type(event) for event in _heard] == [MessageHandedOver]
    assert list(sent.events.order_by("id").values_list("kind", flat=True)) == ["queued", "handed_over"]


@pytest.mark.requirement("R-124")
def test_an_sms_arrives_through_the_aggregator(outside: Outside) -> None:
    message = an_sms()
    send(message_id=message.pk, at=AT)
    [arrived] = outside.arrived(message.recipient)
    assert (arrived["text"], arrived["sender"], arrived["way"]) == (message.body, "BHXHVN", "HTTP")
    assert fresh(message.pk).provider_reference == arrived["id"]


def test_the_job_sends_it(outside: Outside) -> None:
    message = an_sms()
    assert queue.drain(AT) == 1
    assert fresh(message.pk).state == "handed_over"
    assert len(outside.arrived(message.recipient)) == 1


def test_a_message_sent_again_after_a_crash_arrives_once(outside: Outside) -> None:
    for message in (an_sms(), an_email()):
        send(message_id=message.pk, at=AT)
        # The process died before its commit: the row is as before.
        Message.objects.filter(pk=message.pk).update(state="queued", provider_reference="", handed_over_at=None)
        send(message_id=message.pk, at=AT)
        assert len(outside.arrived(message.recipient)) == 1
        assert fresh(message.pk).state == "handed_over"


def test_a_sent_message_is_not_sent_again(outside: Outside) -> None:
    message = an_sms()
    send(message_id=message.pk, at=AT)
    send(message_id=message.pk, at=AT + timedelta(minutes=1))
    assert fresh(message.pk).attempts == 1


@pytest.mark.parametrize("make", [lambda: an_sms(phone=REFUSED), lambda: an_email(email="khong-co@thu.example")])
def test_a_refused_recipient_fails_at_once_with_the_reason(outside: Outside, make: Any) -> None:
    message = make()
    Job.objects.all().delete()
    send(message_id=message.pk, at=AT)
    failed = fresh(message.pk)
    assert (failed.state, failed.error, failed.attempts) == ("failed", "recipient-refused", 1)
    assert not Job.objects.exists()
    assert [event.code for event in _heard] == ["recipient-refused"]
    assert not outside.arrived(message.recipient)


@pytest.mark.parametrize("make", [lambda: an_sms(phone=BUSY), lambda: an_email(email="ban@thu.example")])
def test_a_busy_network_is_asked_again_later_and_not_for_ever(outside: Outside, make: Any, settings: Any) -> None:
    message = make()
    settings.MESSAGES |= {"attempts": 3}
    Job.objects.all().delete()
    at, waits = AT, []
    for _ in range(2):
        send(message_id=message.pk, at=at)
        job = Job.objects.get(name=SEND_JOB)
        waits.append((job.run_at - at).total_seconds())
        at = job.run_at
        job.delete()
        assert (fresh(message.pk).state, fresh(message.pk).error) == ("queued", "network-busy")
    assert waits == [5, 10]
    send(message_id=message.pk, at=at)
    assert (fresh(message.pk).state, fresh(message.pk).error) == ("failed", "network-busy")
    assert not Job.objects.exists()


@pytest.mark.parametrize("make", [an_sms, an_email])
def test_an_absent_network_keeps_the_message_for_later(make: Any, settings: Any) -> None:
    settings.MESSAGES = {"smtp_port": 9, "sms_url": "http://127.0.0.1:9"}
    message = make()
    send(message_id=message.pk, at=AT)
    assert (fresh(message.pk).state, fresh(message.pk).error) == ("queued", "network-unreachable")


def test_a_message_out_of_time_is_not_sent(outside: Outside) -> None:
    message = an_sms()
    send(message_id=message.pk, at=message.expires_at)
    assert (fresh(message.pk).state, fresh(message.pk).error) == ("expired", "out-of-time")
    assert not outside.arrived(message.recipient)


def test_a_code_arrives_readable_and_is_wiped_here(outside: Outside) -> None:
    message_id, phone = uuid7(), a_phone()
    send_code(
        message_id=message_id, channel="sms", recipient=phone, purpose="transaction", code="482910",
        about="ho so 00012/2026/00100", minutes=10, account_id=None, at=AT,
    )  # fmt: skip
    send(message_id=message_id, at=AT)
    text = outside.arrived(phone)[0]["text"]
    assert "482910 la ma xac nhan giao dich" in text
    assert "ho so 00012/2026/00100" in text
    assert fresh(message_id).sealed_body is None
    assert "482910" not in fresh(message_id).body


def test_a_code_that_cannot_be_sent_in_ten_minutes_is_wiped(settings: Any) -> None:
    settings.MESSAGES = {"sms_url": "http://127.0.0.1:9"}
    message_id = uuid7()
    send_code(
        message_id=message_id, channel="sms", recipient=a_phone(), purpose="sign_in", code="482910", about="",
        minutes=10, account_id=None, at=AT,
    )  # fmt: skip
    at = AT
    while at < AT + timedelta(minutes=11) and queue.run_one(at) + 1:
        at = queue.next_run_at() or AT + timedelta(minutes=11)
        at = max(at, AT)
    ended = fresh(message_id)
    assert (ended.state, ended.error, ended.sealed_body) == ("expired", "network-unreachable", None)


def test_nobody_is_woken_at_night_except_for_what_is_urgent(outside: Outside) -> None:
    night = datetime(2026, 11, 23, 23, 30, tzinfo=ZONE)
    message = an_sms(at=night)
    Job.objects.all().delete()
    send(message_id=message.pk, at=night)
    assert fresh(message.pk).state == "queued"
    assert Job.objects.get().run_at == datetime(2026, 11, 24, 7, 0, tzinfo=ZONE)
    email = an_email(at=night)
    send(message_id=email.pk, at=night)
    assert fresh(email.pk).state == "handed_over"
    urgent = an_sms(code="password_changed", facts={"at": night}, at=night)
    send(message_id=urgent.pk, at=night)
    assert fresh(urgent.pk).state == "handed_over"


def test_one_number_gets_so_many_a_day_and_no_more(outside: Outside, settings: Any) -> None:
    settings.MESSAGES |= {"sms_per_number_per_day": 2}
    phone = a_phone()
    for minute in range(3):
        moment = AT + timedelta(minutes=minute)
        send(message_id=an_sms(phone=phone, at=moment).pk, at=moment)
    states = list(Message.objects.filter(recipient=phone).order_by("created_at").values_list("state", "error"))
    assert states == [("handed_over", ""), ("handed_over", ""), ("failed", "too-many-to-recipient")]
    assert len(outside.arrived(phone)) == 2
    tomorrow = AT + timedelta(days=1)
    send(message_id=an_sms(phone=phone, at=tomorrow).pk, at=tomorrow)
    assert len(outside.arrived(phone)) == 3


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_never_pass_a_budget_together() -> None:
    chosen = Options(sms_per_number_per_day=7, sms_per_day=50)
    barrier = threading.Barrier(12)

    def work(number: str) -> list[str]:
        barrier.wait()
        return [budgets.take(channel="sms", recipient=number, day=AT.date(), options=chosen) for _ in range(10)]

    numbers = [a_phone() for _ in range(12)]
    assert sum(answers.count("") for answers in together(work, numbers, threads=12)) == 50
    used = dict(SendCounter.objects.values_list("recipient", "used"))
    assert sum(count for name, count in used.items() if name.startswith("#")) == 50
    assert max(used[number] for number in numbers if number in used) <= 7
    assert sum(used.get(number, 0) for number in numbers) == 50


def test_options_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.MESSAGES = {}
    monkeypatch.setenv("ANSINH_SMTP_PORT", "587")
    monkeypatch.setenv("ANSINH_SMTP_STARTTLS", "1")
    monkeypatch.setenv("ANSINH_KEEP_TRYING_CODE", "300")
    chosen = options()
    assert (chosen.smtp_port, chosen.smtp_starttls, chosen.keep_trying_code) == (587, True, timedelta(minutes=5))
    monkeypatch.setenv("ANSINH_SMTP_STARTTLS", "maybe")
    with pytest.raises(ValueError, match="ANSINH_SMTP_STARTTLS"):
        options()


def test_a_provider_that_does_not_fit_the_channel_stops_the_program() -> None:
    with pytest.raises(ValueError, match="no provider 'smtp' for sms"):
        provider_for("sms", Options(sms_provider="smtp"), record=lambda report, at: True)
