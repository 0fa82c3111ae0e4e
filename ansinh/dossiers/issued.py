"""Was this file issued here? Answered by its digest or by its own id, without anything personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ansinh.dossiers.models import IssuedDocument
from ansinh.dossiers.standing import STANDS, Standing, standing_of
from ansinh.offices.models import Office
from ansinh.offices.queries import office
from ansinh.platform.row_security.viewer import at_the_door


@dataclass(frozen=True)
class Issued:
    """What anybody may know of an issued paper. `number` is that of the paper itself, empty when it has none."""

    kind: str
    number: str
    dossier_number: str
    office: Office
    issued_at: datetime
    sha256: str
    standing: Standing = STANDS


@at_the_door()
def issued_document(sha256: str) -> Issued | None:
    """The paper of this SHA-256 (hex) that an office gave, or None."""
    return _issued(IssuedDocument.objects.select_related("dossier").filter(sha256=sha256).first())


@at_the_door()
def issued_by_id(document_id: UUID) -> Issued | None:
    """The paper of this id, as its QR code names it, or None."""
    return _issued(IssuedDocument.objects.select_related("dossier").filter(pk=document_id).first())


def _issued(found: IssuedDocument | None) -> Issued | None:
    if found is None:
        return None
    held_by = office(found.dossier.office_code)
    return Issued(
        found.kind, found.number, found.dossier.number, held_by, found.issued_at, found.sha256,
        standing_of(found, found.dossier),
    )  # fmt: skip
