"""The cells of an uploaded spreadsheet as text: XLSX or CSV, read in a child process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ansinh.platform.apart.workers import ChildFailed, Workers
from ansinh.platform.errors import Invalid

MAX_BYTES: Final = 5 * 1024 * 1024
ACCEPT: Final = ".xlsx,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv"
_READERS: Final = Workers({"cells": "ansinh.files.spreadsheets.cells:cells_of"})
SENTENCES: Final = {
    "sheet-too-large": "Tệp lớn hơn {megabytes} MB nên chưa nhập được. Xin bỏ hình ảnh, trang tính khác rồi lưu lại.",
    "sheet-empty": "Tệp không có ô nào có chữ. Xin chọn tệp có danh sách ở trang tính đầu tiên.",
    "sheet-old": (
        "Tệp là bảng tính kiểu cũ (.xls) hoặc có mật khẩu nên không đọc được. Xin mở tệp, bỏ mật khẩu và lưu lại "
        "thành “Excel Workbook (.xlsx)”."
    ),
    "sheet-broken": "Tệp bảng tính bị hỏng hoặc không phải .xlsx, .csv. Xin mở tệp và lưu lại thành .xlsx rồi gửi.",
    "sheet-heavy": "Tệp bảng tính quá lớn khi mở ra nên không đọc hết. Xin chỉ giữ danh sách rồi lưu lại.",
    "sheet-letters": "Tệp CSV không ghi bằng UTF-8 nên mất dấu tiếng Việt. Xin lưu lại thành “CSV UTF-8” hoặc .xlsx.",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet; `not_worked_out` are cells (“B5”) that hold a formula without a result, or an error."""

    rows: list[list[str]]
    not_worked_out: tuple[str, ...]


def read_sheet(content: bytes) -> Sheet:
    """The cells of the file. Raises Invalid with a code of SENTENCES."""
    if len(content) > MAX_BYTES:
        raise _refused("sheet-too-large")
    try:
        answer = _READERS.ask("cells", content)
    except ChildFailed as died:
        raise _refused("sheet-heavy") from died
    if "refused" in answer:
        raise _refused(answer["refused"])
    return Sheet(answer["rows"], tuple(answer["not_worked_out"]))


def _refused(code: str) -> Invalid:
    return Invalid(code, SENTENCES[code], megabytes=MAX_BYTES // (1024 * 1024))
