"""Tell a person that something happened: by a notice, an SMS and an e-mail, queued in the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.notifications import texts
from ansinh.notifications.models import Channel, Message, MessageEvent, Notice
from ansinh.notifications.options import options
from ansinh.platform import queue
from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealing import seal

SEND_JOB = "messages.send"
SEALED_FOR = "notifications.message.body"
_URGENT_FIRST = -10


def notify(
    *,
    account_id: UUID | None,
    phone: str,
    email: str,
    dossier_id: UUID | None,
    dossier_number: str,
    code: str,
    facts: Mapping[str, Any],
    at: datetime,
    language: str = "vi",
    owner_id: UUID | None = None,
) -> None:
    """Say the event `code` of texts.yaml to one person (R-123, R-124, R-129).

    `owner_id`: whose matter it is, if not this person's own. `phone` (84…) and `email` may be empty. Facts that the
    event does not name are dropped; a missing one is refused (Invalid). The same event of the same moment is said
    once, however often this is called.
    """
    event = texts.event(code)
    kept = texts.kept_facts(event, {"dossier_number": dossier_number, **facts})
    key = _key(code, account_id, dossier_id, dossier_number, at)
    with transaction.atomic(savepoint=False):
        if event.notice and account_id is not None:
            _write_notice(event, kept, account_id=account_id, owner_id=owner_id, dossier_id=dossier_id, key=key, at=at)
        if phone and "sms" in event.channels:
            _queue(_sms(event, kept, phone), event, account_id, dossier_id, key=key, at=at)
        if email and "email" in event.channels:
            mail = texts.mail(event, kept, number=dossier_number, at=at, language=language)
            _queue(_email(mail, email), event, account_id, dossier_id, key=key, at=at)


def send_code(
    *,
    message_id: UUID,
    channel: str,
    recipient: str,
    purpose: str,
    code: str,
    about: str,
    minutes: int,
    account_id: UUID | None,
    at: datetime,
) -> None:
    """Queue the message that carries a one-time code. The code itself is stored sealed only, and wiped at hand-over."""
    event = texts.event("one_time_code")
    facts = {"code": code, "purpose": purpose, "about": about, "minutes": minutes}
    open_text = _code_text(event, facts | {"code": code}, channel, recipient, at)
    shown = _code_text(event, facts | {"code": texts.MASK}, channel, recipient, at)
    shown.id = message_id
    shown.sealed_body = seal(open_text.body, row=message_id, purpose=SEALED_FOR)
    with transaction.atomic():
        _queue(shown, event, account_id, None, key=str(message_id), at=at)


def send_account_exists_hint(
    *, message_id: UUID, channel: str, recipient: str, account_id: UUID | None, at: datetime
) -> None:
    """Tell the owner of an account that somebody registered with their contact, in place of a code."""
    event = texts.event("account_exists_hint")
    message = _code_text(event, {}, channel, recipient, at)
    message.id = message_id
    with transaction.atomic():
        _queue(message, event, account_id, None, key=str(message_id), at=at)


def _code_text(event: texts.Event, facts: Mapping[str, Any], channel: str, recipient: str, at: datetime) -> Message:
    if channel == Channel.SMS:
        return _sms(event, facts, recipient)
    return _email(texts.mail(event, facts, number="", at=at, language="vi"), recipient)


def _sms(event: texts.Event, facts: Mapping[str, Any], phone: str) -> Message:
    return Message(channel=Channel.SMS, recipient=phone, body=texts.sms(event, facts))


def _email(mail: texts.Mail, address: str) -> Message:
    return Message(channel=Channel.EMAIL, recipient=address, subject=mail.subject, body=mail.body)


def _queue(
    message: Message, event: texts.Event, account_id: UUID | None, dossier_id: UUID | None, *, key: str, at: datetime
) -> None:
    """Write the message, its first log line and its job; nothing if it was written before."""
    message.purpose = event.code
    message.account_id, message.dossier_id = account_id, dossier_id
    message.idempotency = hashlib.sha256(f"{key}|{message.channel}|{message.recipient}".encode()).hexdigest()
    message.created_at = at
    message.expires_at = at + _keep_trying(event)
    Message.objects.bulk_create([message], ignore_conflicts=True)
    if not Message.objects.filter(pk=message.pk).exists():
        return
    MessageEvent.objects.create(message=message, kind="queued", at=at)
    queue.defer(SEND_JOB, priority=_URGENT_FIRST if event.urgent else 0, message_id=str(message.pk))


def _write_notice(
    event: texts.Event,
    facts: dict[str, Any],
    *,
    account_id: UUID,
    owner_id: UUID | None,
    dossier_id: UUID | None,
    key: str,
    at: datetime,
) -> None:
    words = {
        f"{part}_{language}": say(event, facts, language=language)
        for part, say in (("title", texts.title), ("body", texts.body))
        for language in texts.LANGUAGES
    }
    notice = Notice(
        id=uuid7(),
        account_id=account_id,
        owner_id=owner_id,
        dossier_id=dossier_id,
        code=event.code,
        facts=facts,
        idempotency=hashlib.sha256(key.encode()).hexdigest(),
        created_at=at,
        **words,
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)


def _keep_trying(event: texts.Event) -> timedelta:
    chosen = options()
    return chosen.keep_trying_code if event.secret else chosen.keep_trying


def _key(code: str, account_id: UUID | None, dossier_id: UUID | None, number: str, at: datetime) -> str:
    return f"{code}|{account_id}|{dossier_id}|{number}|{at.isoformat()}"
