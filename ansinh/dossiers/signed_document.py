"""The document the applicant signed to confirm a dossier, as it is kept with it."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.dossiers.models import Dossier
from ansinh.platform.errors import NotFound
from ansinh.signing.models import EvidenceRecord, Format, Kind


@dataclass(frozen=True)
class SignedDocument:
    """A file of the storage; `name` is what people see when they download it."""

    sha256: str
    size: int
    format: Format
    name: str

    @property
    def content_type(self) -> str:
        """Its media type."""
        return f"application/{self.format}"


def signed_document(dossier: Dossier) -> SignedDocument | None:
    """The signed declaration; None when the dossier was confirmed in another way."""
    if dossier.evidence_id is None:
        return None
    query = EvidenceRecord.objects.filter(pk=dossier.evidence_id, kind=Kind.DOCUMENT).select_related("offer")
    evidence = query.first()
    if evidence is None or evidence.offer is None:
        return None
    form = Format(evidence.offer.format)
    name = f"to-khai-da-ky-{dossier.number.replace('/', '-')}.{form}"
    return SignedDocument(evidence.document_sha256, evidence.document_size or 0, form, name)


def the_signed_document(dossier: Dossier) -> SignedDocument:
    """The signed declaration; raises NotFound."""
    found = signed_document(dossier)
    if found is None:
        raise NotFound("signed-document-not-found", "Hồ sơ này không được xác nhận bằng văn bản ký số.")
    return found
