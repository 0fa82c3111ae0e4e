"""What a spreadsheet's cells show, from its bytes. Runs in a child that may see nothing else (platform.apart).

A workbook is a ZIP file of XML parts: only the parts that are needed are opened, each up to a limit whatever its header
says, by the one reader of XML. Numbers are taken as they are stored, days and times from their serial numbers by the
number format, formulas by their stored result.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from lxml import etree

from ansinh.platform.errors import Invalid
from ansinh.platform.xml import parse

MOST_PARTS: Final = 2000
MOST_OCTETS: Final = 24 * 1024 * 1024
"""Of one part, unpacked."""
MOST_ROWS: Final = 5000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 4000
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""The first octets of .xls, and of a workbook with a password."""
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DAY_FORMATS: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
"""Numbers of the formats built in that show a day (ECMA-376 part 1, 18.8.30)."""
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class _Refused(Exception):
    """`args[0]` is a code of ansinh.files.spreadsheets.read."""


def cells_of(content: bytes) -> dict[str, Any]:
    """`rows` of text and `not_worked_out`, or `refused` with a code."""
    try:
        rows, faults = _workbook(content) if content.startswith(b"PK") else (_lines(content), [])
    except _Refused as refused:
        return {"refused": refused.args[0]}
    except Invalid as refused:
        return {"refused": "sheet-heavy" if refused.code in ("xml-too-large", "xml-too-many") else "sheet-broken"}
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, OSError):
        return {"refused": "sheet-broken"}
    if not any(cell.strip() for row in rows for cell in row):
        return {"refused": "sheet-empty"}
    return {"rows": rows, "not_worked_out": faults[:50]}


def _lines(content: bytes) -> list[list[str]]:
    """Separated by commas, semicolons or tabs, whichever the first line has most of."""
    if content.startswith(_OLD):
        raise _Refused("sheet-old")
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused("sheet-letters") from error
    if "\0" in text:
        raise _Refused("sheet-broken")
    first = text.split("\n", 1)[0]
    separator = max("\t;,", key=first.count)
    rows = []
    for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
        if number >= MOST_ROWS:
            raise _Refused("sheet-heavy")
        rows.append([cell[:LONGEST_CELL] for cell in line[:MOST_COLUMNS]])
    return rows


def _workbook(content: bytes) -> tuple[list[list[str]], list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise _Refused("sheet-heavy")
        if any(part.flag_bits & 1 for part in archive.infolist()):
            raise _Refused("sheet-old")
        parts = _Parts(archive)
        workbook = parts.tree("xl/workbook.xml")
        return _rows(
            parts.tree(_first_sheet(parts, workbook)),
            shared=_shared_strings(parts),
            days=_formats_of_days(parts),
            epoch=_EPOCH_1904 if _counts_from_1904(workbook) else _EPOCH,
        )


class _Parts:
    """The parts of a workbook, none opened further than the limit."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def tree(self, name: str) -> etree._Element:
        with self._archive.open(name) as part:
            octets = part.read(MOST_OCTETS + 1)
        if len(octets) > MOST_OCTETS:
            raise _Refused("sheet-heavy")
        return parse(octets.removeprefix(b"\xef\xbb\xbf"), max_bytes=MOST_OCTETS)


def _each(tree: etree._Element, name: str) -> list[etree._Element]:
    return list(tree.iter(f"{{*}}{name}"))


def _counts_from_1904(workbook: etree._Element) -> bool:
    return any(one.get("date1904") in ("1", "true") for one in _each(workbook, "workbookPr"))


def _first_sheet(parts: _Parts, workbook: etree._Element) -> str:
    """The part of the first sheet that is not hidden."""
    sheets = _each(workbook, "sheet")
    shown = next(
        (sheet for sheet in sheets if sheet.get("state", "visible") == "visible"), sheets[0] if sheets else None
    )
    if shown is None:
        raise _Refused("sheet-empty")
    # The relation's own id; sheetId is another number.
    wanted = next((str(value) for key, value in shown.attrib.items() if str(key).endswith("}id")), "")
    for relation in _each(parts.tree("xl/_rels/workbook.xml.rels"), "Relationship"):
        if relation.get("Id") == wanted:
            target = str(relation.get("Target") or "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise _Refused("sheet-broken")


def _shared_strings(parts: _Parts) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    return [_text(one) for one in _each(parts.tree("xl/sharedStrings.xml"), "si")]


def _text(element: etree._Element) -> str:
    """The letters of a string, of all its runs; not how it is read aloud (rPh)."""
    spoken = {id(inner) for run in _each(element, "rPh") for inner in run.iter("{*}t")}
    return "".join(one.text or "" for one in _each(element, "t") if id(one) not in spoken)


def _formats_of_days(parts: _Parts) -> frozenset[int]:
    """The cell styles (their place in cellXfs) that show a day."""
    if "xl/styles.xml" not in parts:
        return frozenset()
    styles = parts.tree("xl/styles.xml")
    own = {
        int(one.get("numFmtId", "0")): bool(re.search("[dy]", _QUOTED.sub("", str(one.get("formatCode", ""))).lower()))
        for one in _each(styles, "numFmt")
    }
    used = [int(xf.get("numFmtId", "0")) for formats in _each(styles, "cellXfs") for xf in formats.iterfind("{*}xf")]
    return frozenset(place for place, number in enumerate(used) if own.get(number, number in _DAY_FORMATS))


def _rows(
    sheet: etree._Element, *, shared: list[str], days: frozenset[int], epoch: date
) -> tuple[list[list[str]], list[str]]:
    rows: list[list[str]] = []
    faults: list[str] = []
    for place, row in enumerate(_each(sheet, "row"), start=1):
        number = int(row.get("r") or place)
        cells: dict[int, str] = {}
        for after, cell in enumerate(row.iterfind("{*}c")):
            named = _CELL.fullmatch(cell.get("r") or "")
            column = _column(named[1]) if named else after
            if column >= MOST_COLUMNS:
                continue
            text, worked_out = _shown(cell, shared, days, epoch)
            if text:
                cells[column] = text[:LONGEST_CELL]
            if not worked_out:
                faults.append(cell.get("r") or f"{number}")
        if not cells:
            continue
        if len(rows) >= MOST_ROWS:
            raise _Refused("sheet-heavy")
        rows.append([cells.get(column, "") for column in range(max(cells) + 1)])
    return rows, faults


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shown(cell: etree._Element, shared: list[str], days: frozenset[int], epoch: date) -> tuple[str, bool]:
    """The text of a cell, and whether it has a value at all where it has a formula."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell), True
    stored = cell.findtext("{*}v")
    if stored is None:
        formula = cell.findtext("{*}f")
        return (f"={formula}", False) if formula else ("", True)
    if kind == "s":
        return shared[int(stored)], True
    if kind == "e":
        return stored, False
    if kind == "b":
        return "x" if stored == "1" else "", True
    if kind != "n":
        return _iso_day(stored) if kind == "d" else stored, True
    return _number(stored, is_day=int(cell.get("s", "0")) in days, epoch=epoch), True


def _iso_day(stored: str) -> str:
    year, month, day = stored[:10].split("-")
    return f"{day}/{month}/{year}"


def _number(stored: str, *, is_day: bool, epoch: date) -> str:
    """A number without exponent and with a decimal comma; a day as dd/mm/yyyy."""
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return stored
    if is_day and 1 <= number < 200_000:
        shown = epoch + timedelta(days=int(number))
        if epoch is _EPOCH and number < 60:  # Excel counts a 29 February 1900
            shown += timedelta(days=1)
        return f"{shown:%d/%m}/{shown.year:04d}"
    if abs(number.adjusted()) > 40:
        return stored
    number = Decimal(f"{number:.15g}")  # what the sheet shows, without the dust of binary fractions
    text = f"{number:f}"
    if "." not in text:
        return text
    whole, _, part = text.rstrip("0").rstrip(".").partition(".")
    if not part:
        return whole
    return f"{whole},{part}0" if len(part) == 3 else f"{whole},{part}"  # three digits alone would read as thousands
