"""Past facts about codes; `ansinh.reactions` has notifications carry the message and brings back what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ansinh.people.models_one_time import OneTimeCode


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


def issued(code: OneTimeCode, plain: str, *, at: datetime) -> CodeIssued:
    """The event that sends the code."""
    if code.message_id is None:
        raise ValueError("a code that travels has a message")
    return CodeIssued(
        code_id=code.pk,
        message_id=code.message_id,
        channel=code.channel,
        recipient=code.recipient,
        purpose=code.purpose,
        about=code.about,
        minutes=max(1, int((code.expires_at - at).total_seconds() // 60)),
        account_id=code.account_id,
        at=at,
        code=plain,
    )


def withheld(code: OneTimeCode, *, at: datetime) -> CodeWithheld:
    """The event that tells the owner of an account instead."""
    if code.message_id is None:
        raise ValueError("a hint that travels has a message")
    return CodeWithheld(
        code_id=code.pk,
        message_id=code.message_id,
        channel=code.channel,
        recipient=code.recipient,
        purpose=code.purpose,
        account_id=code.account_id,
        at=at,
    )
