"""The tables of a claim file, stay by stay: summary (XML1), drugs (XML2), services and supplies (XML3)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from ansinh.platform.errors import Invalid
from ansinh.platform.xml import parse

ROWS: Final = {"XML1": "TONG_HOP", "XML2": "CHI_TIET_THUOC", "XML3": "CHI_TIET_DVKT"}
"""Table → element of one of its rows."""
Row = Mapping[str, str]


@dataclass(frozen=True)
class Stay:
    """One visit or stay in bed: its place in the file and its rows by table; cells as they are written."""

    number: int
    tables: Mapping[str, tuple[Row, ...]]
    unreadable: tuple[str, ...] = ()

    @property
    def summary(self) -> Row:
        """The one row of XML1."""
        return self.tables["XML1"][0]

    @property
    def left_on(self) -> date | None:
        """The day the patient left; its rules hold for the stay."""
        moment = time_of(self.summary.get("NGAY_RA", ""))
        return moment.date() if moment else None


def stays(root: etree._Element) -> Iterator[Stay]:
    """The stays of a file whose envelope has been read (`read`)."""
    for number, hoso in enumerate(root.iterfind(".//HOSO"), start=1):
        tables: dict[str, tuple[Row, ...]] = dict.fromkeys(ROWS, ())
        unreadable = []
        for file in hoso.iterfind("FILEHOSO"):
            kind = (file.findtext("LOAIHOSO") or "").strip()
            if kind in ROWS:
                found = content_of(file)
                if found is None and (file.findtext("NOIDUNGFILE") or "").strip():
                    unreadable.append(kind)
                tables[kind] += () if found is None else tuple(_rows(found, ROWS[kind]))
        if tables["XML1"]:
            yield Stay(number, tables, tuple(unreadable))


def content_of(file: etree._Element) -> etree._Element | None:
    """The table of a FILEHOSO, in base64 or written out; None when it is empty or cannot be read."""
    content = file.find("NOIDUNGFILE")
    if content is None:
        return None
    if len(content):
        inline: etree._Element = content[0]
        return inline
    try:
        written = base64.b64decode("".join((content.text or "").split()), validate=True)
        return parse(written) if written else None
    except (binascii.Error, Invalid):
        return None


def amount_of(text: str) -> Decimal | None:
    """A number as the standard writes it, or None."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def time_of(text: str) -> datetime | None:
    """A moment as the standard writes it (yyyyMMddHHmm), local; None for anything else."""
    written = text.strip()
    if len(written) != 12 or not written.isdigit():
        return None
    try:
        return datetime.strptime(written, "%Y%m%d%H%M")  # noqa: DTZ007 (compared with its like only)
    except ValueError:
        return None


def _rows(table: etree._Element, element: str) -> Iterator[Row]:
    for row in [table] if table.tag == element else table.iter(element):
        yield {str(cell.tag): (cell.text or "").strip() for cell in row if isinstance(cell.tag, str)}
