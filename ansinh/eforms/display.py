"""Answers as people read them: summary page, receipt, officer's view, letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.eforms.definition import Field, Form
from ansinh.eforms.problems import upper_first
from ansinh.eforms.visibility import asked_answers, asked_columns, asked_sections, is_fact
from ansinh.law.identifiers import show_phone
from ansinh.platform.vietnamese import date_vi, money, number

NameOf = Callable[[str, str], str | None]
"""``name_of(catalogue, value)``: the name of an entry of a list kept elsewhere, if known."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: its label and its answer in words; a table has its rows in ``rows``."""

    key: str
    path: str
    label_vi: str
    label_en: str
    text_vi: str
    text_en: str
    rows: tuple[tuple[Shown, ...], ...] = ()
    row_label_vi: str = ""
    row_label_en: str = ""
    read_only: bool = False
    as_list: bool = False
    """Its rows are many: shown in pages."""


@dataclass(frozen=True, slots=True)
class ShownSection:
    """The lines of one section."""

    key: str
    title_vi: str
    title_en: str
    lines: tuple[Shown, ...]


def show_answers(form: Form, answers: Mapping[str, Any], *, name_of: NameOf | None = None) -> tuple[ShownSection, ...]:
    """Every question asked with its answer in words, section by section; empty answers as “–”."""
    asked = asked_answers(form, answers)
    return tuple(
        ShownSection(
            key=section.key,
            title_vi=section.title_vi,
            title_en=section.title_en,
            lines=tuple(_line(field, asked.get(field.key), field.key, asked, name_of) for field in section.fields),
        )
        for section in asked_sections(form, answers)
    )


def show_value(field: Field, value: Any, *, language: str = "vi", name_of: NameOf | None = None) -> str:
    """One answer in words: “56.280.000 đ”, “09/11/2026”, the label of a choice; “–” if empty."""
    if value is None or value in ("", [], {}):
        return "–"
    if field.type == "table" and isinstance(value, list):
        return _counted(field, len(value), language)
    if field.parts and isinstance(value, Mapping):
        return _joined(field, value, language, name_of)
    if field.type == "bool":
        return {"vi": ("Có", "Không"), "en": ("Yes", "No")}[language][0 if value is True else 1]
    if isinstance(value, list):
        return "; ".join(_choice(field, one, language, name_of) for one in value)
    if field.choices or field.catalogue or field.type in ("office", "facility"):
        return _choice(field, value, language, name_of)
    return _plain(field, value, language)


def date_boxes(value: object) -> tuple[str, str, str]:
    """Day, month and year for the three boxes, from an ISO day, a year or unreadable text."""
    text = str(value or "")
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        return found[3], found[2], found[1]
    if re.fullmatch(r"\d{4}", text):
        return "", "", text
    parts = text.split("/")
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    return text, "", ""


def typed_text(field: Field, value: object) -> str:
    """An answer for its input box: money with dots, days dd/mm/yyyy, unreadable text as typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if field.type in ("int", "money") and isinstance(value, int):
        return number(value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if field.type in ("date", "month", "phone"):
        return _plain(field, value, "vi")
    return str(value)


def _line(field: Field, value: Any, path: str, form: Mapping[str, Any], name_of: NameOf | None) -> Shown:
    rows: tuple[tuple[Shown, ...], ...] = ()
    if field.type == "table":
        rows = tuple(
            tuple(
                _line(column, row.get(column.key), f"{path}[{index}].{column.key}", form, name_of)
                for column in asked_columns(field, form, row)
            )
            for index, row in enumerate(value or [])
        )
    count = len(rows)
    is_table = field.type == "table"
    return Shown(
        key=field.key,
        path=path,
        label_vi=field.label_vi,
        label_en=field.label_en,
        text_vi=_counted(field, count, "vi") if is_table else show_value(field, value, name_of=name_of),
        text_en=_counted(field, count, "en") if is_table else show_value(
            field, value, language="en", name_of=name_of),
        rows=rows,
        row_label_vi=upper_first(field.row_label_vi),
        row_label_en=upper_first(field.row_label_en),
        read_only=is_fact(field, form),
        as_list=field.as_list,
    )  # fmt: skip


def _counted(field: Field, count: int, language: str) -> str:
    """How many rows a table has."""
    return f"{count} × {field.row_label_en or 'row'}" if language == "en" else f"{count} {field.row_label_vi or 'dòng'}"


def _joined(field: Field, value: Mapping[str, Any], language: str, name_of: NameOf | None) -> str:
    order = ("detail", "commune", "province") if field.type == "address" else tuple(
        part.key for part in field.parts
    )  # fmt: skip
    parts = {part.key: part for part in field.parts}
    shown = (
        show_value(parts[key], value.get(key), language=language, name_of=name_of) for key in order if value.get(key)
    )
    return (", " if field.type == "address" else " · ").join(shown) or "–"


def _choice(field: Field, value: Any, language: str, name_of: NameOf | None) -> str:
    for choice in field.choices:
        if choice.value == value:
            return choice.label_en if language == "en" else choice.label_vi
    catalogue = field.catalogue or {"office": "offices", "facility": "facilities"}.get(field.type)
    if catalogue == "genders":
        return {"male": ("Nam", "Male"), "female": ("Nữ", "Female")}.get(str(value), (str(value), str(value)))[
            language == "en"
        ]
    name = name_of(catalogue, str(value)) if name_of is not None and catalogue else None
    return name or str(value)


def _plain(field: Field, value: Any, language: str) -> str:
    text = str(value)
    if field.type == "money" and isinstance(value, int):
        return money(value)
    if field.type == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date_vi(date.fromisoformat(text))
    if field.type == "month" and re.fullmatch(r"\d{4}-\d{2}", text):
        return f"{text[5:]}/{text[:4]}"
    if field.type == "phone" and re.fullmatch(r"84\d{9}", text):
        return show_phone(text)
    if isinstance(value, int):
        text = number(value)
    elif isinstance(value, float):
        text = f"{value:g}".replace(".", ",")
    return f"{text} {field.unit_en if language == 'en' else field.unit_vi}".strip()
