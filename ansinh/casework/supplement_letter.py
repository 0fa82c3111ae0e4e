"""The supplement request on paper: each place with what was given, what is wrong, why, and what is right."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from ansinh.casework.letter import letter_head
from ansinh.casework.reasons import reason
from ansinh.catalogue.queries import frozen
from ansinh.documents.render import render
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier, IssuedDocument, SupplementItem, SupplementRequest
from ansinh.eforms.definition import Field
from ansinh.eforms.display import NameOf, show_value
from ansinh.platform.zone import local_day
from ansinh.signing.authority import PORTAL
from ansinh.signing.pdf import sign_pdf
from ansinh.signing.timestamps import stamper

SUPPLEMENT_LETTER = "casework.supplement_letter"
"""Name of the job that makes the letter."""
TITLE = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"


def make_letter(dossier: Dossier, request: SupplementRequest, *, at: datetime) -> IssuedDocument | None:
    """Render and keep the letter of one round; None when it was made before."""
    if request.letter_sha256:
        return None
    data = {
        **letter_head(dossier, at=request.asked_at),
        "items": [_item(dossier, item) for item in request.items.all()],
        "reply_by": request.answer_by,
        "if_missed": "Quá ngày này mà chưa bổ sung thì hồ sơ có thể bị dừng giải quyết; ông/bà vẫn nộp lại được.",
        "how_to_answer": "Đăng nhập Cổng, mở hồ sơ và bấm “Bổ sung”; hoặc đến bất kỳ cơ quan BHXH nào.",
    }
    signed = sign_pdf(
        render("supplement_request", data=data, at=at),
        key_name=PORTAL,
        signer_name="Cổng giao dịch điện tử An Sinh",
        capacity="",
        reason=f"Yêu cầu bổ sung hồ sơ {dossier.number}",
        at=at,
        stamper=stamper(),
    )
    issued = issue_document(dossier, signed, kind="supplement", title=TITLE, at=at)
    request.letter_sha256 = issued.sha256
    request.save(update_fields=["letter_sha256"])
    return issued


def subject_of(dossier: Dossier, item: SupplementItem) -> tuple[str, str]:
    """The name of the place asked about, Vietnamese and English."""
    folder = frozen(dossier.version_id)
    if item.target_kind == "paper":
        key = item.target.split("@", 1)[0]
        paper = next(one for one in folder.papers if one.key == key)
        return paper.name_vi, paper.name_en
    assert folder.form is not None
    field = folder.form.field(root_key(item.target))
    row = _row_of(item)
    if row is None:
        return field.label_vi, field.label_en
    return f"{field.label_vi}, dòng {row + 1}", f"{field.label_en}, row {row + 1}"


def given_before(dossier: Dossier, item: SupplementItem, *, language: str = "vi") -> str:
    """What the person had answered or sent, in words."""
    if item.target_kind == "paper":
        key, _, row = item.target.partition("@")
        sent = dossier.papers.filter(requirement=key, row=row, round__lte=item.request.round).order_by("-round").first()
        return sent.name if sent else ""
    folder = frozen(dossier.version_id)
    assert folder.form is not None
    asked_on = local_day(item.request.asked_at)
    field = folder.form.field(root_key(item.target))
    place = _row_of(item)
    if place is not None and isinstance(item.before, list):
        return _row_text(field, item.before[place], language, names(on=asked_on, language=language))
    return show_value(field, item.before, language=language, name_of=names(on=asked_on, language=language))


def _row_of(item: SupplementItem) -> int | None:
    found = re.fullmatch(r"[a-z][a-z0-9_]*\[([0-9]+)\]", item.target)
    return int(found[1]) if item.target_kind == "row" and found else None


def _row_text(field: Field, row: dict[str, Any], language: str, name_of: NameOf) -> str:
    """“Họ và tên: Nguyễn Văn An; Mã số BHXH: …”, without what is empty."""
    shown = (
        (column, show_value(column, row.get(column.key), language=language, name_of=name_of))
        for column in field.columns
    )
    return "; ".join(
        f"{column.label_en if language == 'en' else column.label_vi}: {text}"
        for column, text in shown
        if text != "–"
    )  # fmt: skip


def _item(dossier: Dossier, item: SupplementItem) -> dict[str, str]:
    why = reason(item.reason_code)
    return {
        "subject": subject_of(dossier, item)[0],
        "given": given_before(dossier, item),
        "wrong": item.wrong,
        "why": why.name_vi,
        "right": item.good,
        "article": item.clause,
    }
