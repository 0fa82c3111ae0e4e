"""Keep a paper the office gives with its dossier."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from uuid import UUID

from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.platform.identifiers import uuid7
from ansinh.platform.storage import put

LARGEST = 20 * 1024 * 1024


def issue_document(
    dossier: Dossier,
    content: bytes,
    *,
    kind: str,
    title: str,
    at: datetime,
    number: str = "",
    signed_by: str = "",
    document_id: UUID | None = None,
) -> IssuedDocument:
    """Store the file by its digest and put it on the dossier; `kind` is receipt, decision, refusal, supplement …

    `document_id` is the one the paper itself states, if it states one.
    """
    stored = put(BytesIO(content), limit=LARGEST)
    return IssuedDocument.objects.create(
        id=document_id or uuid7(),
        dossier=dossier,
        kind=kind,
        title=title,
        number=number,
        sha256=stored.sha256,
        size=stored.size,
        signed_by=signed_by,
        issued_at=at,
    )
