"""One cell of a spreadsheet becomes the answer of its column, or stays as it was written.

A cell is text: what a person copied, or what a workbook shows (ansinh.files.spreadsheets). Choices are known by their
value and by their words, entries of a list by code and by name, yes and no by their usual signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.eforms.definition import Field
from ansinh.eforms.read_input import read_text
from ansinh.eforms.reading import plain_text, read_date, read_month, read_year
from ansinh.law.names import search_key

EntriesOf = Callable[[Field], Iterable[tuple[str, str]]]
"""Value and name of each entry of the list a column chooses from; empty for a column without a list."""
Words = Mapping[str, str]
"""What may stand in a cell (`known_by`) → the answer."""

_YES = frozenset({"x", "co", "yes", "y", "1", "true", "v", "✓", "✔", "☑"})
_NO = frozenset({"", "khong", "no", "n", "0", "false", "-"})
_SEPARATORS = re.compile(r"[,;/\n]+")
_SHORT = re.compile(r"\s[–-]\s")
"""Between the short and the long name of a bank."""
_SIGNS = re.compile(r"[^\w]+")
_LOST_ZERO = {"id_number": 11, "si_number": 9, "phone": 9}
"""Digits that are left of a number whose zero in front a spreadsheet took away."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer of a cell; ``zero_added`` when a zero lost in front was put back."""

    value: Any
    zero_added: bool = False


def read_cell(column: Field, text: str, *, words: Words) -> Cell:
    """The answer; text that cannot be read stays as it is, for `check` to tell what is wrong with it."""
    plain = plain_text(text)
    if column.type == "bool":
        return Cell(_yes_or_no(plain))
    if not plain:
        return Cell(None)
    if column.type == "multi_choice":
        parts = [part for part in (plain_text(one) for one in _SEPARATORS.split(text)) if part]
        return Cell([words.get(known_by(part), part) for part in parts])
    if words:
        return Cell(words.get(known_by(plain), plain))
    if column.type == "date":
        return Cell(read_date(plain) or (read_year(plain) if column.year_only else None) or plain)
    if column.type == "month":
        return Cell(read_month(plain) or _month_of_day(plain) or plain)
    whole = _with_zero(column, plain)
    return Cell(read_text(column, whole), zero_added=whole != plain)


def known_by(text: str) -> str:
    """What two spellings of the same words have in common: no marks, no signs, no capitals."""
    return _SIGNS.sub(" ", search_key(text)).strip()


def _yes_or_no(text: str) -> Any:
    word = known_by(text) or text
    return True if word in _YES else False if word in _NO else text


def words_of(column: Field, entries_of: EntriesOf) -> Words:
    """The words of a column that chooses; empty for any other."""
    words: dict[str, str] = {}
    for choice in column.choices:
        for word in (choice.value, choice.label_vi, choice.label_en):
            words.setdefault(known_by(word), choice.value)
    if {choice.value for choice in column.choices} == {"yes", "no"}:
        words |= dict.fromkeys(_YES, "yes") | {sign: "no" for sign in _NO if sign}
    for value, name in () if column.choices else entries_of(column):
        for word in (value, name, _SHORT.split(name)[0]):
            words.setdefault(known_by(word), value)
    return words


def _month_of_day(text: str) -> str | None:
    """A workbook keeps a month as its first day."""
    day = read_date(text)
    return day[:7] if day else None


def _with_zero(column: Field, text: str) -> str:
    digits = _LOST_ZERO.get(column.type)
    return f"0{text}" if digits and text.isascii() and text.isdigit() and len(text) == digits else text
