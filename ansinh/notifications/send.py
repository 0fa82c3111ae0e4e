"""Hand one queued message to its network, and write down what came of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from ansinh.notifications import budgets, texts
from ansinh.notifications.delivery import failed, recorded
from ansinh.notifications.events import MessageHandedOver
from ansinh.notifications.models import Channel, Message, MessageEvent, State
from ansinh.notifications.notify import SEALED_FOR, SEND_JOB
from ansinh.notifications.options import Options, options
from ansinh.notifications.providers import provider_for
from ansinh.notifications.providers.base import Outgoing, PermanentFailure, TemporaryFailure
from ansinh.platform import queue
from ansinh.platform.events import publish
from ansinh.platform.sealing import unseal
from ansinh.platform.vietnamese import ZONE

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=1)


def send(*, message_id: UUID, at: datetime) -> None:
    """Hand the message over if it still waits; otherwise do nothing.

    A network that is busy or away is asked again later (5 s, doubling), until the message is out of time. If the
    process dies after the hand-over and before the commit, the message goes again under the same identifier.
    """
    chosen = options()
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=message_id, state=State.QUEUED).first()
        if message is None:
            return
        if at >= message.expires_at:
            _end(message, State.EXPIRED, reason=message.error or "out-of-time", detail="", at=at)
            return
        morning = _morning_after(message, chosen, at)
        if morning is not None:
            queue.defer(SEND_JOB, run_at=min(morning, message.expires_at), message_id=str(message.pk))
            return
        reason = _over_budget(message, chosen, at)
        if reason:
            _end(message, State.FAILED, reason=reason, detail="", at=at)
            return
        _hand_over(message, chosen, at)


def _hand_over(message: Message, chosen: Options, at: datetime) -> None:
    provider = provider_for(message.channel, chosen, record=recorded)
    message.attempts += 1
    message.provider = provider.name
    try:
        reference = provider.send(_outgoing(message), at=at)
    except PermanentFailure as refused:
        _end(message, State.FAILED, reason=refused.reason, detail=refused.detail, at=at)
    except TemporaryFailure as refused:
        _later(message, refused, chosen, at)
    else:
        message.state, message.provider_reference, message.handed_over_at = State.HANDED_OVER, reference, at
        message.sealed_body, message.error = None, ""
        message.save()
        _log(message, "handed_over", reference, at)
        publish(MessageHandedOver(message_id=message.pk, purpose=message.purpose, at=at))


def _outgoing(message: Message) -> Outgoing:
    sealed = message.sealed_body
    body = unseal(bytes(sealed), row=message.pk, purpose=SEALED_FOR) if sealed else message.body
    return Outgoing(id=message.pk, recipient=message.recipient, subject=message.subject, body=body)


def _later(message: Message, refused: TemporaryFailure, chosen: Options, at: datetime) -> None:
    if message.attempts >= chosen.attempts:
        _end(message, State.FAILED, reason=refused.reason, detail=refused.detail, at=at)
        return
    message.error = refused.reason
    message.save()
    _log(message, "retry", f"{refused.reason}: {refused.detail}", at)
    wait = min(_FIRST_WAIT * 2 ** (message.attempts - 1), _LONGEST_WAIT)
    queue.defer(SEND_JOB, run_at=min(at + wait, message.expires_at), message_id=str(message.pk))


def _end(message: Message, state: State, *, reason: str, detail: str, at: datetime) -> None:
    message.state, message.error, message.sealed_body = state, reason, None
    message.save()
    _log(message, state.value, f"{reason}: {detail}" if detail else reason, at)
    publish(failed(message, at))


def _over_budget(message: Message, chosen: Options, at: datetime) -> str:
    """Why it may not go today; asked at the first attempt only."""
    if message.attempts:
        return ""
    day = at.astimezone(ZONE).date()
    return budgets.take(channel=message.channel, recipient=message.recipient, day=day, options=chosen)


def _morning_after(message: Message, chosen: Options, at: datetime) -> datetime | None:
    """When a text message that is not urgent may go, if not now: nobody is woken at night."""
    if message.channel != Channel.SMS or texts.event(message.purpose).urgent:
        return None
    wall = at.astimezone(ZONE)
    if chosen.sms_care_from_hour <= wall.hour < chosen.sms_care_until_hour:
        return None
    day = wall.date() if wall.hour < chosen.sms_care_from_hour else wall.date() + timedelta(days=1)
    return datetime.combine(day, time(chosen.sms_care_from_hour), tzinfo=ZONE)


def _log(message: Message, kind: str, detail: str, at: datetime) -> None:
    MessageEvent.objects.create(message=message, kind=kind, provider=message.provider, detail=detail[:255], at=at)
