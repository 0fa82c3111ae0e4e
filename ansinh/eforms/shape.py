"""Raw answers as a program sent them, brought to the shape of the form: text cleaned, strange members dropped.

A page's own reading (`read_input`) gives answers of this shape already. What is wrong *inside* the shape is not decided
here: it stays as it was typed and `check` tells it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansinh.eforms.definition import Field
from ansinh.eforms.reading import long_text, plain_text
from ansinh.platform.errors import Invalid

MOST_ROWS = 1000
"""Rows of one table that are read at all; `max_rows` of a field is told beside the table."""


def shaped(field: Field, value: Any, *, path: str = "") -> Any:
    """`value` in the shape of the field. Raises Invalid (`answer-wrong-shape`, `too-many-rows`) with the path."""
    path = path or field.key
    if value is None:
        return None
    if field.type == "table":
        return _rows(field, value, path)
    if field.parts:
        if not isinstance(value, Mapping):
            raise _wrong(path)
        return _members(field.parts, value, path)
    if field.type == "multi_choice":
        if not isinstance(value, list):
            raise _wrong(path)
        return [_text(field, one, path) for one in value[:MOST_ROWS]]
    if field.type == "bool" and isinstance(value, bool):
        return value
    if field.type in ("int", "money", "decimal") and isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return _text(field, value, path)


def _rows(field: Field, value: Any, path: str) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise _wrong(path)
    if len(value) > MOST_ROWS:
        raise Invalid(
            "too-many-rows",
            "Mục “{path}” có {count} dòng, nhiều hơn {most} dòng nhận được. Xin chia ra nhiều hồ sơ.",
            path=path,
            count=len(value),
            most=MOST_ROWS,
        )
    for index, row in enumerate(value):
        if not isinstance(row, Mapping):
            raise _wrong(f"{path}[{index}]")
    return [_members(field.columns, row, f"{path}[{index}]") for index, row in enumerate(value)]


def _members(fields: tuple[Field, ...], given: Mapping[str, Any], path: str) -> dict[str, Any]:
    return {one.key: shaped(one, given[one.key], path=f"{path}.{one.key}") for one in fields if one.key in given}


def _text(field: Field, value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise _wrong(path)
    return long_text(value) if field.type == "long_text" else plain_text(value)


def _wrong(path: str) -> Invalid:
    return Invalid(
        "answer-wrong-shape",
        "Câu trả lời “{path}” không đúng kiểu dữ liệu. Xin xem lược đồ JSON của biểu mẫu.",
        path=path,
    )
