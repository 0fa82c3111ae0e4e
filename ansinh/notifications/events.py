"""Past facts about messages, published for whoever waits for them (`ansinh.reactions`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class MessageHandedOver:
    """The network took the message."""

    message_id: UUID
    purpose: str
    at: datetime


@dataclass(frozen=True)
class MessageDelivered:
    """The network says that the recipient's device or mailbox has the message."""

    message_id: UUID
    purpose: str
    at: datetime


@dataclass(frozen=True)
class MessageFailed:
    """The message will not arrive, for a `reason` in Vietnamese words; `code` is its key in `notifications.reasons`."""

    message_id: UUID
    purpose: str
    code: str
    reason: str
    at: datetime
