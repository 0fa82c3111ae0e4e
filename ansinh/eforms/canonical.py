"""The one form of a dossier's answers that is stored, confirmed and hashed."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ansinh.eforms.definition import Field, Form
from ansinh.eforms.identifiers import PARSERS
from ansinh.eforms.visibility import asked_answers, asked_columns

_EMPTY: tuple[Any, ...] = (None, "", [], {})


def canonical(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the questions asked: hidden and empty ones dropped, text in NFC, in order.

    Meant for answers that ``check`` found no problem with; numbers that identify people are
    brought to the form of ``ansinh.law.identifiers`` (LawError on one that has none).
    """
    return canonical_asked(form, asked_answers(form, answers))


def canonical_asked(form: Form, asked: Mapping[str, Any]) -> dict[str, Any]:
    """`canonical` where the answers to the questions asked are known already."""
    return {
        field.key: value
        for field in form.fields()
        if (value := _value(field, asked.get(field.key), asked)) not in _EMPTY
    }


def digest(answers: Mapping[str, Any], papers: Iterable[Mapping[str, Any]] = ()) -> str:
    """SHA-256 (hex) of canonical answers and papers: what a confirmation is bound to.

    The order of the papers does not matter.
    """
    listed = sorted(_dump(paper) for paper in papers)
    text = _dump({"answers": answers, "papers": [json.loads(paper) for paper in listed]})
    return hashlib.sha256(text.encode()).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _value(field: Field, value: Any, answers: Mapping[str, Any]) -> Any:
    if value in _EMPTY:
        return None
    if field.type == "table":
        return [
            {
                column.key: cell
                for column in asked_columns(field, answers, row)
                if (cell := _value(column, row.get(column.key), answers)) not in _EMPTY
            }
            for row in value
        ]
    if field.parts:
        return {
            part.key: inner
            for part in field.parts
            if (inner := _value(part, value.get(part.key), answers)) not in _EMPTY
        }
    if field.type == "multi_choice":
        chosen = set(value)
        known = [choice.value for choice in field.choices if choice.value in chosen]
        return known or sorted(chosen)
    if field.type in PARSERS:
        return PARSERS[field.type](str(value))
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
