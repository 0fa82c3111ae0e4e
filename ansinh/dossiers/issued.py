"""Was this file issued here? Answered by its digest, without anything personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansinh.dossiers.models import IssuedDocument
from ansinh.offices.models import Office
from ansinh.offices.queries import office


@dataclass(frozen=True)
class Issued:
    """What anybody may know of an issued paper. `number` is that of the paper itself, empty when it has none."""

    kind: str
    number: str
    dossier_number: str
    office: Office
    issued_at: datetime


def issued_document(sha256: str) -> Issued | None:
    """The paper of this SHA-256 (hex) that an office gave, or None."""
    found = IssuedDocument.objects.select_related("dossier").filter(sha256=sha256).first()
    if found is None:
        return None
    return Issued(found.kind, found.number, found.dossier.number, office(found.dossier.office_code), found.issued_at)
