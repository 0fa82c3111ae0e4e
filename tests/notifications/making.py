"""Short ways to make what these tests need."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from ansinh.notifications.models import Message
from ansinh.notifications.notify import notify
from ansinh.platform.identifiers import uuid7
from ansinh.platform.vietnamese import ZONE

AT = datetime(2026, 11, 23, 20, 7, tzinfo=ZONE)
NUMBER = "00012/2026/00100"
_numbers = count(84_987_000_000)


def a_phone() -> str:
    """A number no other test uses."""
    return str(next(_numbers))


def say(code: str = "result_ready", *, at: datetime = AT, **changes: Any) -> dict[str, Any]:
    """Notify with usual values; gives the arguments that were used."""
    arguments: dict[str, Any] = {
        "account_id": uuid7(),
        "phone": a_phone(),
        "email": f"{uuid7()}@thu.example",
        "dossier_id": uuid7(),
        "dossier_number": NUMBER,
        "facts": {},
        "at": at,
    } | changes
    notify(code=code, **arguments)
    return arguments


def an_sms(**changes: Any) -> Message:
    """The SMS of one result_ready."""
    said = say(**({"email": ""} | changes))
    return Message.objects.filter(channel="sms", recipient=said["phone"]).latest("created_at")


def an_email(**changes: Any) -> Message:
    """The e-mail of one result_ready."""
    said = say(**({"phone": ""} | changes))
    return Message.objects.filter(channel="email", recipient=said["email"]).latest("created_at")


def fresh(message_id: UUID) -> Message:
    """The message as it is now."""
    return Message.objects.get(pk=message_id)
