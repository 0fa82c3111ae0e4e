"""What the casework context publishes: past facts, heard in `ansinh.reactions`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class DossierMoved:
    """An officer did something the applicant is told about; `code` names the notice text, `facts` fill it."""

    dossier_id: UUID
    code: str
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RegistrationApproved:
    """A personal account was approved and activated."""

    dossier_id: UUID
    account_id: UUID
    at: datetime
