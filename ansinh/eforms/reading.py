"""Reads what people type: numbers, dates and months in their many spellings.

Each function gives the typed value, or ``None`` when the text cannot be read; the caller keeps
the text so that the page can show it again.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from decimal import Decimal, InvalidOperation

_SPACES = re.compile(r"\s+")
MOST_DIGITS = 40
"""Signs of a number with its separators; what is longer is no number of a form."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_CURRENCY = re.compile(r"(?:đồng|vnđ|vnd|đ|₫)$", re.IGNORECASE)
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})*")
_DATE = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-\s]|tháng)\s*(\d{1,2})\s*(?:[/.\-\s]|năm)\s*(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*(?:[/.\-\s]|năm)\s*(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


def plain_text(text: str) -> str:
    """One line in NFC with single spaces, without hidden direction marks and controls."""
    return _SPACES.sub(" ", _visible(_SPACES.sub(" ", unicodedata.normalize("NFC", text)))).strip()


def long_text(text: str) -> str:
    """Several lines in NFC, each trimmed at its end, without hidden direction marks and controls."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(_visible(line.expandtabs(1)).rstrip() for line in composed.split("\n")).strip()


def _visible(text: str) -> str:
    """`text` without direction marks, joiners, controls and half characters, which no screen or letter shows."""
    return "".join(character for character in text if unicodedata.category(character) not in _INVISIBLE)


def read_int(text: str) -> int | None:
    """A whole number: “1.234.567”, “1 234 567 đ”, “１２３” and “1,234,567” are all read."""
    found = _CURRENCY.sub("", _compact(text)).strip()
    found = found.replace("−", "-")
    if len(found) > MOST_DIGITS:
        return None
    if re.fullmatch(r"[+-]?\d+", found):
        return int(found)
    if _GROUPS.fullmatch(found):
        return int(re.sub(r"[.,'’ ]", "", found))
    return None


def read_decimal(text: str) -> int | float | None:
    """A number with a decimal comma (a point is accepted too), at most four decimals."""
    found = _compact(text).replace("−", "-").rstrip("%").replace(" ", "")
    if found.count(",") == 1:
        found = found.replace(".", "").replace(",", ".")
    elif found.count(".") > 1:
        found = found.replace(".", "")
    if len(found) > MOST_DIGITS:
        return None
    try:
        number = Decimal(found)
    except InvalidOperation:
        return None
    if abs(number.adjusted()) > 20 or not number.is_finite() or number != number.quantize(Decimal("0.0001")):
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def read_date(text: str) -> str | None:
    """A day as ISO text: “4/5/2026”, “04-05-2026”, “ngày 4 tháng 5 năm 2026”, “2026-05-04”."""
    parts = date_parts(text)
    if parts is None:
        return None
    day, month, year = parts
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def date_parts(text: str) -> tuple[int, int, int] | None:
    """Day, month and year as written, in the calendar or not."""
    compact = _compact(text).casefold()
    if found := _ISO_DATE.fullmatch(compact):
        year, month, day = (int(part) for part in found.groups())
        return day, month, year
    if found := _DATE.fullmatch(compact):
        day, month, year = (int(part) for part in found.groups())
        return day, month, year
    if re.fullmatch(r"\d{8}", compact):
        return int(compact[:2]), int(compact[2:4]), int(compact[4:])
    return None


def days_of_month(month: int, year: int) -> int:
    """How many days the month has."""
    return monthrange(year, month)[1]


def read_year(text: str) -> str | None:
    """A year alone."""
    compact = _compact(text)
    return compact if re.fullmatch(r"(?:19|20)\d{2}", compact) else None


def read_month(text: str) -> str | None:
    """A month as ``YYYY-MM``: “5/2026”, “tháng 5 năm 2026”, “2026-05”."""
    compact = _compact(text).casefold()
    if found := _ISO_MONTH.fullmatch(compact):
        year, month = (int(part) for part in found.groups())
    elif found := _MONTH.fullmatch(compact):
        month, year = (int(part) for part in found.groups())
    else:
        return None
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and year >= 1 else None


def _compact(text: str) -> str:
    """Compatibility form (full-width digits become plain), single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()
