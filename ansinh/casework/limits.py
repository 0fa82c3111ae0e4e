"""Dated service rules of the office, kept as data beside this module."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ansinh.law.deadlines import Limit, Unit


def answer_within(*, on: date) -> Limit:
    """Time an applicant has for a supplement asked on a day."""
    return limit_of("answer_within", on=on)


def limit_of(rule: str, *, on: date) -> Limit:
    """The limit a rule of limits.yaml had on a day."""
    rows = [row for row in _rules()[rule] if date.fromisoformat(row["from"]) <= on]
    newest = max(rows, key=lambda row: str(row["from"]))
    return Limit(int(newest["value"]), Unit(newest["unit"]))


def source_of(rule: str, *, on: date) -> str:
    """The text a rule rested on that day."""
    rows = [row for row in _rules()[rule] if date.fromisoformat(row["from"]) <= on]
    return str(max(rows, key=lambda row: str(row["from"]))["basis"])


@cache
def _rules() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        Path(__file__).with_name("limits.yaml").read_text(encoding="utf-8")
    )
    return loaded
