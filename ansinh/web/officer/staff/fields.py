"""The questions of a form of this desk: what they are called, how they are read, how an answer is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, Literal

from django.http import QueryDict

from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.page import Option

Kind = Literal["text", "area", "date", "select", "many", "check"]
LONGEST = 500


@dataclass(frozen=True)
class Field:
    """One question; texts are in the reader's language. `first` is what the form begins with."""

    name: str
    label: str
    kind: Kind = "text"
    _: KW_ONLY
    hint: str = ""
    options: Sequence[Option] = ()
    optional: bool = False
    first: Any = ""
    width: str = "m"


def typed(fields: Sequence[Field], posted: QueryDict) -> dict[str, Any]:
    """What was typed, as the boxes show it again."""
    return {field.name: _typed(field, posted) for field in fields}


def begun(fields: Sequence[Field]) -> dict[str, Any]:
    """What the boxes show at first."""
    return {field.name: field.first for field in fields}


def read(fields: Sequence[Field], shown: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers by name (days as dates, an optional empty one None), and what is wrong by name."""
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field in fields:
        value, fault = _read(field, shown[field.name])
        answers[field.name] = value
        if fault:
            faults[field.name] = fault
    return answers, faults


def told(field: Field, value: Any) -> str:
    """An answer in words, for the page that asks to confirm."""
    names = {option.value: option.label for option in field.options}
    if field.kind == "check":
        return translate("Có") if value else translate("Không")
    if field.kind == "many":
        return "; ".join(names[one] for one in value)
    if isinstance(value, date):
        return date_vi(value)
    return names.get(value, value) or "–"


def _typed(field: Field, posted: QueryDict) -> Any:
    if field.kind == "date":
        return {part: posted.get(f"{field.name}.{part}", "").strip() for part in ("day", "month", "year")}
    if field.kind == "many":
        return posted.getlist(field.name)
    if field.kind == "check":
        return field.name in posted
    return posted.get(field.name, "").strip()[:LONGEST]


def _read(field: Field, value: Any) -> tuple[Any, str]:
    if field.kind == "date":
        return _day(field, value)
    if field.kind == "check":
        return value, ""
    allowed = {option.value for option in field.options}
    gap = translate("Xin điền mục “{label}”.", label=field.label)
    if field.kind == "many":
        value = [one for one in value if one in allowed]
        gap = translate("Xin chọn ít nhất một mục ở “{label}”.", label=field.label)
    elif field.kind == "select":
        value = value if value in allowed else ""
        gap = translate("Xin chọn trong danh sách “{label}”.", label=field.label)
    return value, "" if value or field.optional else gap


def _day(field: Field, boxes: Mapping[str, str]) -> tuple[date | None, str]:
    parts = [boxes[part] for part in ("year", "month", "day")]
    if field.optional and not any(parts):
        return None, ""
    try:
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError
        return date(*(int(part) for part in parts)), ""
    except (ValueError, OverflowError):
        return None, translate("“{label}” chưa đúng. Xin ghi đủ ngày, tháng, năm, ví dụ 05 11 2026.", label=field.label)
