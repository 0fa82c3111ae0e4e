"""How the applicant confirmed: the sealed record, and the document the applicant signed, bound to it by its hash."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ansinh.casework.evidence.form import as_json
from ansinh.dossiers.models import Dossier
from ansinh.platform.sealed_zip import Entry, entry, stored_entry
from ansinh.platform.storage import open_file
from ansinh.signing.evidence import as_sealed
from ansinh.signing.models import EvidenceRecord, Kind


def confirmation_entries(dossier: Dossier) -> Iterator[Entry]:
    """`evidence/<id>.evidence.json`, and beside it `<id>.signed.pdf` or `.xml` when a document was signed.

    The record states the document's SHA-256 and its certificate's; the verifier checks both.
    """
    if dossier.evidence_id is None:
        return
    record = EvidenceRecord.objects.select_related("offer").filter(pk=dossier.evidence_id).first()
    if record is None:
        return
    name = f"evidence/{record.pk}"
    yield entry(f"{name}.evidence.json", as_json(as_sealed(record)))
    if record.kind == Kind.DOCUMENT and record.offer is not None:
        yield stored_entry(f"{name}.signed.{record.offer.format}", partial(open_file, record.document_sha256))
    if record.kind == Kind.HAND and record.offer is not None:
        yield stored_entry(f"{name}.printed.pdf", partial(open_file, record.offer.sha256))
        yield stored_entry(f"{name}.scan", partial(open_file, record.document_sha256))
