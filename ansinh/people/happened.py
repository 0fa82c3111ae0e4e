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
class ExportMade:
    """A copy of a person's data waits to be downloaded."""

    export_id: UUID
    account_id: UUID
    ends_at: datetime
    at: datetime
