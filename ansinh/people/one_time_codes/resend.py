"""Send the same code again."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django.db import transaction

from ansinh.people.models_one_time import Channel, DeliveryState, OneTimeCode, Purpose
from ansinh.people.one_time_codes import budgets, secrets
from ansinh.people.one_time_codes.events import issued, withheld
from ansinh.people.one_time_codes.fall_back import look_later
from ansinh.people.one_time_codes.refusal import CodeRefused, refuse_closed
from ansinh.platform.events import publish
from ansinh.platform.identifiers import uuid7

MOST_RESENDS = 3
FIRST_PAUSE = timedelta(seconds=30)


def resend(*, code_id: UUID, session_key: str, at: datetime, network: str = "") -> OneTimeCode:
    """Send the code again, unchanged, as a new message. At most 3 times, after 30, 60 and 120 seconds.

    Raises CodeRefused: other session, used, replaced, exhausted, expired, too soon, too often, too many.
    """
    with transaction.atomic():
        code = (
            OneTimeCode.objects.select_for_update()
            .filter(pk=code_id, session_key=secrets.digest_of(session_key))
            .first()
        )
        if code is None:
            raise CodeRefused("code-other-session")
        refuse_closed(code, at)
        _refuse_haste(code, at)
        within = _within_budget(code, network=network, session_key=session_key, at=at)
        code.resends += 1
        code.last_sent_at, code.message_id = at, uuid7()
        code.delivery_state, code.delivery_error = DeliveryState.QUEUED, ""
        code.handed_over_at = code.delivered_at = None
        code.save()
        look_later(code)
        if within:
            _publish(code, at)
    return code


def _within_budget(code: OneTimeCode, *, network: str, session_key: str, at: datetime) -> bool:
    """Whether it may be sent; refused aloud, except where a refusal would tell that there is an account."""
    phone = code.recipient if code.channel == Channel.SMS and not code.decoy else ""
    try:
        budgets.take(recipient=code.recipient, phone=phone, network=network, session_key=session_key, at=at)
    except CodeRefused:
        if code.purpose != Purpose.PASSWORD_RESET:
            raise
        return False
    return True


def _refuse_haste(code: OneTimeCode, at: datetime) -> None:
    if code.resends >= MOST_RESENDS:
        raise CodeRefused("resend-too-often", resends=code.resends)
    ready = code.last_sent_at + FIRST_PAUSE * 2**code.resends
    if at < ready:
        raise CodeRefused("resend-too-soon", seconds=ceil((ready - at).total_seconds()))


def _publish(code: OneTimeCode, at: datetime) -> None:
    if not code.decoy and code.sealed_code is not None:
        publish(issued(code, secrets.unseal(bytes(code.sealed_code), row=code.pk), at=at))
    elif code.decoy and code.purpose == Purpose.REGISTRATION:
        publish(withheld(code, at=at))
