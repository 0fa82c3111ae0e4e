"""A table as it is shown under its picture and as it is downloaded: the same numbers, told once."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpResponse

from ansinh.platform.language import translate
from ansinh.platform.vietnamese import NO_BREAK_SPACE, number
from ansinh.statistics import tenths

Cell = str | int | float | None
"""A float is a percentage; None is what is not known."""
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_SHEET_NAME = 31


@dataclass(frozen=True)
class Table:
    """`key` is its place on the page; the first column is text, the others are numbers."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    @property
    def shown_columns(self) -> list[dict[str, object]]:
        """As `components/table.html` takes them."""
        return [{"label": label, "number": place > 0} for place, label in enumerate(self.columns)]

    @property
    def shown_rows(self) -> list[list[str]]:
        """Numbers as people write them."""
        return [[written(cell) for cell in row] for row in self.rows]


def written(cell: Cell) -> str:
    """A cell for people: thousands with dots, percentages with a comma."""
    match cell:
        case None:
            return translate("chưa có")
        case float():
            return percent(cell)
        case int():
            return number(cell)
        case _:
            return cell


def percent(value: float) -> str:
    """`85,7 %`, rounded half up, but never to a whole that is not reached."""
    return f"{tenths.told(tenths.nearest(value))}{NO_BREAK_SPACE}%"


def csv_of(tables: Sequence[Table], name: str) -> HttpResponse:
    """The tables one after another; Excel knows by the mark in front that the letters are UTF-8."""
    text = StringIO()
    lines = csv.writer(text)
    for place, table in enumerate(tables):
        lines.writerows([[]] if place else [])
        lines.writerow([_safe(table.title)])
        lines.writerow([_safe(one) for one in table.columns])
        lines.writerows([_plain(cell) for cell in row] for row in table.rows)
    return _download((_BYTE_ORDER_MARK + text.getvalue()).encode(), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_of(tables: Sequence[Table], name: str) -> HttpResponse:
    """One sheet a table; numbers stay numbers."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF6", "border": 1})
        whole, share = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.0"})
        for place, table in enumerate(tables, start=1):
            sheet = book.add_worksheet(_sheet_name(place, table.title))
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, 0, 44)
            sheet.set_column(1, max(1, len(table.columns) - 1), 16)
            for column, label in enumerate(table.columns):
                sheet.write_string(0, column, label, head)
            for line, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, column, cell)
                    elif cell is not None:
                        sheet.write_number(line, column, cell, share if isinstance(cell, float) else whole)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(content.getvalue(), f"{name}.xlsx", kind)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )  # fmt: skip


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case float():
            return tenths.told(tenths.nearest(cell)).replace(",", ".")
        case int():
            return str(cell)
        case _:
            return _safe(cell)


def _safe(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _sheet_name(place: int, title: str) -> str:
    kept = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)
    return f"{place} {kept}"[:_LONGEST_SHEET_NAME].strip()
