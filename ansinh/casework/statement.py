"""What a receipt or a result says to programs: digests of the papers and proofs that its events are in the log.

The JSON is attached to the PDF and so signed with it; the paper's QR code names the document and the statement's
digest, so that code, paper and log can be compared without us.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from ansinh.casework.letter import CHECK_PAGE
from ansinh.casework.models import Decision
from ansinh.dossiers.models import Dossier
from ansinh.platform.identifiers import uuid7
from ansinh.proof import notes
from ansinh.proof.faults import Disagreement
from ansinh.proof.inclusion import InclusionProof, all_sealed, proofs_about, submission_proof
from ansinh.proof.seal_log import seal_pending
from ansinh.signing import qr_token
from ansinh.signing.seal import canonical

KIND: Final = "ansinh-paper-1"
ROOT_DIGITS: Final = 16
_ROLE: Final = {
    qr_token.Kind.RECEIPT: "receipt",
    qr_token.Kind.DECISION: "decision",
    qr_token.Kind.REFUSAL: "refusal",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Statement:
    """The document's id, the JSON to attach, and what the paper prints of it (`qr_address`, `check_address`, `log`)."""

    document_id: UUID
    content: bytes
    printed: dict[str, Any]


def seal_what_waits(*, at: datetime) -> bool:
    """Seal the log now; whether it could be done. Why not is kept as an alarm and logged."""
    try:
        seal_pending(at=at)
    except (Disagreement, OSError) as fault:
        log.warning("the log was not sealed before a paper was made: %s", fault)
        return False
    return True


def seal_history_of(dossier_id: UUID, *, at: datetime) -> bool:
    """Seal the log when something about this dossier still waits for it; whether nothing does any more.

    Of five hundred dossiers signed in one press hardly one has moved in the last seconds.
    """
    rows = [dossier_id, *Decision.objects.filter(dossier_id=dossier_id).values_list("pk", flat=True)]
    return all_sealed(rows) or seal_what_waits(at=at)


def receipt_statement(dossier: Dossier, *, at: datetime) -> Statement:
    """What a receipt states: that its submission is in the log. Raises NotSealed."""
    return _statement(
        dossier, qr_token.Kind.RECEIPT, number=dossier.number, proofs=[submission_proof(dossier.pk)], at=at
    )


def result_statement(dossier: Dossier, *, granted: bool, number: str, at: datetime) -> Statement:
    """What a result states: every event of dossier and decision that is sealed so far.

    Its own signature comes after it, so that event is proved in the evidence bundle.
    """
    kind = qr_token.Kind.DECISION if granted else qr_token.Kind.REFUSAL
    return _statement(dossier, kind, number=number, proofs=proofs_about(rows_of(dossier)), at=at)


def rows_of(dossier: Dossier) -> list[UUID]:
    """The rows whose changes of state make up the dossier's history."""
    opened = dossier.reopenings.values_list("pk", flat=True) if dossier.reopened_at is not None else ()
    return [dossier.pk, *dossier.decisions.values_list("pk", flat=True), *opened]


def _statement(
    dossier: Dossier, kind: qr_token.Kind, *, number: str, proofs: Sequence[InclusionProof], at: datetime
) -> Statement:
    document_id = uuid7()
    papers = dossier.papers.filter(round=1) if kind is qr_token.Kind.RECEIPT else dossier.papers.all()
    content = canonical(
        {
            "kind": KIND,
            "paper": _ROLE[kind],
            "document": str(document_id),
            "number": number,
            "dossier": dossier.number,
            "answers_sha256": dossier.digest,
            "files": [
                {"name": paper.name, "size": paper.size, "sha256": paper.sha256}
                for paper in papers.order_by("round", "requirement", "row", "id")
            ],
            "proofs": [proof.to_json() for proof in proofs],
        }
    )
    code = qr_token.issue(kind, about=document_id, digest=sha256(content).hexdigest(), at=at)
    printed: dict[str, Any] = {
        "qr_address": f"{settings.PUBLIC_URL}{CHECK_PAGE}?q={code}",
        "check_address": check_address(),
    }
    if proofs:
        printed["log"] = _in_short(proofs[-1])
    return Statement(document_id, content, printed)


def check_address() -> str:
    """The check page as people type it."""
    return f"{settings.PUBLIC_URL}{CHECK_PAGE}".split("://", 1)[-1]


def _in_short(proof: InclusionProof) -> dict[str, Any]:
    return {
        "index": proof.index,
        "size": proof.size,
        "root": notes.read(proof.checkpoint).root.hex()[:ROOT_DIGITS],
    }
