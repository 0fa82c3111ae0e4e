"""Rows come into a list: pasted text or a file, after those there or in their place; and one row that was edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from ansinh.dossiers import rows
from ansinh.dossiers.lists import entries, list_of
from ansinh.eforms.definition import Field, Form, Section
from ansinh.eforms.grid import Taken, pasted, take
from ansinh.eforms.read_input import read_answers
from ansinh.eforms.visibility import asked_columns
from ansinh.files.spreadsheets.read import MAX_BYTES, read_sheet
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import pick, translate
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.lists.sight import list_named
from ansinh.web.citizen.lists.view import Told
from ansinh.web.errors import sentence

PASTE, UPLOAD, PUT_BACK = "_paste", "_upload_list", "_put_back"
INSTEAD = "instead"
_NOTES = "list_notes"
_MOST_NAMED = 10


def text_name(table: str) -> str:
    """The name of the box to paste into."""
    return f"_list.{table}.text"


def file_name(table: str) -> str:
    """The name of the box of the file."""
    return f"_list.{table}.file"


def asked_list(request: HttpRequest, section: Section) -> Field | None:
    """The list that this post brings rows to."""
    return next(
        (found for name in (PASTE, UPLOAD) if (found := list_named(section, request.POST.get(name, ""))) is not None),
        None,
    )


def bring(request: HttpRequest, filing: Filing, field: Field, *, at: datetime, on: date) -> Told | None:
    """Take the rows in. None when they are in the draft (the next page says what there is to say), else why not."""
    text = request.POST.get(text_name(field.key), "")
    try:
        taken, notes = read(request, field, on=on)
        instead = request.POST.get(f"_list.{field.key}.mode") == INSTEAD
        first = rows.take_rows(
            filing.draft.pk, holder=filing.holder, table=field.key, rows=taken.rows, instead=instead, at=at
        )
    except DomainError as refused:
        if not isinstance(refused, Invalid):
            raise
        return Told(refused=sentence(refused), text=text, refused_file=UPLOAD in request.POST)
    said = [translate("Đã nhập {n} dòng.", n=len(taken.rows)), *notes, *_zeros(field, taken, first)]
    remember(request, filing, field.key, said)
    return None


class ListRefused(Exception):
    """A list sent anew with a supplement cannot be read; `refusal` says why."""

    def __init__(self, table: str, refusal: Invalid) -> None:
        super().__init__(table)
        self.table, self.refusal = table, refusal

    def told(self) -> tuple[dict[str, str], list[dict[str, str]]]:
        """The error beside the list, and its line in the summary."""
        text = sentence(self.refusal)
        return {self.table: text}, [{"path": self.table, "text": text}]


def sent_anew(request: HttpRequest, field: Field, *, on: date) -> Taken | None:
    """The whole list as a supplement sends it, by text or by file; None when neither is there. Raises ListRefused."""
    text, file = request.POST.get(text_name(field.key), ""), request.FILES.get(file_name(field.key))
    if not text.strip() and file is None:
        return None
    try:
        return read(request, field, on=on)[0]
    except Invalid as refused:
        raise ListRefused(field.key, refused) from refused


def read(request: HttpRequest, field: Field, *, on: date) -> tuple[Taken, list[str]]:
    """The rows of the text or the file of this post, and what is to be said of cells. Raises Invalid."""
    if (upload := request.FILES.get(file_name(field.key))) is not None:
        sheet = read_sheet(upload.read(MAX_BYTES + 1))
        return take(field, sheet.rows, entries_of=_entries_of(on)), list(_not_worked_out(sheet.not_worked_out))
    if UPLOAD in request.POST:
        raise Invalid(
            "list-no-file", "Chưa chọn tệp nào. Xin bấm vào ô chọn tệp, chọn tệp .xlsx hoặc .csv rồi bấm “Nhập tệp”."
        )
    return take(field, pasted(request.POST.get(text_name(field.key), "")), entries_of=_entries_of(on)), []


def _entries_of(on: date) -> Any:
    def entries_of(column: Field) -> Iterable[tuple[str, str]]:
        listed = entries(list_of(column), on=on) if list_of(column) else ()
        return [pair for one in listed or () for pair in ((one.value, one.name_vi), (one.value, one.name_en))]

    return entries_of


def _not_worked_out(cells: Sequence[str]) -> Iterable[str]:
    if cells:
        yield translate(
            "Các ô {cells} của tệp là công thức chưa có kết quả hoặc ô lỗi. Xin xem lại các dòng đó.",
            cells=", ".join(cells[:_MOST_NAMED]) + (" …" if len(cells) > _MOST_NAMED else ""),
        )


def _zeros(field: Field, taken: Taken, first: int) -> Iterable[str]:
    """A spreadsheet takes the zero in front of a number away: it was put back, which is said."""
    if not taken.zeros_added:
        return
    labels = {column.key: pick(column, "label") for column in field.columns}
    named = [
        translate("dòng {row}, cột {column}", row=first + row + 1, column=labels[key])
        for row, key in taken.zeros_added[:_MOST_NAMED]
    ]
    yield translate(
        "Bảng tính đã bỏ số 0 ở đầu; đã thêm lại ở {n} ô: {cells}. Xin xem lại.",
        n=len(taken.zeros_added),
        cells="; ".join(named) + (" …" if len(taken.zeros_added) > _MOST_NAMED else ""),
    )


def remember(request: HttpRequest, filing: Filing, table: str, notes: Sequence[str]) -> None:
    """Say it on the next page."""
    kept: dict[str, list[str]] = request.session.get(_NOTES, {})
    request.session[_NOTES] = {**kept, f"{filing.draft.pk}:{table}": list(notes)}


def remembered(request: HttpRequest, filing: Filing, table: str) -> Told:
    """What there is to say, once."""
    kept: dict[str, list[str]] = request.session.get(_NOTES, {})
    notes = kept.get(slot := f"{filing.draft.pk}:{table}")
    if notes is None:
        return Told()
    request.session[_NOTES] = {key: value for key, value in kept.items() if key != slot}
    return Told(notes=tuple(notes))


def edited_row(
    field: Field, held: Mapping[str, Any], answers: Mapping[str, Any], posted: Mapping[str, Sequence[str]], index: int
) -> dict[str, Any]:
    """The row after its page was posted; cells that were not on the page stay as they were."""
    prefix = f"{field.key}[{index}]."
    on_page = [
        column
        for column in field.columns
        if any(name == f"{prefix}{column.key}" or name.startswith(f"{prefix}{column.key}.") for name in posted)
    ]
    section = Section("row", "", "", (replace(field, columns=tuple(on_page)),))
    read_rows = read_answers(Form((section,)), posted, section=section).get(field.key) or [{}]
    unticked: dict[str, Any] = {
        column.key: False if column.type == "bool" else []
        for column in asked_columns(field, answers, held)
        if column.type in ("bool", "multi_choice") and column not in on_page
    }
    shown = {column.key for column in on_page}
    return {**{key: cell for key, cell in held.items() if key not in shown}, **unticked, **read_rows[0]}
