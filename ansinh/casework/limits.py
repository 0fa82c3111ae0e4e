"""Dated service rules of the office, kept as data beside this module."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ansinh.law.deadlines import Limit, Unit


def answer_within(procedure: str, *, on: date) -> Limit:
    """Time an applicant has for a supplement asked on a day: what the law says of the procedure, else of all."""
    own = f"answer_within {procedure}"
    return limit_of(own if _in_force(own, on) else "answer_within", on=on)


def limit_of(rule: str, *, on: date) -> Limit:
    """The limit a rule of limits.yaml had on a day."""
    newest = max(_in_force(rule, on), key=lambda row: str(row["from"]))
    return Limit(int(newest["value"]), Unit(newest["unit"]))


def source_of(rule: str, *, on: date) -> str:
    """The text a rule rested on that day."""
    return str(max(_in_force(rule, on), key=lambda row: str(row["from"]))["basis"])


def _in_force(rule: str, on: date) -> list[dict[str, Any]]:
    return [row for row in _rules().get(rule, ()) if date.fromisoformat(row["from"]) <= on]


@cache
def _rules() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        Path(__file__).with_name("limits.yaml").read_text(encoding="utf-8")
    )
    return loaded
