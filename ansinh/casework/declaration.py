"""The declaration on paper: printed at the counter and signed there, never demanded of the person (R-068, R-073)."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.letter import letter_head
from ansinh.catalogue.queries import frozen
from ansinh.documents.render import render
from ansinh.dossiers.declared import declared_sections
from ansinh.dossiers.models import Dossier
from ansinh.platform.vietnamese import datetime_vi
from ansinh.platform.zone import local_day


def declaration(dossier: Dossier, *, at: datetime, to_sign: bool) -> bytes:
    """The answers as a PDF; with `to_sign` it has room for the person's hand, else it names the confirmation."""
    folder = frozen(dossier.version_id)
    forms = folder.procedure.forms
    confirmed = f"Người nộp đã xác nhận điện tử khi nộp hồ sơ lúc {datetime_vi(dossier.submitted_at)}."
    data = {
        **letter_head(dossier, at=at),
        "form_code": forms[0].code if forms else None,
        "sections": declared_sections(folder, dossier.answers, on=local_day(at)),
        "confirmation": None if to_sign else confirmed,
    }
    return render("declaration", data=data, at=at)
