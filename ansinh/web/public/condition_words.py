"""A condition of a paper or a time limit, said as a person would: “Hình thức điều trị” là “Nội trú”."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.eforms.conditions import Condition, Group, Test
from ansinh.eforms.definition import Field, Form
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi, number

COMPARISONS = {
    "before": "“{label}” trước {value}",
    "on_or_before": "“{label}” đến hết {value}",
    "after": "“{label}” sau {value}",
    "on_or_after": "“{label}” từ {value}",
    "at_least": "“{label}” từ {value} trở lên",
    "at_most": "“{label}” không quá {value}",
    "less_than": "“{label}” dưới {value}",
    "more_than": "“{label}” trên {value}",
}


def in_words(condition: Condition, form: Form) -> str:
    """The condition as a clause that follows “khi”."""
    if isinstance(condition, Group):
        return _group(condition, form)
    field = field_of(form, condition.field)
    label = pick(field, "label") if field else condition.field
    if condition.comparison == "given":
        return (
            translate("có khai “{label}”", label=label)
            if condition.value
            else translate("không khai “{label}”", label=label)
        )
    if condition.comparison in ("equals", "in"):
        return _chosen(condition, field, label)
    return translate(COMPARISONS[condition.comparison], label=label, value=_shown(condition.value))


def field_of(form: Form, key: str) -> Field | None:
    """The question of this key, also a column of a table."""
    for field in form.fields():
        if field.key == key:
            return field
        found = next((column for column in field.columns if column.key == key), None)
        if found is not None:
            return found
    return None


def still_open(condition: Condition, known: Mapping[str, Any]) -> Condition | bool:
    """What is left of a condition once some answers are known: true, false, or the rest of it."""
    if isinstance(condition, Group):
        return _open_group(condition, known)
    if condition.field not in known or condition.comparison not in ("equals", "in"):
        return condition
    wanted = condition.value if condition.comparison == "in" else [condition.value]
    return known[condition.field] in wanted


def _open_group(group: Group, known: Mapping[str, Any]) -> Condition | bool:
    parts = [still_open(part, known) for part in group.parts]
    if group.joint == "not":
        inner = parts[0]
        return not inner if isinstance(inner, bool) else Group("not", (inner,))
    decides = group.joint == "any"
    if decides in parts:
        return decides
    rest = tuple(part for part in parts if not isinstance(part, bool))
    if not rest:
        return not decides
    return rest[0] if len(rest) == 1 else Group(group.joint, rest)


def _group(group: Group, form: Form) -> str:
    said = [in_words(part, form) for part in group.parts]
    if group.joint == "not":
        return translate("không phải khi {clause}", clause=said[0])
    return (translate(" và ") if group.joint == "all" else translate(", hoặc ")).join(said)


def _chosen(test: Test, field: Field | None, label: str) -> str:
    values = test.value if test.comparison == "in" else [test.value]
    if values == ["yes"]:
        return translate("“{label}”", label=label)
    if values == ["no"]:
        return translate("không phải “{label}”", label=label)
    choices = {choice.value: pick(choice, "label") for choice in field.choices} if field else {}
    named = [f"“{choices.get(str(value), _shown(value))}”" for value in values]
    return translate("“{label}” là {values}", label=label, values=translate(" hoặc ").join(named))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return translate("Có") if value else translate("Không")
    if isinstance(value, int):
        return number(value)
    try:
        return date_vi(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
