"""Which questions are asked, given the answers so far.

A question hidden by its condition has no answer for any other condition, so hiding runs on:
what depends on a hidden question is hidden too. Definitions have no circles (parse checks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ansinh.eforms.conditions import Condition, evaluate, fields_used
from ansinh.eforms.definition import Field, Form, Section

Answers = Mapping[str, Any]


def asked_keys(form: Form, answers: Answers) -> frozenset[str]:
    """Keys of the fields that are asked."""
    plan = _plan_of(form)
    keys = set(plan.always)
    visible = {key: value for key, value in answers.items() if key in plan.always}
    for key, conditions in plan.conditional:
        if all(evaluate(when, visible) for when in conditions):
            keys.add(key)
            if key in answers:
                visible[key] = answers[key]
    return frozenset(keys)


def is_fact(field: Field, answers: Answers) -> bool:
    """Whether a register gives the answer: it is shown, and nobody types it."""
    return field.read_only and not (field.typed_when is not None and evaluate(field.typed_when, answers))


def asked_sections(form: Form, answers: Answers) -> tuple[Section, ...]:
    """The sections with only the fields that are asked; sections left empty are dropped."""
    return sections_asked(form, asked_keys(form, answers))


def sections_asked(form: Form, keys: frozenset[str]) -> tuple[Section, ...]:
    """`asked_sections` when the keys of what is asked are known already."""
    trimmed = (_trimmed(section, keys) for section in form.sections)
    return tuple(section for section in trimmed if section.fields)


def asked_answers(form: Form, answers: Answers) -> dict[str, Any]:
    """The answers to the questions that are asked; hidden ones are left out, in rows too."""
    return answers_asked(form, answers, asked_keys(form, answers))


def answers_asked(form: Form, answers: Answers, keys: frozenset[str]) -> dict[str, Any]:
    """`asked_answers` when the keys of what is asked are known already."""
    top = {key: answers[key] for key in answers if key in keys}
    for field in form.fields():
        rows = top.get(field.key)
        if field.type == "table" and isinstance(rows, list):
            top[field.key] = [_asked_row(field, top, row) for row in rows]
    return top


def asked_columns(field: Field, answers: Answers, row: Answers) -> tuple[Field, ...]:
    """The columns of a table that are asked in this row; ``answers`` are those of the form."""
    seen: dict[str, bool] = {}
    columns = {column.key: column for column in field.columns}

    def sees(key: str) -> bool:
        if key not in seen:
            when = columns[key].when
            if when is None:
                seen[key] = True
            else:
                own = {name: sees(name) for name in fields_used(when) if name in columns}
                # A column not asked counts as unanswered even if the form has a field of its name.
                visible = {name: row.get(name) if shown else None for name, shown in own.items()}
                seen[key] = evaluate(when, answers, visible)
        return seen[key]

    return tuple(column for column in field.columns if sees(column.key))


def _trimmed(section: Section, keys: frozenset[str]) -> Section:
    fields = tuple(field for field in section.fields if field.key in keys)
    return section if len(fields) == len(section.fields) else replace(section, fields=fields)


def _asked_row(field: Field, answers: Answers, row: object) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        return {}
    keys = {column.key for column in asked_columns(field, answers, row)}
    return {key: value for key, value in row.items() if key in keys}


@dataclass(frozen=True, slots=True)
class _Plan:
    """The questions of a form in an order in which each is decided after what it depends on."""

    form: Form
    always: frozenset[str]
    conditional: tuple[tuple[str, tuple[Condition, ...]], ...]


_plans: dict[int, _Plan] = {}
"""Plans by the identity of their form, which the plan keeps alive: forms are few and read once."""


def _plan_of(form: Form) -> _Plan:
    known = _plans.get(id(form))
    if known is None or known.form is not form:
        known = _plans[id(form)] = _make_plan(form)
    return known


def _make_plan(form: Form) -> _Plan:
    conditions = {
        field.key: tuple(when for when in (section.when, field.when) if when is not None)
        for section in form.sections
        for field in section.fields
    }
    order: dict[str, tuple[Condition, ...]] = {}

    def place(key: str) -> None:
        if key in order or not conditions.get(key):
            return
        for when in conditions[key]:
            for name in fields_used(when):
                place(name.split(".")[0])
        order[key] = conditions[key]

    for key in conditions:
        place(key)
    return _Plan(form, frozenset(key for key, whens in conditions.items() if not whens), tuple(order.items()))
