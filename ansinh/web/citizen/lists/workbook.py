"""A list as a spreadsheet: the empty template, or the rows there are, to be mended at home and brought back."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from ansinh.dossiers.lists import entries, list_of
from ansinh.eforms.definition import Field
from ansinh.eforms.display import typed_text
from ansinh.platform.language import pick, translate

_BYTE_ORDER_MARK = "\ufeff"
_EXCEL_LONGEST_CHOICE = 255
_AS_TEXT = frozenset({"si_number", "id_number", "tax_code", "phone", "text", "long_text", "date", "month"})
"""Typed as text, so that no zero is lost in front and no day is turned round."""
_ROWS_READY = 1000


def template_csv(field: Field) -> bytes:
    """The names of the columns; Excel knows by the mark in front that the letters are UTF-8."""
    text = StringIO()
    csv.writer(text).writerow([pick(column, "label") for column in field.columns])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def workbook(field: Field, rows: Sequence[Mapping[str, Any]], *, on: date) -> bytes:
    """A sheet with the names of the columns and these rows, and one that says what each column takes."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(translate("Danh sách"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF6", "border": 1})
        text, amount = book.add_format({"num_format": "@"}), book.add_format({"num_format": "#,##0"})
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(field.columns):
            is_text = column.type in _AS_TEXT or bool(column.choices) or bool(column.catalogue)
            style = text if is_text else amount if column.type == "money" else None
            sheet.set_column(place, place, max(12, min(30, len(pick(column, "label")) + 2)), style)
            sheet.write_string(0, place, pick(column, "label"), head)
            if (offered := _offered(column)) and sum(map(len, offered)) + len(offered) <= _EXCEL_LONGEST_CHOICE:
                sheet.data_validation(
                    1, place, _ROWS_READY, place, {"validate": "list", "source": offered, "error_type": "warning"}
                )
            for line, row in enumerate(rows, start=1):
                _write(sheet, line, place, column, row.get(column.key), on)
        _explain(book, field, head)
    return content.getvalue()


def _write(sheet: Any, line: int, place: int, column: Field, value: Any, on: date) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(line, place, value)
    elif (written := _written(column, value, on)) != "":
        sheet.write_string(line, place, written)


def _written(column: Field, value: Any, on: date) -> str:
    if value in (None, "", []):
        return ""
    if column.type == "bool":
        return {True: "x", False: ""}.get(value, str(value))
    if isinstance(value, list):
        return ", ".join(_written(column, one, on) for one in value)
    for choice in column.choices:
        if choice.value == value:
            return pick(choice, "label")
    if name := list_of(column):
        found = next((one for one in entries(name, on=on) or () if one.value == value), None)
        return pick(found, "name") if found else str(value)
    return typed_text(column, value)


def _offered(column: Field) -> list[str]:
    return [pick(choice, "label") for choice in column.choices] if column.type == "choice" else []


def _explain(book: Any, field: Field, head: Any) -> None:
    sheet = book.add_worksheet(translate("Hướng dẫn"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, (width, name) in enumerate(
        ((32, translate("Cột")), (16, translate("Bắt buộc")), (80, translate("Ghi thế nào")))
    ):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(0, place, name, head)
    for line, column in enumerate(field.columns, start=1):
        needed = "" if not column.required else translate("Có") if column.when is None else translate("Khi được hỏi")
        for place, said in enumerate((pick(column, "label"), needed, how_to_write(column))):
            sheet.write_string(line, place, said)


def how_to_write(column: Field) -> str:
    """What a cell of the column takes, in words."""
    parts = [pick(column, "hint")]
    if column.choices:
        offered = " / ".join(pick(choice, "label") for choice in column.choices)
        many = translate("Một hoặc nhiều ý, cách nhau dấu phẩy: {offered}", offered=offered)
        parts.append(many if column.type == "multi_choice" else translate("Một trong: {offered}", offered=offered))
    elif column.type == "date":
        parts.append(translate("Ngày, tháng, năm, ví dụ 04/05/2026"))
    elif column.type == "month":
        parts.append(translate("Tháng và năm, ví dụ 05/2026"))
    elif column.type == "money":
        parts.append(translate("Số đồng, ví dụ 8600000"))
    elif column.type == "bool":
        parts.append(translate("Ghi x nếu có, để trống nếu không"))
    elif list_of(column) == "banks":
        parts.append(translate("Mã hoặc tên ngân hàng, ví dụ 970405 hoặc Agribank"))
    return ". ".join(part.rstrip(".") for part in parts if part)
