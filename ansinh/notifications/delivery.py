"""What the networks say later: delivered or not. The same report twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from ansinh.notifications.events import MessageDelivered, MessageFailed
from ansinh.notifications.models import Message, MessageEvent, State
from ansinh.notifications.options import callback_secret
from ansinh.notifications.providers.base import Report
from ansinh.notifications.providers.sms_http import read_callback
from ansinh.notifications.reasons import in_words
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house

_DELIVERED = frozenset({"delivered", "DELIVRD"})
_FAILED = frozenset({"failed", "undelivered", "rejected", "expired", "UNDELIV", "REJECTD", "EXPIRED", "DELETED"})
_UNDER_WAY = frozenset({"accepted", "sent", "ACCEPTD", "ENROUTE", "UNKNOWN"})


def record_callback(*, body: bytes, signed: str, at: datetime) -> None:
    """Record a call-back of the SMS aggregator: its raw body and its X-Signature header."""
    report = read_callback(body, signed=signed, secret=callback_secret())
    record_report(report, at=at)


def record_delivery(*, provider: str, reference: str, status: str, at: datetime) -> None:
    """Record what a network says of its own reference.

    Raises NotFound for a message not known yet, so that the network asks again.
    """
    record_report(Report(provider=provider, reference=reference, status=status), at=at)


def recorded(report: Report, at: datetime) -> bool:
    """Record a report from a provider's own thread; False when its message is not known (yet)."""
    try:
        record_report(report, at=at)
    except NotFound:
        return False
    finally:
        connection.close()
    return True


@as_the_house()
def record_report(report: Report, *, at: datetime) -> None:
    """Record one report. "Delivered" stands against a later "failed"; a "failed" gives way to a late "delivered"."""
    if report.status not in _DELIVERED | _FAILED | _UNDER_WAY:
        raise Invalid("delivery-status-unknown", "Nhà mạng báo trạng thái lạ: {status}.", status=report.status)
    with transaction.atomic():
        message = _message_of(report)
        if report.status in _DELIVERED and message.state != State.DELIVERED:
            _delivered(message, report, at)
        elif report.status in _FAILED and message.state in (State.QUEUED, State.HANDED_OVER):
            _failed(message, report, at)


def failed(message: Message, at: datetime) -> MessageFailed:
    """The event of a message that will not arrive."""
    return MessageFailed(
        message_id=message.pk, purpose=message.purpose, code=message.error, reason=in_words(message.error), at=at
    )


def _message_of(report: Report) -> Message:
    waiting = Message.objects.select_for_update()
    if report.message_id is not None:
        found = waiting.filter(pk=report.message_id).first()
    else:
        found = waiting.filter(provider=report.provider, provider_reference=report.reference).first()
    if found is None:
        raise NotFound("message-unknown", "Không có tin nhắn nào mang mã này.")
    return found


def _delivered(message: Message, report: Report, at: datetime) -> None:
    message.state, message.delivered_at, message.error, message.sealed_body = State.DELIVERED, at, "", None
    _remember_provider(message, report, at)
    message.save()
    _log(message, "delivered", report, at)
    publish(MessageDelivered(message_id=message.pk, purpose=message.purpose, at=at))


def _failed(message: Message, report: Report, at: datetime) -> None:
    message.state, message.error, message.sealed_body = State.FAILED, "not-delivered", None
    _remember_provider(message, report, at)
    message.save()
    _log(message, "failed", report, at)
    publish(failed(message, at))


def _remember_provider(message: Message, report: Report, at: datetime) -> None:
    message.provider = message.provider or report.provider
    message.provider_reference = message.provider_reference or report.reference
    message.handed_over_at = message.handed_over_at or at


def _log(message: Message, kind: str, report: Report, at: datetime) -> None:
    MessageEvent.objects.create(
        message=message, kind=kind, provider=report.provider, detail=f"{report.status} {report.reference}"[:255], at=at
    )
