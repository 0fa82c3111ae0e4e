"""What a closed counter means for a form: nothing is offered there, post and online always remain (R-142, R-146)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.eforms.definition import Field, Form
from ansinh.eforms.problems import Problem, problem_at
from ansinh.offices.counters import pause_of
from ansinh.offices.models import CounterPause

AT_COUNTER = frozenset({"in_person", "counter", "appointment"})
"""Choices of forms that need an open counter."""


def office_chosen(answers: Mapping[str, Any]) -> str:
    """The office a form goes to, or empty."""
    return str(answers.get("receiving_office") or answers.get("chosen_office") or "")


def needs_counter(field: Field) -> bool:
    """Whether one of the choices of a field happens at a counter."""
    return any(choice.value in AT_COUNTER for choice in field.choices)


def closed_for(answers: Mapping[str, Any], *, on: date) -> CounterPause | None:
    """The pause of the counter of the chosen office, while it is closed."""
    chosen = office_chosen(answers)
    return pause_of(chosen, on=on) if chosen else None


def check_counters(form: Form, asked: Mapping[str, Any], *, on: date) -> list[Problem]:
    """A problem for each answer that wants a counter which is closed; asks nothing where no answer does.

    `asked` are the answers to the questions that are asked (`eforms.visibility`).
    """
    wanting = [
        field
        for field in form.fields()
        if field.key in asked and needs_counter(field) and asked[field.key] in AT_COUNTER
    ]
    if not wanting or closed_for(asked, on=on) is None:
        return []
    return [
        problem_at(
            field.key, field, "counter-closed",
            "Quầy của cơ quan đã chọn đang tạm dừng nhận trực tiếp. Xin chọn nhận bản điện tử hoặc qua bưu điện.",
        )
        for field in wanting
    ]  # fmt: skip
