"""What the people context publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PasswordChanged:
    """An account has a new password; its holder is told."""

    account_id: UUID
    at: datetime


@dataclass(frozen=True)
class RightsChanged:
    """What an account may do is not what it was: whatever was opened under the old rights ends."""

    account_id: UUID
    at: datetime
