"""The receipt: what was received, with digests, and when each result is due or why the clock has not started."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from ansinh.casework.clock import expected
from ansinh.casework.letter import letter_head
from ansinh.casework.statement import receipt_statement, seal_what_waits
from ansinh.catalogue.limits import expected_results
from ansinh.catalogue.queries import frozen
from ansinh.documents.render import render
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.dossiers.originals import originals_of
from ansinh.dossiers.signed_document import signed_document
from ansinh.offices.queries import office, work_calendar
from ansinh.people.actors import System
from ansinh.platform.queue import defer
from ansinh.proof.inclusion import NotSealed
from ansinh.signing.authority import PORTAL
from ansinh.signing.evidence import in_words
from ansinh.signing.models import EvidenceRecord
from ansinh.signing.pdf import sign_pdf

AFTER_SUBMISSION = "casework.after_submission"
"""Name of the job that makes the receipt and tells the applicant."""
LATE_RECEIPT = "casework.late_receipt"
"""Name of the job that makes a receipt once the log can be sealed again."""
WAIT = timedelta(minutes=1)
TITLE = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"


def make_receipt(dossier: Dossier, *, at: datetime) -> IssuedDocument:
    """Render the receipt with its proof, sign it with the portal's seal and keep it; it is made once.

    Raises NotSealed while the submission is not in the sealed log.
    """
    made = dossier.documents.filter(kind="receipt").first()
    if made is not None:
        return made
    stated = receipt_statement(dossier, at=at)
    data = {**receipt_data(dossier, at=at), **stated.printed}
    pdf = sign_pdf(
        render("receipt", data=data, at=at, statement=stated.content),
        key_name=PORTAL,
        signer_name="Cổng giao dịch điện tử An Sinh",
        capacity="",
        reason=f"Tiếp nhận hồ sơ {dossier.number}",
        at=at,
        stamper=None,  # a receipt waits for nobody
    )
    return issue_document(
        dossier,
        pdf,
        kind="receipt",
        title=TITLE,
        number=dossier.number,
        signed_by=System().name,
        document_id=stated.document_id,
        at=at,
    )


def make_receipt_when_sealed(dossier: Dossier, *, at: datetime) -> IssuedDocument | None:
    """Seal what waits and make the receipt; None, and a job for later, while the log cannot be sealed.

    A receipt without proof is never given, and none is forgotten: the job comes again until it is made.
    """
    made = _made(dossier, at=at)
    if made is None and seal_what_waits(at=at):
        made = _made(dossier, at=at)
    if made is None:
        defer(LATE_RECEIPT, run_at=at + WAIT, dossier_id=str(dossier.pk))
    return made


def _made(dossier: Dossier, *, at: datetime) -> IssuedDocument | None:
    try:
        return make_receipt(dossier, at=at)
    except NotSealed:
        return None


def receipt_data(dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    """What the receipt prints."""
    originals = originals_of(dossier) if dossier.state == State.WAITING_FOR_ORIGINALS else ()
    head = letter_head(dossier, at=dossier.submitted_at)
    address = f"{settings.PUBLIC_URL}/tra-cuu?so={dossier.number}"
    return {
        **head,
        "dossier": {**head["dossier"], "counted_from": dossier.accepted_at},
        "office": office(dossier.office_code).name_vi,
        "results": [{"name": name, "due": due, "why_not": why_not} for name, due, why_not in due_lines(dossier)],
        "items": [
            *_signed(dossier),
            *(
                {"name": paper.name, "size": paper.size, "sha256": paper.sha256}
                for paper in dossier.papers.filter(round=1).order_by("requirement", "row", "id")
            ),
        ],
        "answers_digest": dossier.digest,
        "originals": [paper.name_vi for paper in originals],
        "evidence": _evidence(dossier),
        "qr_address": address,
        "check_address": f"{settings.PUBLIC_URL}/tra-cuu".removeprefix("https://").removeprefix("http://"),
    }


def due_lines(dossier: Dossier) -> list[tuple[str, str | None, str]]:
    """For each result the dossier can have: its name, its due day (ISO) or None, and then the sentence why."""
    folder = frozen(dossier.version_id)
    by_key = {row["key"]: row for row in dossier.results_due}
    limits = {
        row.key: row.limit
        for row in expected(
            folder, dossier.answers, accepted_at=dossier.submitted_at, pauses=[], calendar=work_calendar()
        )
    }
    lines: list[tuple[str, str | None, str]] = []
    for result in expected_results(folder, dossier.answers):
        row = by_key.get(result.key)
        if row and row["on"]:
            lines.append((result.name_vi, row["on"], ""))
        else:
            lines.append((result.name_vi, None, _why_not(dossier, limits.get(result.key))))
    return lines


def _why_not(dossier: Dossier, limit: Any) -> str:
    span = f" Thời hạn: {limit.words_vi}." if limit else " Thủ tục này không có thời hạn riêng cho kết quả này."
    if dossier.state == State.WAITING_FOR_ORIGINALS:
        return "Chưa tính giờ: đang chờ bản chính qua bưu điện." + span
    if dossier.state == State.WAITING_FOR_PAYMENT:
        return "Chưa tính giờ: đang chờ nộp tiền." + span
    if dossier.state == State.WAITING_FOR_APPLICANT:
        return "Đang dừng: chờ người nộp bổ sung." + span
    return "Chưa tính giờ: thời hạn tính từ khi hồ sơ được tiếp nhận." + span


def _signed(dossier: Dossier) -> list[dict[str, Any]]:
    signed = signed_document(dossier)
    return [{"name": "Tờ khai người nộp đã ký số", "size": signed.size, "sha256": signed.sha256}] if signed else []


def _evidence(dossier: Dossier) -> str:
    record = EvidenceRecord.objects.filter(pk=dossier.evidence_id).first() if dossier.evidence_id else None
    return in_words(record) if record else ""
