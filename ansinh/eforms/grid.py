"""Rows pasted from a spreadsheet or read from a workbook become the rows of a table.

Everything or nothing: a grid whose columns are not understood is refused with the reason, so that no cell is lost
silently. Cells that cannot be read are taken as they are written and told by `check` like any other answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansinh.eforms.cells import EntriesOf, known_by, read_cell, words_of
from ansinh.eforms.definition import Field
from ansinh.eforms.shape import MOST_ROWS
from ansinh.platform.errors import Invalid

Grid = Sequence[Sequence[str]]
HEADS_WITHIN = 20
"""Lines at the top in which the names of the columns are looked for; above them stand titles."""
_NUMBERS = frozenset({"stt", "so tt", "so thu tu", "no", "tt", "number"})
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Za-z])\s*\)?")


@dataclass(frozen=True, slots=True)
class Taken:
    """The rows of a grid, and the cells (row from 0, column key) where a lost zero was put back."""

    rows: tuple[dict[str, Any], ...]
    zeros_added: tuple[tuple[int, str], ...] = ()


def pasted(text: str) -> list[list[str]]:
    """The grid of what was copied from a spreadsheet: cells by tabs, a cell with line breaks in quotes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if plain.count('"') % 2:  # an odd quotation mark is a sign like others
        lines = csv.reader(io.StringIO(plain), delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        lines = csv.reader(io.StringIO(plain), delimiter="\t")
    return [[cell.strip() for cell in line] for line in lines]


def take(field: Field, grid: Grid, *, entries_of: EntriesOf) -> Taken:
    """The rows of the table. Raises Invalid: nothing there, columns not understood, too many rows."""
    lines = [(number, line) for number, line in enumerate(grid, start=1) if any(cell.strip() for cell in line)]
    if not lines:
        raise Invalid(
            "list-empty", "Chưa có dòng nào để nhập. Xin dán các dòng từ bảng tính, hoặc chọn tệp có dữ liệu."
        )
    place = _place_of_heads(field, [line for _, line in lines])
    if place is None:
        columns = _by_place(field, lines)
    else:
        columns = _by_name(field, lines[place][1])
        lines = lines[place + 1 :]
    lines = [(number, line) for number, line in lines if not _only_numbers_columns(line)]
    if not lines:
        raise Invalid("list-only-heads", "Chỉ có dòng tên cột, chưa có dòng dữ liệu nào. Xin điền các dòng bên dưới.")
    most = min(field.max_rows or MOST_ROWS, MOST_ROWS)
    if len(lines) > most:
        raise Invalid(
            "list-too-long",
            "Có {count} dòng, danh sách này nhận nhiều nhất {most} dòng. Xin chia thành nhiều hồ sơ.",
            count=len(lines),
            most=most,
        )
    return _taken(field, columns, lines, entries_of)


def _taken(
    field: Field,
    columns: Mapping[int, Field],
    lines: Sequence[tuple[int, Sequence[str]]],
    entries_of: EntriesOf,
) -> Taken:
    rows, zeros = [], []
    words = {column.key: words_of(column, entries_of) for column in columns.values()}
    for index, (_, line) in enumerate(lines):
        row: dict[str, Any] = {}
        for place, column in columns.items():
            cell = read_cell(column, line[place] if place < len(line) else "", words=words[column.key])
            if cell.value not in (None, "", []):
                row[column.key] = cell.value
            if cell.zero_added:
                zeros.append((index, column.key))
        rows.append(row)
    return Taken(tuple(rows), tuple(zeros))


def heads(field: Field, *, language: str = "vi") -> list[str]:
    """The names of the columns, as the template has them."""
    return [column.label_en if language == "en" else column.label_vi for column in field.columns]


def _names(field: Field) -> dict[str, Field]:
    names: dict[str, Field] = {}
    for column in field.columns:
        for name in (column.label_vi, column.label_en, column.key):
            names.setdefault(known_by(name), column)
    return names


def _place_of_heads(field: Field, lines: Sequence[Sequence[str]]) -> int | None:
    """The first line most of whose words are names of columns."""
    names = _names(field)
    for place, line in enumerate(lines[:HEADS_WITHIN]):
        words = [known_by(cell) for cell in line if cell.strip()]
        found = sum(word in names for word in words)
        if found >= min(2, len(field.columns)) and 2 * found >= len(words):
            return place
    return None


def _by_name(field: Field, line: Sequence[str]) -> dict[int, Field]:
    names, columns, unknown = _names(field), dict[int, Field](), list[str]()
    for place, cell in enumerate(line):
        word = known_by(cell)
        if not word or word in _NUMBERS:
            continue
        if word not in names:
            unknown.append(cell.strip())
        elif names[word] in columns.values():
            raise Invalid("list-column-twice", "Cột “{column}” có hai lần. Xin bỏ bớt một cột.", column=cell.strip())
        else:
            columns[place] = names[word]
    if unknown:
        raise Invalid(
            "list-column-unknown",
            "Không rõ cột “{columns}” là gì nên chưa nhập dòng nào. Xin đặt tên cột như tệp mẫu, hoặc xóa cột đó.",
            columns="”, “".join(unknown),
        )
    return columns


def _by_place(field: Field, lines: Sequence[tuple[int, Sequence[str]]]) -> dict[int, Field]:
    """Without names the cells come in the order of the template, perhaps after a number of the row."""
    shift = (
        1 if len(lines[0][1]) > 1 and all(_is_number(line, place) for place, (_, line) in enumerate(lines, 1)) else 0
    )
    for number, line in lines:
        filled = max((place for place, cell in enumerate(line, start=1) if cell.strip()), default=0)
        if filled - shift > len(field.columns):
            raise Invalid(
                "list-too-wide",
                "Dòng {row} có {count} ô, danh sách này có {most} cột. Xin dán cả dòng tên cột như tệp mẫu.",
                row=number,
                count=filled - shift,
                most=len(field.columns),
            )
    return dict(enumerate(field.columns, start=shift))


def _is_number(line: Sequence[str], place: int) -> bool:
    return bool(line) and line[0].strip().rstrip(".") == str(place)


def _only_numbers_columns(line: Sequence[str]) -> bool:
    """The line “(1) (2) (3)” or “A B 1” under the names of official forms."""
    filled = [cell.strip() for cell in line if cell.strip()]
    return len(filled) > 2 and all(_COLUMN_NUMBER.fullmatch(cell) for cell in filled)
