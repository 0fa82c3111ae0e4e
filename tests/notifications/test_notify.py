"""An event is said in the application, by SMS and by e-mail, with the change that causes it or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ansinh.notifications.models import Message, MessageEvent, Notice
from ansinh.notifications.notify import SEND_JOB, send_account_exists_hint, send_code
from ansinh.notifications.queries import mark_read_about, messages_about, notices_of, unread_count
from ansinh.platform.errors import Invalid
from ansinh.platform.identifiers import uuid7
from ansinh.platform.language import pick, use
from ansinh.platform.models import Job
from tests.notifications.making import AT, NUMBER, a_phone, an_sms, say

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R-123")
@pytest.mark.requirement("R-124")
@pytest.mark.requirement("R-129")
def test_one_event_makes_a_notice_an_sms_an_email_and_their_jobs() -> None:
    said = say("dossier_accepted", facts={"due": AT.date(), "office": "BHXH tỉnh Lâm Đồng"})
    [notice] = notices_of(said["account_id"])
    assert (notice.code, notice.dossier_id, notice.read_at) == ("dossier_accepted", said["dossier_id"], None)
    assert notice.facts == {"dossier_number": NUMBER, "due": "2026-11-23", "office": "BHXH tỉnh Lâm Đồng"}
    assert notice.title_vi == "Đã tiếp nhận, hẹn trả 23/11/2026"
    with use("en"):
        assert pick(notice, "title") == "Accepted, answer due 23/11/2026"
    messages = messages_about(said["dossier_id"])
    assert {(one.channel, one.recipient, one.state) for one in messages} == {
        ("sms", said["phone"], "queued"),
        ("email", said["email"], "queued"),
    }
    jobs = Job.objects.filter(name=SEND_JOB).values_list("arguments", flat=True)
    assert {job["message_id"] for job in jobs} == {str(one.pk) for one in messages}
    assert set(MessageEvent.objects.values_list("kind", flat=True)) == {"queued"}


def test_nothing_is_said_when_the_change_is_undone() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        say()
        raise ZeroDivisionError
    assert not Message.objects.exists()
    assert not Notice.objects.exists()
    assert not Job.objects.exists()


def test_the_same_event_twice_is_said_once() -> None:
    said = say()
    say(**said)
    assert (Message.objects.count(), Notice.objects.count(), Job.objects.count()) == (2, 1, 2)
    say(**(said | {"at": AT + timedelta(seconds=1)}))
    assert (Message.objects.count(), Notice.objects.count()) == (4, 2)


def test_facts_that_the_event_does_not_name_are_not_kept() -> None:
    said = say("result_ready", facts={"full_name": "Trần Thị Mai Lan", "diagnosis": "O80"})
    assert notices_of(said["account_id"])[0].facts == {"dossier_number": NUMBER}
    assert not Message.objects.filter(body__contains="Lan").exists()


def test_a_missing_fact_is_refused_and_nothing_written() -> None:
    with pytest.raises(Invalid):
        say("supplement_requested")
    assert not Message.objects.exists()


def test_without_phone_and_address_only_the_notice_is_made() -> None:
    say(phone="", email="")
    assert (Message.objects.count(), Notice.objects.count()) == (0, 1)


def test_appraisal_is_told_in_the_application_only() -> None:
    say("appraisal_started")
    assert (Message.objects.count(), Notice.objects.count()) == (0, 1)


def test_a_code_is_nowhere_readable() -> None:
    message_id, phone = uuid7(), a_phone()
    send_code(
        message_id=message_id, channel="sms", recipient=phone, purpose="sign_in", code="482910", about="",
        minutes=10, account_id=None, at=AT,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM notifications_message m UNION ALL SELECT j::text FROM platform_job j")
        rows = [row[0] for row in cursor.fetchall()]
    assert len(rows) == 2
    assert not any("482910" in row or b"482910".hex() in row for row in rows)
    assert "••••••" in Message.objects.get(pk=message_id).body
    assert not Notice.objects.exists()


def test_the_hint_tells_the_owner_that_an_account_exists() -> None:
    message_id = uuid7()
    send_account_exists_hint(message_id=message_id, channel="sms", recipient=a_phone(), account_id=uuid7(), at=AT)
    assert "tai khoan da co" in Message.objects.get(pk=message_id).body


def test_opening_a_dossier_reads_what_was_said_of_it_to_its_owner_and_once() -> None:
    said = say()
    [notice] = notices_of(said["account_id"])
    mark_read_about(said["dossier_id"], account_id=uuid7(), at=AT + timedelta(minutes=1))
    mark_read_about(uuid7(), account_id=said["account_id"], at=AT + timedelta(minutes=1))
    assert unread_count(said["account_id"]) == 1
    for minutes in (1, 60):
        mark_read_about(said["dossier_id"], account_id=said["account_id"], at=AT + timedelta(minutes=minutes))
    [notice] = notices_of(said["account_id"])
    assert notice.read_at == AT + timedelta(minutes=1)
    assert unread_count(said["account_id"]) == 0


def test_notices_come_newest_first_and_can_be_continued() -> None:
    account = uuid7()
    for minute in range(3):
        say(account_id=account, at=AT + timedelta(minutes=minute))
    newest = notices_of(account, limit=2)
    assert [one.created_at.minute for one in newest] == [9, 8]
    assert [one.created_at.minute for one in notices_of(account, before=newest[-1].created_at)] == [7]


def test_the_delivery_log_cannot_be_changed() -> None:
    an_sms()
    for change in ("UPDATE notifications_messageevent SET kind = 'x'", "DELETE FROM notifications_messageevent"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "delivered"},
        {"state": "handed_over"},
        {"state": "failed"},
        {"state": "lost"},
        {"channel": "crow"},
        {"recipient": ""},
        {"expires_at": AT},
    ],
)
def test_the_database_refuses_an_incoherent_message(change: dict[str, object]) -> None:
    message = an_sms()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**change)


def test_a_sent_message_cannot_keep_its_secret() -> None:
    message = an_sms()
    with pytest.raises(IntegrityError, match="only_a_queued_message"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            state="handed_over", handed_over_at=AT, provider="sms_http", sealed_body=b"x"
        )
