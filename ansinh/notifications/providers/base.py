"""What every provider of SMS or e-mail can do, and how it says that it could not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Outgoing:
    """One message as a provider sees it. `id` stays the same at every attempt, so that a network can drop doubles."""

    id: UUID
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True)
class Report:
    """What a network says later of a message: by its reference, or by our own identifier where it gives that back."""

    provider: str
    reference: str
    status: str
    message_id: UUID | None = None


class Failure(Exception):
    """A message was not taken. `reason` is a code of `notifications.reasons`, `detail` the network's own words."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail[:200]


class TemporaryFailure(Failure):
    """Time can cure it: try again later."""


class PermanentFailure(Failure):
    """Trying again brings the same answer."""


class Provider(ABC):
    """One way to hand a message to one kind of network."""

    name: ClassVar[str]
    channel: ClassVar[str]

    @abstractmethod
    def send(self, message: Outgoing, *, at: datetime) -> str:
        """Hand the message over and give the network's reference. Raises TemporaryFailure or PermanentFailure."""
