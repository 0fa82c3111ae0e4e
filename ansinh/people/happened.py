"""What the people context publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class PasswordChanged:
    """An account has a new password; its holder is told."""

    account_id: UUID
    at: datetime


@dataclass(frozen=True)
class ActingChanged:
    """A right to act for somebody was given, stopped or ended: these accounts are told the event `code`."""

    account_ids: tuple[UUID, ...]
    code: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
