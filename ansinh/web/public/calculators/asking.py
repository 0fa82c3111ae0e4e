"""The form of a calculator in an address: what was given, what is wrong with it, and the address to pass on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from ansinh.dossiers.prefill import prefill
from ansinh.eforms.definition import Field
from ansinh.eforms.problems import Problem
from ansinh.eforms.read_input import read_answers
from ansinh.eforms.validate import check
from ansinh.eforms.visibility import asked_answers, asked_keys
from ansinh.web.public.calculators.calculator import Calculator

Given = Mapping[str, Sequence[str]]
UNANSWERED = frozenset({"missing", "choice-missing", "rows-missing"})
MOST_PARAMETERS, LONGEST_VALUE = 120, 60
_ROW = re.compile(r"([a-z_]+)\[(\d{1,3})\]")


@dataclass(frozen=True)
class Asked:
    """The state of a form. `fresh`: questions that only now appeared; `changing`: a row was added or removed."""

    answers: Mapping[str, Any]
    sources: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    fresh: bool = False
    changing: bool = False
    given: bool = False

    @property
    def ready(self) -> bool:
        """Whether the answers can be worked with."""
        return self.given and not (self.problems or self.fresh or self.changing)


def asked(calculator: Calculator, given: Given, *, account_id: UUID | None, today: date) -> Asked:
    """Read the address; an empty one gives the prefilled form."""
    form = calculator.form
    known = _own(calculator, given)
    if not known and not _pressed(given):
        filled = prefill(form, account_id=account_id, on=today)
        answers = {key: _as_asked(form.field(key), value) for key, value in filled.answers.items()}
        return Asked({**_first_rows(calculator), **calculator.initial, **answers}, filled.sources)
    answers = {**_rows_kept(calculator), **read_answers(form, known)}
    if not _pressed(given):
        answers |= {one.key: [row for row in answers[one.key] if row] for one in _tables(calculator)}
    if _pressed(given):
        return Asked(_with_rows(calculator, answers, given), changing=True, given=True)
    keys = asked_keys(form, answers)
    answered = {name.split(".")[0].split("[")[0] for name in known}
    problems = [one for one in check(form, answers, today=today) if root_of(one.path) in keys]
    fresh = [one for one in problems if one.code in UNANSWERED and root_of(one.path) not in answered]
    if len(fresh) == len(problems):
        problems = []
    else:  # a box that was not in the page is no fault; a choice nobody made is sent by no browser, so it may be one
        problems = [one for one in problems if one.code != "missing" or one not in fresh]
    return Asked(asked_answers(form, answers), problems=problems, fresh=bool(fresh) and not problems, given=True)


def shareable(calculator: Calculator, given: Given) -> str:
    """The query with the inputs alone: no empty box, nothing the form does not ask."""
    known = _own(calculator, given)
    return urlencode([(name, value) for name, values in known.items() for value in values if value.strip()])


def _own(calculator: Calculator, given: Given) -> dict[str, list[str]]:
    """The parameters that are boxes of the form, each short, not too many."""
    keys = {one.key for one in calculator.form.fields()}
    known = {
        name: [value[:LONGEST_VALUE] for value in values] for name, values in given.items() if root_of(name) in keys
    }
    return dict(list(known.items())[:MOST_PARAMETERS])


def _pressed(given: Given) -> bool:
    return "_add" in given or "_remove" in given


def root_of(path: str) -> str:
    """The question that a path lies in: `relatives` of `relatives[0].birth`."""
    return path.split(".")[0].split("[")[0]


def _as_asked(asked_field: Field, value: Any) -> Any:
    """A fact of a register in the form of the question: a day for a month is its month."""
    return str(value)[:7] if asked_field.type == "month" and value else value


def _tables(calculator: Calculator) -> list[Field]:
    return [one for one in calculator.form.fields() if one.type == "table"]


def _first_rows(calculator: Calculator) -> dict[str, Any]:
    return {one.key: [{}] * max(1, one.min_rows) for one in _tables(calculator)}


def _rows_kept(calculator: Calculator) -> dict[str, Any]:
    return {one.key: [] for one in _tables(calculator)}


def _with_rows(calculator: Calculator, answers: Mapping[str, Any], given: Given) -> dict[str, Any]:
    """The answers with one row more or one less, within the most the table takes."""
    changed = dict(answers)
    tables = {one.key: one for one in _tables(calculator)}
    table = tables.get((given.get("_add") or [""])[-1])
    if table is not None and len(changed[table.key]) < (table.max_rows or 1):
        changed[table.key] = [*changed[table.key], {}]
    found = _ROW.fullmatch((given.get("_remove") or [""])[-1])
    if found and found[1] in tables:
        rows = list(changed[found[1]])
        if int(found[2]) < len(rows) > 1:
            del rows[int(found[2])]
        changed[found[1]] = rows
    return changed
