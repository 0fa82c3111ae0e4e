"""The other way to the same person, when the first does not get through: the same code, never a second one."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ansinh.people.models_one_time import Channel, DeliveryState, OneTimeCode
from ansinh.people.one_time_codes import budgets, secrets
from ansinh.people.one_time_codes.events import issued
from ansinh.people.one_time_codes.refusal import CodeRefused, refuse_closed
from ansinh.people.one_time_codes.rules import rules
from ansinh.platform import queue
from ansinh.platform.events import publish
from ansinh.platform.identifiers import uuid7

FALL_BACK_JOB = "one_time_codes.fall_back"


def look_later(code: OneTimeCode) -> None:
    """Queue the look at what became of the message; nothing where the person has no other way."""
    if code.other_recipient:
        wait = rules(at=code.last_sent_at).not_handed_over
        queue.defer(FALL_BACK_JOB, run_at=code.last_sent_at + wait, code_id=str(code.pk))


def fall_back_if_stuck(*, code_id: UUID, at: datetime) -> None:
    """Send the code the other way if its message has failed or is late; look once more where a network has it."""
    with transaction.atomic():
        code = OneTimeCode.objects.select_for_update().filter(pk=code_id).first()
        if code is None or not code.other_recipient or not _is_open(code, at):
            return
        late_at = _late_at(code)
        if late_at is None:
            return
        if at < late_at:
            queue.defer(FALL_BACK_JOB, run_at=late_at, code_id=str(code.pk))
            return
        try:
            _count(code, network="", session_key="", at=at)
        except CodeRefused:  # the page still says what became of the first message, and offers a new code
            return
        _go_the_other_way(code, at)


def use_other_channel(*, code_id: UUID, session_key: str, network: str, at: datetime) -> OneTimeCode:
    """The person asks for the same code by the other way, once. Raises CodeRefused."""
    with transaction.atomic():
        code = (
            OneTimeCode.objects.select_for_update()
            .filter(pk=code_id, session_key=secrets.digest_of(session_key))
            .first()
        )
        if code is None:
            raise CodeRefused("code-other-session")
        refuse_closed(code, at)
        if not code.other_recipient:
            raise CodeRefused("no-other-channel")
        _count(code, network=network, session_key=session_key, at=at)
        _go_the_other_way(code, at)
    return code


def _count(code: OneTimeCode, *, network: str, session_key: str, at: datetime) -> None:
    other = code.other_recipient
    phone = other if code.channel == Channel.EMAIL else ""
    budgets.take(recipient=other, phone=phone, network=network, session_key=session_key, at=at)


def _is_open(code: OneTimeCode, at: datetime) -> bool:
    try:
        refuse_closed(code, at)
    except CodeRefused:
        return False
    return not code.decoy


def _late_at(code: OneTimeCode) -> datetime | None:
    """From when on the message counts as late; None when it has arrived as far as its channel can tell."""
    now = rules(at=code.last_sent_at)
    waits: dict[str, timedelta] = {
        DeliveryState.FAILED: timedelta(0),
        DeliveryState.QUEUED: now.not_handed_over,
        # A mail server confirms nothing further; a telephone does.
        **({DeliveryState.HANDED_OVER: now.not_delivered} if code.channel == Channel.SMS else {}),
    }
    wait = waits.get(code.delivery_state)
    return None if wait is None else code.last_sent_at + wait


def _go_the_other_way(code: OneTimeCode, at: datetime) -> None:
    code.channel = Channel.EMAIL if code.channel == Channel.SMS else Channel.SMS
    code.recipient, code.other_recipient = code.other_recipient, ""
    code.fell_back_at = code.last_sent_at = at
    code.message_id = uuid7()
    code.delivery_state, code.delivery_error = DeliveryState.QUEUED, ""
    code.handed_over_at = code.delivered_at = None
    code.save()
    if code.sealed_code is not None:
        publish(issued(code, secrets.unseal(bytes(code.sealed_code), row=code.pk), at=at))
