"""The declaration on paper: printed at the counter and signed there, never demanded of the person (R-068, R-073)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ansinh.casework.letter import letter_head
from ansinh.catalogue.queries import frozen
from ansinh.documents.render import render
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier
from ansinh.eforms.display import Shown, ShownSection, show_answers
from ansinh.platform.vietnamese import datetime_vi
from ansinh.platform.zone import local_day


def declaration(dossier: Dossier, *, at: datetime, to_sign: bool) -> bytes:
    """The answers as a PDF; with `to_sign` it has room for the person's hand, else it names the confirmation."""
    folder = frozen(dossier.version_id)
    assert folder.form is not None
    sections = show_answers(folder.form, dossier.answers, name_of=names(on=local_day(at)))
    forms = folder.procedure.forms
    confirmed = f"Người nộp đã xác nhận điện tử khi nộp hồ sơ lúc {datetime_vi(dossier.submitted_at)}."
    data = {
        **letter_head(dossier, at=at),
        "form_code": forms[0].code if forms else None,
        "sections": [_section(section) for section in sections],
        "confirmation": None if to_sign else confirmed,
    }
    return render("declaration", data=data, at=at)


def _section(section: ShownSection) -> dict[str, Any]:
    return {
        "title": section.title_vi,
        "rows": [{"label": line.label_vi, "value": line.text_vi} for line in section.lines if not line.rows],
        "tables": [_table(line) for line in section.lines if line.rows],
    }


def _table(line: Shown) -> dict[str, Any]:
    heads = _heads(line.rows)
    return {
        "caption": line.label_vi,
        "columns": [label for _, label in heads],
        "rows": [[_cell(row, key) for key, _ in heads] for row in line.rows],
    }


def _heads(rows: Sequence[Sequence[Shown]]) -> list[tuple[str, str]]:
    """Columns asked in at least one row, in the order they come."""
    return list({cell.key: (cell.key, cell.label_vi) for row in rows for cell in row}.values())


def _cell(row: Sequence[Shown], key: str) -> str:
    return next((cell.text_vi for cell in row if cell.key == key), "–")
