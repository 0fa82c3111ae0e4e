"""What somebody worked out before signing in opens a claim that is filled in: which answers go over, and how.

The answers travel in the address and the form of the button, never in a session: signing in in between loses nothing.
Such an address can be sent by anybody, so it fills in only what `estimated.yaml` names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PARAMETER = "tinh_thu"
"""Name of the query and form parameter."""
_LONGEST = 4_000
Answers = Mapping[str, Any]


def claim_answers(calculator: str, answers: Answers) -> dict[str, Any]:
    """The answers of the claim that these answers of a calculator give; none for a calculator that opens no claim."""
    return _filled(named_answers(calculator), answers)


def named_answers(calculator: str) -> Mapping[str, Any]:
    """For each answer of the claim where it comes from, as `estimated.yaml` has it."""
    named = _table().get(calculator)
    return named["answers"] if named else {}


def written(answers: Answers) -> str:
    """Answers as the parameter carries them; empty for none."""
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":")) if answers else ""


def answers_of_estimate(procedure: str, text: str) -> dict[str, Any]:
    """The answers that a parameter may fill in for a procedure; what is no such answer is left out."""
    try:
        given = json.loads(text) if 0 < len(text) <= _LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(given, dict):
        return {}
    known = {key: source for named in _of(procedure) for key, source in named["answers"].items()}
    return {key: _known_columns(known[key], value) for key, value in given.items() if key in known}


def _filled(named: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    found = {key: _value(source, answers) for key, source in named.items()}
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _value(source: Any, answers: Answers) -> Any:
    if isinstance(source, str):
        return answers.get(source)
    if "rows" in source:
        return [_filled(source["columns"], row) for row in answers.get(source["rows"]) or []]
    return source["words"].get(answers.get(source["from"]))


def _known_columns(source: Any, value: Any) -> Any:
    if isinstance(source, str) or "rows" not in source or not isinstance(value, list):
        return value
    return [{key: row[key] for key in source["columns"] if key in row} for row in value if isinstance(row, dict)]


def _of(procedure: str) -> Iterator[Mapping[str, Any]]:
    return (named for named in _table().values() if named["procedure"] == procedure)


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return found
