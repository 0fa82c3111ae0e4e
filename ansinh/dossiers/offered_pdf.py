"""The draft as a PDF to sign: the declaration with the digests of the papers and of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.documents.render import render
from ansinh.dossiers.declared import declared_sections
from ansinh.dossiers.models import DraftPaper
from ansinh.offices.queries import office, place_of
from ansinh.platform.zone import local_day
from ansinh.signing.offers.pdf import with_form

STATEMENT = (
    "Tôi xin chịu trách nhiệm trước pháp luật về những nội dung đã khai. Văn bản này để ký số: chữ ký số của người "
    "nộp gắn với toàn bộ nội dung trên và với mã kiểm của từng giấy tờ kèm theo."
)


def offered_pdf(
    answers: Mapping[str, Any], *, draft_id: UUID, folder: ProcedureFolder, name: str, digest: str, at: datetime
) -> bytes:
    """The canonical answers as people read them, with a form for a digital signature."""
    return with_form(
        _declaration(answers, STATEMENT, draft_id=draft_id, folder=folder, name=name, digest=digest, at=at)
    )


def printed_pdf(
    answers: Mapping[str, Any], *, draft_id: UUID, folder: ProcedureFolder, name: str, digest: str, at: datetime
) -> bytes:
    """The same to be printed, with room for the person's hand."""
    return with_form(_declaration(answers, None, draft_id=draft_id, folder=folder, name=name, digest=digest, at=at))


def _declaration(
    answers: Mapping[str, Any], confirmation: str | None, *, draft_id: UUID, folder: ProcedureFolder, name: str,
    digest: str, at: datetime,
) -> bytes:  # fmt: skip
    holder = office(str(answers.get("receiving_office") or answers.get("chosen_office") or ""))
    forms = folder.procedure.forms
    parent = holder.parent.name_vi if holder.parent else "Bảo hiểm xã hội Việt Nam"
    data = {
        "agency": {"parent": parent, "name": holder.name_vi},
        "document": {"number": None, "place": place_of(holder), "date": local_day(at)},
        "person": {"full_name": name},
        "dossier": {"number": None, "procedure": folder.procedure.name_vi},
        "form_code": forms[0].code if forms else None,
        "sections": declared_sections(folder, answers, on=local_day(at)),
        "papers": _papers(draft_id, folder),
        "answers_digest": digest,
        "confirmation": confirmation,
    }
    return render("declaration", data=data, at=at)


def _papers(draft_id: UUID, folder: ProcedureFolder) -> list[dict[str, Any]]:
    names = {paper.key: paper.name_vi for paper in folder.papers}
    given = DraftPaper.objects.filter(draft_id=draft_id).select_related("paper__file")
    return [
        {
            "name": f"{names.get(one.requirement, one.requirement)}: {one.paper.name}",
            "size": one.paper.file.size,
            "sha256": one.paper.file_id,
        }
        for one in given.order_by("requirement", "row", "id")
    ]
