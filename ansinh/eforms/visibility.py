"""Which questions are asked, given the answers so far.

A question hidden by its condition has no answer for any other condition, so hiding runs on:
what depends on a hidden question is hidden too. Definitions have no circles (parse checks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansinh.eforms.conditions import evaluate, fields_used
from ansinh.eforms.definition import Field, Form, Section

Answers = Mapping[str, Any]


def asked_keys(form: Form, answers: Answers) -> frozenset[str]:
    """Keys of the fields that are asked."""
    sight = _Sight(form, answers)
    return frozenset(
        field.key
        for section in form.sections
        for field in section.fields
        if (section.when is None and field.when is None) or sight.sees(field.key)
    )


def asked_sections(form: Form, answers: Answers) -> tuple[Section, ...]:
    """The sections with only the fields that are asked; sections left empty are dropped."""
    keys = asked_keys(form, answers)
    trimmed = (
        replace(section, fields=tuple(field for field in section.fields if field.key in keys))
        for section in form.sections
    )
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


def _asked_row(field: Field, answers: Answers, row: object) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        return {}
    keys = {column.key for column in asked_columns(field, answers, row)}
    return {key: value for key, value in row.items() if key in keys}


class _Sight:
    """Decides field by field, each once, and only after what it depends on."""

    def __init__(self, form: Form, answers: Answers) -> None:
        self._answers = answers
        self._fields = {field.key: (section, field) for section in form.sections for field in section.fields}
        self._seen: dict[str, bool] = {}

    def sees(self, key: str) -> bool:
        if key not in self._seen:
            section, field = self._fields[key]
            conditions = [when for when in (section.when, field.when) if when is not None]
            self._seen[key] = all(evaluate(when, self._visible(fields_used(when))) for when in conditions)
        return self._seen[key]

    def _visible(self, names: frozenset[str]) -> dict[str, Any]:
        heads = {name.split(".")[0] for name in names}
        return {
            head: self._answers[head]
            for head in heads
            if head in self._answers and head in self._fields and self.sees(head)
        }
