"""What a post changes in the answers: a whole section, or one box that was just left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.lists import is_entry
from ansinh.eforms.definition import Field, Form, Section
from ansinh.eforms.problems import Problem
from ansinh.eforms.read_input import read_answers
from ansinh.eforms.visibility import asked_columns, asked_keys, is_fact
from ansinh.platform.language import current, pick, translate
from ansinh.web.citizen.field_view import month_boxes, rows_of

Posted = Mapping[str, Sequence[str]]
UNANSWERED = frozenset({"missing", "choice-missing", "rows-missing", "fact-missing", "not-agreed"})
"""Codes of problems that only say that nothing was answered yet."""
_CELL = re.compile(r"(?P<table>[a-z_0-9]+)\[(?P<index>\d{1,4})\]\.(?P<rest>.+)")


def of_section(form: Form, section: Section, posted: Posted, *, on: date) -> dict[str, Any]:
    """The answers of a section as posted; a commune of another province than the one chosen is dropped."""
    read = read_answers(form, posted, section=section)
    return {key: _fitting(form.field(key), value, on) for key, value in read.items()}


def of_one_box(form: Form, answers: Mapping[str, Any], posted: Posted, path: str, *, on: date) -> dict[str, Any]:
    """The answer that one changed box alters, laid into what was there; empty for an unknown path."""
    key = root_key(path)
    field = next((one for one in form.fields() if one.key == key and not is_fact(one, answers)), None)
    if field is None:
        return {}
    if field.type == "table":
        rows = _with_cell(field, answers.get(key), posted, path)
        return {} if rows is None else {key: rows}
    return {key: _fitting(field, _laid_in(field, answers.get(key), posted, path), on)}


def _laid_in(field: Field, old: Any, posted: Posted, path: str) -> Any:
    """The value of `field` (whose names begin with `path`'s first part) after one of its boxes changed."""
    section = Section("one", "", "", (field,))
    read = read_answers(Form((section,)), posted, section=section).get(field.key)
    if field.type == "month":
        return _month(field, old, posted, read)
    if not field.parts:
        return read
    part = path.split(".")[1] if "." in path else ""
    kept = {name: value for name, value in old.items() if name != part} if isinstance(old, Mapping) else {}
    return {**kept, **(read or {})}


def _month(field: Field, old: Any, posted: Posted, read: Any) -> Any:
    """Month and year come one by one; the other box is what it was."""
    given = {part: (posted.get(f"{field.key}.{part}") or [""])[-1].strip() for part in ("month", "year")}
    boxes = month_boxes(old)
    both = {part: given[part] if f"{field.key}.{part}" in posted else boxes[part] for part in ("month", "year")}
    section = Section("one", "", "", (field,))
    whole = {f"{field.key}.{part}": [text] for part, text in both.items()}
    return read_answers(Form((section,)), whole, section=section).get(field.key) if any(both.values()) else read


def _with_cell(field: Field, old: Any, posted: Posted, path: str) -> list[dict[str, Any]] | None:
    found = _CELL.fullmatch(path)
    if found is None:
        return None
    index, rest = int(found["index"]), found["rest"]
    column = next((one for one in field.columns if one.key == root_key(rest)), None)
    rows = [dict(row) if isinstance(row, Mapping) else {} for row in rows_of(field, old)]
    if column is None or index > len(rows):
        return None
    if index == len(rows):
        rows.append({})
    prefix = f"{field.key}[{index}]."
    inner = {name.removeprefix(prefix): values for name, values in posted.items() if name.startswith(prefix)}
    value = _laid_in(column, rows[index].get(column.key), inner, rest)
    rows[index] = {key: cell for key, cell in rows[index].items() if key != column.key}
    if value not in (None, "", {}):
        rows[index][column.key] = value
    return rows


def _fitting(field: Field, value: Any, on: date) -> Any:
    if field.type != "address" or not isinstance(value, dict) or not value.get("commune"):
        return value
    if is_entry("communes", str(value["commune"]), on=on, within=str(value.get("province") or "")):
        return value
    return {key: part for key, part in value.items() if key != "commune"}


def shown_paths(form: Form, section: Section, answers: Mapping[str, Any]) -> frozenset[str]:
    """The boxes of a section that are on the page with these answers."""
    keys, paths = asked_keys(form, answers), set()
    for field in section.fields:
        if field.key not in keys:
            continue
        paths.add(field.key)
        value = answers.get(field.key)
        if field.type == "table" and not field.as_list:
            for index, row in enumerate(rows_of(field, value)):
                paths |= {f"{field.key}[{index}].{column.key}" for column in asked_columns(field, answers, row)}
        if field.type == "address" and isinstance(value, Mapping) and value.get("province"):
            paths.add(f"{field.key}.commune")
    return frozenset(paths)


def is_answered(answers: Mapping[str, Any], path: str) -> bool:
    """Whether the box at a path holds anything."""
    value: Any = answers
    for step in re.findall(r"[a-z_0-9]+", path):
        if isinstance(value, list):
            value = value[int(step)] if int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value not in (None, "", [], {})


def sentence(problem: Problem) -> str:
    """The problem in the reader's language."""
    return problem.sentence_in(current(), translate)


def errors_by_path(problems: Sequence[Problem]) -> dict[str, str]:
    """The first sentence for each box."""
    errors: dict[str, str] = {}
    for problem in problems:
        errors.setdefault(problem.path, sentence(problem))
    return errors


def summary(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Lines of the error summary: which box, then what is wrong, unless the sentence names the box itself."""
    first = {problem.path: problem for problem in reversed(problems)}
    return [{"path": path, "text": _named(first[path], text)} for path, text in errors_by_path(problems).items()]


def _named(problem: Problem, text: str) -> str:
    label, row = pick(problem, "label"), pick(problem, "row")
    if row.endswith(label) and label:  # “Dòng 17, cột Ngày sinh” names the box already
        return f"{row}: {text}"
    named = text if not label or label.casefold() in text.casefold() else f"{label}: {text}"
    return f"{row}. {named}" if row else named
