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
class OrganisationStaffTold:
    """Somebody was invited by an organisation, has other roles there or left it; or it gave, or took back, a mandate to
    the provider one administers. `code` names the notice."""

    account_id: UUID
    code: str
    organisation: str
    at: datetime
