"""What the people context publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


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
class RecoveryApproved:
    """A second officer let somebody back into an account; as every decision it stands only on a sealed log."""

    recovery_id: UUID
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
class PasswordChanged:
    """An account has a new password; its holder is told."""

    account_id: UUID
    at: datetime


@dataclass(frozen=True)
class RightsChanged:
    """What an account may do, or where it is reached, has changed: everything it had open ends."""

    account_id: UUID
    at: datetime


@dataclass(frozen=True)
class NewDeviceSignedIn:
    """An account was opened in a browser that never opened it before; its holder is told."""

    account_id: UUID
    device: str
    at: datetime


@dataclass(frozen=True)
class DoorChanged:
    """A way into an account was added, removed or used up; its holder is told. `what` is an event of the notices."""

    account_id: UUID
    what: str
    at: datetime


@dataclass(frozen=True)
class PasswordLocked:
    """An officer's password no longer opens the account, after too many wrong ones; the officer is told."""

    account_id: UUID
    at: datetime


@dataclass(frozen=True)
class OfficerEnrolled:
    """A new officer has an account: one is told the staff code and where to choose a password."""

    account_id: UUID
    office_code: str
    staff_code: str
    at: datetime


@dataclass(frozen=True)
class ActingChanged:
    """A right to act for somebody was given, stopped or ended: these accounts are told the event `code`."""

    account_ids: tuple[UUID, ...]
    code: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OrganisationStaffTold:
    """Somebody was invited by an organisation, has other roles there or left it; or it gave, or took back, a mandate to
    the provider one administers. `code` names the notice."""

    account_id: UUID
    code: str
    organisation: str
    at: datetime


@dataclass(frozen=True)
class GlassBroken:
    """An officer opened a dossier that is not theirs to see; its owner and the reviewers learn of it."""

    opening_id: UUID
    dossier_id: UUID
    office_code: str
    at: datetime


@dataclass(frozen=True)
class OpeningJudged:
    """Somebody else judged a broken glass."""

    opening_id: UUID
    dossier_id: UUID
    justified: bool
    at: datetime


@dataclass(frozen=True)
class RequestMoved:
    """A request about personal data was asked, taken in hand, extended or answered; `code` names the notice text."""

    request_id: UUID
    code: str
    at: datetime


@dataclass(frozen=True)
class ProtectionMoved:
    """A person's matters are guarded, or guarded no more; `code` names the notice."""

    subject_id: UUID
    code: str
    at: datetime


@dataclass(frozen=True)
class ExportMade:
    """A copy of a person's data waits to be downloaded."""

    export_id: UUID
    account_id: UUID
    ends_at: datetime
    at: datetime
