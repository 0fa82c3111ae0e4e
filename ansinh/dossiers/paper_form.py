"""A procedure's form on paper: its questions as boxes to write in, empty or filled (R-103, R-104).

The State's numbered form is named by its code and title; layout and wording are those of our own form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from ansinh.catalogue.folder import OfficialForm, ProcedureFolder
from ansinh.catalogue.papers import asked_papers
from ansinh.documents.render import render
from ansinh.dossiers.lists import names
from ansinh.eforms.definition import Field, Section
from ansinh.eforms.display import NameOf, show_value
from ansinh.eforms.visibility import asked_answers, asked_sections
from ansinh.offices.models import Office
from ansinh.offices.queries import one_line, place_of
from ansinh.platform.errors import NotFound
from ansinh.platform.vietnamese import date_vi

GROUPS: Final = {
    "si_number": (10,), "id_number": (12,), "phone": (10,), "tax_code": (10, 3), "date": (2, 2, 4), "month": (2, 4),
}  # fmt: skip
"""Types written one letter a box, and how the boxes are grouped."""
EMPTY_ROWS: Final = 4
MOST_CHOICES: Final = 12
"""A longer list of choices is a line to write on."""


def form_of(folder: ProcedureFolder) -> OfficialForm | None:
    """The numbered form that the electronic one stands for; None where the procedure has none or is not filed here."""
    forms = folder.procedure.forms
    return forms[0] if forms and folder.form is not None else None


def paper_form(
    folder: ProcedureFolder, *, answers: Mapping[str, Any] | None = None, office: Office | None = None, at: datetime
) -> bytes:
    """The form as a PDF; without answers every question of it, with them those that they call for.

    A procedure without a numbered form has a declaration without a number. Raises NotFound where nothing is asked.
    """
    form = form_of(folder)
    if folder.form is None:
        raise NotFound("no-paper-form", "Thủ tục này không có mẫu giấy. Xin kê khai trực tuyến hoặc đến cơ quan BHXH.")
    on = at.date()
    given = dict(answers or {})
    sections = folder.form.sections if answers is None else asked_sections(folder.form, given)
    asked = given if answers is None else asked_answers(folder.form, given)
    name_of = names(on=on)
    data = {
        "code": form.code if form else "",
        "title": form.name_vi if form else f"Tờ khai {folder.procedure.short_name_vi}",
        "procedure": folder.procedure.name_vi,
        "national_code": folder.procedure.national_code or "",
        "version": f"Bản áp dụng từ {date_vi(folder.in_force_on)}, mã nội dung {folder.digest[:8]}.",
        "office": office.name_vi if office else "",
        "place": place_of(office) if office else "",
        "person": str(given.get("full_name") or "") if answers is not None else "",
        "sender_address": one_line(given.get("contact_address") or {}, on=on) if given.get("contact_address") else "",
        "sections": [_section(section, asked, name_of=name_of) for section in sections],
        "papers": [one.paper.name_vi for one in asked_papers(folder, given)] if answers is not None else [],
        "envelope": _envelope(form, office),
    }
    return render("paper_form", data=data, at=at)


def _envelope(form: OfficialForm | None, office: Office | None) -> dict[str, str] | None:
    """What stands on the envelope of a form that goes by post (R-103)."""
    if form is None or not form.envelope_vi:
        return None
    return {
        "about": form.envelope_vi,
        "office": office.name_vi if office else "Bảo hiểm xã hội nơi đang chi trả",
        "address": office.address if office else "",
    }


def _section(section: Section, asked: Mapping[str, Any], *, name_of: NameOf) -> dict[str, Any]:
    return {
        "title": section.title_vi,
        "hint": section.hint_vi,
        "fields": [item for field in section.fields for item in _items(field, asked.get(field.key), name_of)],
    }


def _items(field: Field, value: Any, name_of: NameOf) -> Iterator[dict[str, Any]]:
    if field.type == "table":
        yield _table(field, value or [], name_of)
        return
    if field.parts and not (field.type == "address" or value):
        for part in field.parts:
            yield {**_item(part, None, name_of), "label": f"{field.label_vi}: {part.label_vi}"}
        return
    yield _item(field, value, name_of)


def _item(field: Field, value: Any, name_of: NameOf) -> dict[str, Any]:
    head = {"label": field.label_vi, "hint": field.hint_vi, "text": ""}
    if field.type == "bool":
        return {**head, "kind": "tick", "on": value is True}
    if field.choices and len(field.choices) <= MOST_CHOICES:
        chosen = value if isinstance(value, list) else [value]
        choices = [{"label": one.label_vi, "on": one.value in chosen} for one in field.choices]
        return {**head, "kind": "choice", "choices": choices}
    if field.type in GROUPS:
        groups = GROUPS[field.type]
        return {**head, "kind": "boxes", "count": sum(groups), "groups": groups, "text": _letters(field, value)}
    text = "" if value in (None, "", [], {}) else show_value(field, value, name_of=name_of)
    return {**head, "kind": "line", "text": text}


def _letters(field: Field, value: Any) -> str:
    """The answer without what only parts it: one letter a box."""
    text = str(value or "")
    if field.type == "date" and len(text) == len("2026-11-09"):
        day = date.fromisoformat(text)
        return f"{day.day:02d}{day.month:02d}{day.year:04d}"
    if field.type == "date" and text:
        return f"    {text}"
    if field.type == "month" and text:
        return f"{text[5:7]}{text[:4]}"
    if field.type == "phone" and text.startswith("84"):
        text = f"0{text[2:]}"
    return "".join(letter for letter in text if letter.isalnum())


def _table(field: Field, rows: list[Mapping[str, Any]], name_of: NameOf) -> dict[str, Any]:
    filled = [
        [
            "" if row.get(column.key) in (None, "") else show_value(column, row[column.key], name_of=name_of)
            for column in field.columns
        ]
        for row in rows
    ]
    empty = [[""] * len(field.columns)] * (EMPTY_ROWS if not filled else 0)
    return {
        "kind": "table", "label": field.label_vi, "hint": field.hint_vi, "text": "",
        "columns": [column.label_vi for column in field.columns], "rows": [*filled, *empty],
    }  # fmt: skip
