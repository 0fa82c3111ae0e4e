"""Uploaded spreadsheets: the text their cells show, and files that mean harm or are broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from ansinh.files.spreadsheets import cells
from ansinh.files.spreadsheets.read import MAX_BYTES, read_sheet
from ansinh.platform.errors import Invalid


def a_workbook(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    """A workbook whose first sheet `fill(book, sheet)` has filled."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet("Danh sách"))
    return content.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The workbook with some parts written anew; `xl_workbook` is xl/workbook.xml."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            key = name.removesuffix(".xml").replace("/", "_")
            new.writestr(name, parts.get(key, old.read(name)))
    return made.getvalue()


def some_cells(book: Any, sheet: Any) -> None:
    sheet.write_string(0, 0, "Họ và tên")
    sheet.write_rich_string(0, 1, "Mã ", book.add_format({"bold": True}), "số")
    sheet.write_number(1, 0, 90185000101)
    sheet.write_string(1, 1, "090185000101")
    sheet.write_datetime(1, 2, date(2026, 5, 4), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_number(1, 3, 46146, book.add_format({"num_format": 14}))
    sheet.write_number(1, 4, 8600000.5, book.add_format({"num_format": '#,##0 "đ (ngày)"'}))
    sheet.write_number(1, 5, 0.1 + 0.2)
    sheet.write_number(1, 6, 123.456)
    sheet.write_formula(1, 7, "=A2*2", None, 180370000202)
    sheet.write_boolean(1, 8, True)
    sheet.write_boolean(1, 9, False)
    sheet.write_string(3, 2, "dưới dòng trống")


def test_cells_come_as_the_text_they_show() -> None:
    rows = read_sheet(a_workbook(some_cells)).rows
    assert rows == [
        ["Họ và tên", "Mã số"],
        [
            "90185000101", "090185000101", "04/05/2026", "04/05/2026", "8600000,5", "0,3", "123,4560", "180370000202",
            "x",
        ],
        ["", "", "dưới dòng trống"],
    ]  # fmt: skip


def test_days_of_a_workbook_that_counts_from_1904() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime(0, 0, date(2026, 5, 4), book.add_format({"num_format": "d/m/yy"}))

    assert read_sheet(a_workbook(fill, date_1904=True)).rows == [["04/05/2026"]]


def test_formulas_without_a_result_and_errors_are_named() -> None:
    sheet_xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="2">'
        b'<c r="A2"><f>B2+1</f></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="inlineStr"><is><t>chu</t></is></c>'
        b"</row></sheetData></worksheet>"
    )
    read = read_sheet(repacked(a_workbook(some_cells), xl_worksheets_sheet1=sheet_xml))
    assert read.rows == [["=B2+1", "#N/A", "chu"]] and read.not_worked_out == ("A2", "B2")


def test_the_first_sheet_that_is_shown_is_read() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string(0, 0, "ẩn")
        other = book.add_worksheet("Hai")
        other.write_string(0, 0, "hiện")
        other.activate()
        sheet.hide()

    assert read_sheet(a_workbook(fill)).rows == [["hiện"]]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("\ufeffHọ tên;Mã số\nLan;0123\n".encode(), [["Họ tên", "Mã số"], ["Lan", "0123"]]),
        (b'a,b\n"x, y",z\n', [["a", "b"], ["x, y", "z"]]),
        ("a\tb\nc\td\n".encode("utf-16"), [["a", "b"], ["c", "d"]]),
    ],
)
def test_separated_text_is_read_with_the_separator_it_has(content: bytes, rows: list[list[str]]) -> None:
    assert read_sheet(content).rows == rows


def a_bomb() -> bytes:
    """A sheet that unpacks to thirty megabytes of nothing."""
    return repacked(a_workbook(some_cells), xl_worksheets_sheet1=b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>")


def with_entities() -> bytes:
    doctype = b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    return repacked(a_workbook(some_cells), xl_worksheets_sheet1=doctype)


def without_a_sheet() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("readme.txt", "không phải bảng tính")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "sheet-old"),
        (lambda: "H\u1ecd t\u00ean;\u00ea\n".encode("cp1258", "ignore"), "sheet-letters"),
        (lambda: b"PK\x03\x04 broken", "sheet-broken"),
        (lambda: b"\x00\x01\x02", "sheet-broken"),
        (lambda: b" \n\n", "sheet-empty"),
        (a_bomb, "sheet-heavy"),
        (with_entities, "sheet-broken"),
        (without_a_sheet, "sheet-broken"),
        (lambda: b"x" * (MAX_BYTES + 1), "sheet-too-large"),
        (lambda: b"a;b\n" * 6000, "sheet-heavy"),
        (lambda: a_workbook(some_cells)[:900], "sheet-broken"),
    ],
)
def test_other_files_are_refused_with_what_to_do(content: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_sheet(content())
    assert refusal.value.code == code and "Xin" in str(refusal.value)


def test_every_refusal_of_the_child_has_its_sentence() -> None:
    from ansinh.files.spreadsheets.read import SENTENCES

    assert {"sheet-old", "sheet-heavy", "sheet-letters", "sheet-broken", "sheet-empty"} <= set(SENTENCES)
    assert cells.cells_of(b"") == {"refused": "sheet-empty"}
