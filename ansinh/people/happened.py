"""What the people context publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class RightsChanged:
    """What an account may do has changed: every session and token it has open must end."""

    account_id: UUID
    at: datetime


@dataclass(frozen=True)
class IdentityLinked:
    """An identity elsewhere, of a provider of this name, opens the account from now on; its holder is told."""

    account_id: UUID
    provider: str
    at: datetime


@dataclass(frozen=True)
class IdentityUnlinked:
    """An identity elsewhere opens the account no more; its holder is told."""

    account_id: UUID
    provider: str
    at: datetime


@dataclass(frozen=True)
class RecoveryOpened:
    """An officer began to help somebody back into an account; its present contacts are told how to stop it."""

    account_id: UUID
    office_code: str
    stop_code: str
    at: datetime


@dataclass(frozen=True)
class RecoveryDone:
    """The person chose a new password and new contacts; the old ones are told, with the way to freeze the account."""

    account_id: UUID
    old_phone: str
    old_email: str
    stop_code: str
    at: datetime


@dataclass(frozen=True)
class ContactsReplaced:
    """Telephone or mailbox of an account were replaced without the old ones: changes that move money must wait."""

    account_id: UUID
    at: datetime


@dataclass(frozen=True)
class PasswordChanged:
    """An account has a new password; its holder is told."""

    account_id: UUID
    at: datetime
