"""The table of a picture as a file: a spreadsheet (XLSX), or text that spreadsheets open (CSV).

Amounts are numbers of đồng. A cell of words can never become a formula: spreadsheets take one for a formula when it
begins with `=`, `+`, `-`, `@`, a tab or a return, so such a cell gets an apostrophe before it in CSV and is written
as a text cell in XLSX.
"""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpResponse

from ansinh.platform.language import translate
from ansinh.web.public.calculators.chart import Bars, Cell, Lines

KINDS = ("xlsx", "csv")
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_BYTE_ORDER_MARK = "\ufeff"
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 40


def as_file(chart: Bars | Lines, *, name: str, kind: str) -> HttpResponse:
    """The table as an answer to save; `kind` is one of `KINDS`."""
    content = xlsx(chart) if kind == "xlsx" else csv_text(chart).encode()
    return HttpResponse(
        content,
        content_type=_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )


def csv_text(chart: Bars | Lines) -> str:
    """Comma-separated lines with a byte order mark, by which Excel knows the letters are UTF-8."""
    text = StringIO()
    lines = csv.writer(text)
    for row in (_heads(chart), *chart.rows):
        lines.writerow([harmless(cell) for cell in row])
    return _BYTE_ORDER_MARK + text.getvalue()


def harmless(cell: Cell) -> Cell:
    """The cell, with an apostrophe before words that a spreadsheet would work out."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA) else cell


def xlsx(chart: Bars | Lines) -> bytes:
    """One sheet with the finding above the table."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(translate("Bảng số"))
        bold, amount = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        sheet.write_string(0, 0, chart.title, bold)
        for column, head in enumerate(_heads(chart)):
            sheet.write_string(2, column, head, bold)
            sheet.set_column(column, column, min(_WIDEST, len(head) + 4))
        for place, row in enumerate(chart.rows, start=3):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(place, column, cell)
                else:
                    sheet.write_number(place, column, cell, amount)
    return content.getvalue()


def _heads(chart: Bars | Lines) -> list[str]:
    """The heads, with the unit where the column has amounts."""
    return [
        f"{head} (đ)" if any(isinstance(row[column], int) for row in chart.rows) else head
        for column, head in enumerate(chart.heads)
    ]
