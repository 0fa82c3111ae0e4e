"""Checks one answer that was given: its form, its limits, its place in the calendar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ansinh.eforms.check_date import check_date, check_month
from ansinh.eforms.definition import Field
from ansinh.eforms.identifiers import PARSERS
from ansinh.eforms.problems import Problem, Words, problem_at
from ansinh.law.errors import LawError
from ansinh.law.names import parse_name
from ansinh.platform.vietnamese import money, number

DEFAULT_LENGTH = {"text": 200, "long_text": 2000}
LARGEST_MONEY = 999_999_999_999


def check_value(field: Field, value: Any, *, path: str, around: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """The problems of a given value; ``around`` holds the other answers of form and row."""
    if field.type == "date":
        yield from check_date(field, value, path=path, around=around, today=today)
    elif field.type == "month":
        yield from check_month(field, value, path=path, around=around, today=today)
    elif field.type in PARSERS:
        yield from _check_identifier(field, value, path)
    else:
        yield from _CHECKS[field.type](field, value, path, around)


def _check_identifier(field: Field, value: Any, path: str) -> Iterator[Problem]:
    yield from _refusal(lambda: PARSERS[field.type](str(value)), field, path)


def _refusal(parse: Callable[[], object], field: Field, path: str) -> Iterator[Problem]:
    """The sentence of the law's own parser when it refuses."""
    try:
        parse()
    except LawError as refusal:
        yield Problem(
            path=path,
            code=refusal.code,
            message=_literal(refusal.message_vi),
            message_en=_literal(refusal.message_en),
            label_vi=field.label_vi,
            label_en=field.label_en,
        )


def _check_number(field: Field, value: Any, path: str, around: Mapping[str, Any]) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        yield problem_at(
            path, field, "not-a-number",
            "“{text}” chưa đọc được thành số. Xin nhập {label} bằng chữ số, ví dụ {example}.",
            text=str(value), example="1.234.567" if field.type == "money" else "12",
        )  # fmt: skip
        return
    minimum = 0 if field.minimum is None else field.minimum
    maximum = LARGEST_MONEY if field.maximum is None else field.maximum
    if value < minimum:
        yield problem_at(
            path, field, "too-small",
            "{Label} là {value}, nhỏ hơn mức thấp nhất {limit}. Xin xem lại {source}.",
            value=show_number(field, value), limit=show_number(field, minimum),
        )  # fmt: skip
    elif value > maximum:
        yield problem_at(
            path, field, "too-large",
            "{Label} là {value}, lớn hơn mức cao nhất {limit}. Xin xem lại {source}.",
            value=show_number(field, value), limit=show_number(field, maximum),
        )  # fmt: skip
    other = around.get(field.at_most_field) if field.at_most_field else None
    if isinstance(other, (int, float)) and value > other:
        yield problem_at(
            path, field, "more-than-whole",
            "{Label} là {value}, nhiều hơn tổng số {whole}. Xin xem lại {source}.",
            value=show_number(field, value), whole=show_number(field, other),
        )  # fmt: skip


def show_number(field: Field, value: float) -> str:
    """A number with Vietnamese separators and the field's unit."""
    if field.type == "money":
        return money(int(value))
    text = number(value) if isinstance(value, int) else f"{value:g}".replace(".", ",")
    return f"{text} {field.unit_vi}".strip()


def _check_text(field: Field, value: Any, path: str, _around: Mapping[str, Any]) -> Iterator[Problem]:
    text = str(value)
    longest = field.max_length or DEFAULT_LENGTH.get(field.type, 200)
    if len(text) > longest:
        yield problem_at(
            path, field, "too-long",
            "{Label} dài {count} ký tự, ô này nhận nhiều nhất {most}. Xin viết gọn lại.",
            count=len(text), most=longest,
        )  # fmt: skip
        return
    compact = re.sub(r"[\s.\-]", "", text)
    if field.pattern and not re.fullmatch(field.pattern, compact):
        yield problem_at(
            path, field, "wrong-form",
            "“{text}” chưa đúng dạng. {rule}. Xin xem lại {source}.",
            text=text,
            rule=Words(
                field.pattern_hint_vi or f"{field.label_vi} cần đúng mẫu",
                field.pattern_hint_en or f"{field.label_en} needs its usual form",
            ),
        )  # fmt: skip
    if _is_a_name(field):
        yield from _refusal(lambda: parse_name(text), field, path)
    elif word := next((word for word in text.split() if _mixes_scripts(word)), ""):
        yield problem_at(
            path, field, "letters-of-two-scripts",
            "Từ “{word}” có chữ trông giống chữ Latinh nhưng thuộc bảng chữ khác. Xin xóa rồi gõ lại từ này.",
            word=word,
        )  # fmt: skip


def _is_a_name(field: Field) -> bool:
    return field.key in ("full_name", "holder") or field.key.endswith("_name")


def _mixes_scripts(word: str) -> bool:
    """A Latin word with a Cyrillic or Greek letter in it looks right, is found by no search and prints wrongly."""
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


def _check_choice(field: Field, value: Any, path: str, _around: Mapping[str, Any]) -> Iterator[Problem]:
    offered = {choice.value for choice in field.choices}
    given = value if isinstance(value, list) else [value]
    for one in given:
        if not isinstance(one, str) or (offered and one not in offered):
            yield problem_at(
                path, field, "choice-unknown",
                "“{text}” không có trong các ý của “{Label}”. Xin chọn lại một ý có sẵn.",
                text=str(one),
            )  # fmt: skip
            return


def _check_facility(field: Field, value: Any, path: str, around: Mapping[str, Any]) -> Iterator[Problem]:
    """One of a list where there is one; without a list its name in words."""
    yield from (_check_choice if field.choices else _check_text)(field, value, path, around)


_CHECKS: dict[str, Callable[[Field, Any, str, Mapping[str, Any]], Iterator[Problem]]] = {
    "int": _check_number,
    "money": _check_number,
    "decimal": _check_number,
    "text": _check_text,
    "long_text": _check_text,
    "choice": _check_choice,
    "multi_choice": _check_choice,
    "office": _check_choice,
    "facility": _check_facility,
}


def _literal(sentence: str) -> str:
    """A finished sentence as a msgid: braces in it are text, not placeholders."""
    return sentence.replace("{", "{{").replace("}", "}}")
