"""What the dossiers context publishes: past facts, heard in `ansinh.reactions`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class DossierSubmitted:
    """A dossier was filed and numbered."""

    dossier_id: UUID
    version_id: UUID
    """The frozen procedure it was filed under."""
    at: datetime


@dataclass(frozen=True)
class SupplementReceived:
    """The applicant answered everything that was asked."""

    dossier_id: UUID
    at: datetime


@dataclass(frozen=True)
class DossierWithdrawn:
    """The applicant took the dossier back."""

    dossier_id: UUID
    at: datetime
