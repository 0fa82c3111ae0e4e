"""The signed notices that a result is looked at again, and that it stands."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.leader_letter import Signature, Words, signed_letter_of
from ansinh.casework.models import Confirmation, Reopening
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import IssuedDocument
from ansinh.law.deadlines import Limit, Unit
from ansinh.offices.queries import office
from ansinh.platform.vietnamese import date_vi

REOPENING_LETTER = "casework.reopening_letter"
"""Name of the job that makes the letter."""
CONFIRMATION_LETTER = "casework.confirmation_letter"
"""Name of the job that makes the letter of a result that stands."""
KIND, STANDS = "reopening", "confirmation"
TITLE = "Thông báo xem xét lại kết quả giải quyết"
STANDS_TITLE = "Thông báo giữ nguyên kết quả giải quyết"


def make_reopening_letter(reopening_id: UUID, *, at: datetime) -> IssuedDocument | None:
    """Sign and keep it; None when it was made before. Raises NotNow."""
    made = Reopening.objects.select_related("dossier", "decision", "decided_by").get(pk=reopening_id)
    if IssuedDocument.objects.filter(pk=made.pk).exists():
        return None
    signature = Signature(
        made.decided_by_id, made.decided_by.full_name, made.decided_title, made.decided_capacity, made.at,
        office_code=made.office_code,
    )  # fmt: skip
    number = f"{made.dossier.number.split('/')[0]}-{made.round}/XXL-BHXH"
    signed = signed_letter_of(made.dossier, words_of(made), signature=signature, number=number, at=at)
    return issue_document(
        made.dossier, signed, kind=KIND, title=TITLE, number=number, signed_by=signature.words,
        document_id=made.pk, at=at,
    )  # fmt: skip


def make_confirmation_letter(confirmation_id: UUID, *, at: datetime) -> IssuedDocument | None:
    """Sign and keep it; None when it was made before. Raises NotNow."""
    rows = Confirmation.objects.select_related("dossier", "reopening__decision", "decided_by")
    made = rows.get(pk=confirmation_id)
    if IssuedDocument.objects.filter(pk=made.pk).exists():
        return None
    signature = Signature(
        made.decided_by_id, made.decided_by.full_name, made.decided_title, made.decided_capacity, made.at,
        office_code=made.dossier.office_code,
    )  # fmt: skip
    number = f"{made.dossier.number.split('/')[0]}-{made.reopening.round}/GNKQ-BHXH"
    signed = signed_letter_of(made.dossier, stands_words(made), signature=signature, number=number, at=at)
    return issue_document(
        made.dossier, signed, kind=STANDS, title=STANDS_TITLE, number=number, signed_by=signature.words,
        document_id=made.pk, at=at,
    )  # fmt: skip


def stands_words(made: Confirmation) -> Words:
    """Which result stands, why, and that nothing changes."""
    opened = made.reopening
    agency = office(made.dossier.office_code).name_vi
    return Words(
        STANDS_TITLE,
        "",
        {
            "Kết quả giữ nguyên": f"{opened.decision.number}, {date_vi(opened.earlier_closed_at)}",
            "Đã mở lại theo": opened.ground_vi,
        },
        [
            f"{agency} đã xem xét lại kết quả nêu trên và giữ nguyên. Lý do: {' '.join(made.why.split()).rstrip('.')}.",
            "Kết quả này vẫn có giá trị từ ngày đã ký; quyền lợi, giấy tờ và tiền theo kết quả không thay đổi.",
            "Nếu không đồng ý, ông/bà có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật.",
        ],
    )


def words_of(made: Reopening) -> Words:
    """Which result, on what ground, until when, and that it holds meanwhile."""
    agency = office(made.dossier.office_code).name_vi
    document = f"{made.document_number}, {date_vi(made.document_day)}" if made.document_day else made.document_number
    return Words(
        TITLE,
        "",
        {
            "Kết quả được xem xét lại": f"{made.decision.number}, {date_vi(made.earlier_closed_at)}",
            "Căn cứ": made.ground_vi,
            **({"Văn bản": document} if document else {}),
            "Thời hạn giải quyết lại": Limit(made.limit_value, Unit(made.limit_unit)).words_vi,
        },
        [
            f"{agency} mở lại hồ sơ để xem xét lại kết quả đã trả. Lý do: {' '.join(made.why.split()).rstrip('.')}.",
            f"Điều khoản: {made.basis_vi}.",
            "Kết quả cũ vẫn còn giá trị và vẫn đọc được cho đến khi có kết quả mới thay thế.",
            "Ông/bà không phải nộp lại gì, trừ khi cơ quan yêu cầu bổ sung.",
        ],
    )
