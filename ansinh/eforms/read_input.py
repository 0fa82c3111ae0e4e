"""A posted form becomes raw answers: typed where readable, the person's own text where not.

Names: ``phone``, ``bank_account.number``, ``birth.day`` ``birth.month`` ``birth.year`` (or
``birth`` in one box), ``children[0].date_of_birth.day``. ``children[0].remove`` drops a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ansinh.eforms.definition import Field, Form, Section
from ansinh.eforms.identifiers import PARSERS
from ansinh.eforms.reading import (
    long_text,
    plain_text,
    read_date,
    read_decimal,
    read_int,
    read_month,
    read_year,
)
from ansinh.eforms.shape import MOST_ROWS
from ansinh.law.errors import LawError

Posted = Mapping[str, Sequence[str]]
_TRUE = frozenset({"1", "true", "on", "yes", "co", "có"})


def read_answers(form: Form, posted: Posted, *, section: Section | None = None) -> dict[str, Any]:
    """The answers found in ``posted``.

    With ``section`` only its fields are read, and its unticked boxes count as answered “no”.
    Facts of a register (``read_only``) are never taken from a post; which of them are typed in this case
    (``typed_when``) decides who keeps the answers.
    """
    fields = section.fields if section is not None else tuple(form.fields())
    answers: dict[str, Any] = {}
    for field in fields:
        if field.read_only and field.typed_when is None:
            continue
        if _is_posted(field.key, posted):
            answers[field.key] = _read(field, field.key, posted)
        elif section is not None and field.type == "bool":
            answers[field.key] = False
        elif section is not None and field.type == "multi_choice":
            answers[field.key] = []
    return answers


def _is_posted(name: str, posted: Posted) -> bool:
    return any(key == name or key.startswith((f"{name}.", f"{name}[")) for key in posted)


def _read(field: Field, name: str, posted: Posted) -> Any:
    if field.type == "table":
        return _read_rows(field, name, posted)
    if field.parts:
        return {
            part.key: value
            for part in field.parts
            if (value := _read(part, f"{name}.{part.key}", posted)) not in (None, "")
        }
    if field.type == "multi_choice":
        return [value for value in map(plain_text, posted.get(name, ())) if value]
    if field.type == "date":
        return _read_date(field, name, posted)
    if field.type == "month":
        return _read_month(name, posted)
    return read_text(field, _last(posted, name))


def read_text(field: Field, text: str) -> Any:
    """One box of the field's type: the typed value, the text as it is, or None when empty."""
    if field.type == "bool":
        return plain_text(text).casefold() in _TRUE
    if field.type == "long_text":
        return long_text(text) or None
    plain = plain_text(text)
    if not plain:
        return None
    if field.type in ("int", "money"):
        number = read_int(plain)
        return plain if number is None else number
    if field.type == "decimal":
        found = read_decimal(plain)
        return plain if found is None else found
    if field.type in PARSERS:
        return _normal(field.type, plain)
    return plain


def _normal(kind: str, text: str) -> str:
    try:
        return PARSERS[kind](text)
    except LawError:
        return text


def _read_date(field: Field, name: str, posted: Posted) -> str | None:
    day, month, year = (plain_text(_last(posted, f"{name}.{p}")) for p in ("day", "month", "year"))
    whole = plain_text(_last(posted, name))
    if not whole and day and not month and not year:
        whole = day  # a whole date pasted into the first box
    if whole:
        return read_date(whole) or (read_year(whole) if field.year_only else None) or whole
    if not (day or month or year):
        return None
    if year and not day and not month and field.year_only:
        return read_year(year) or year
    text = f"{day}/{month}/{year}"
    return read_date(text) or text


def _read_month(name: str, posted: Posted) -> str | None:
    month, year = (plain_text(_last(posted, f"{name}.{part}")) for part in ("month", "year"))
    text = plain_text(_last(posted, name)) or (f"{month}/{year}" if month or year else "")
    return (read_month(text) or text) if text else None


def _read_rows(field: Field, name: str, posted: Posted) -> list[dict[str, Any]]:
    pattern = re.compile(rf"{re.escape(name)}\[(\d{{1,6}})\]")
    indexes = sorted({int(found[1]) for key in posted if (found := pattern.match(key))})
    rows: list[dict[str, Any]] = []
    for index in indexes[:MOST_ROWS]:
        prefix = f"{name}[{index}]"
        if _last(posted, f"{prefix}.remove"):
            continue
        row = {
            column.key: _read(column, f"{prefix}.{column.key}", posted)
            for column in field.columns
            if _is_posted(f"{prefix}.{column.key}", posted)
        }
        rows.append({key: value for key, value in row.items() if value not in (None, "")})
    return rows


def _last(posted: Posted, name: str) -> str:
    values = posted.get(name) or ()
    return str(values[-1]) if values else ""
