"""Past facts about codes; `ansinh.reactions` has notifications carry the message and brings back what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class CodeIssued:
    """A code must travel, first or again, as the message `message_id`. `code` is readable here and nowhere else."""

    code_id: UUID
    message_id: UUID
    channel: str
    recipient: str
    purpose: str
    about: str
    minutes: int
    account_id: UUID | None
    at: datetime
    code: str = field(repr=False)


@dataclass(frozen=True)
class CodeWithheld:
    """No code travels, because the contact already has an account; its owner may be told so under `message_id`."""

    code_id: UUID
    message_id: UUID
    channel: str
    recipient: str
    purpose: str
    account_id: UUID | None
    at: datetime
