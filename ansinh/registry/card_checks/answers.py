"""The answers a card check has, and how often one may ask: answers.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ansinh.people.dated_rules import newest


@dataclass(frozen=True)
class Answer:
    """One answer by its code."""

    code: str
    usable: bool
    text_vi: str
    text_en: str


@dataclass(frozen=True)
class Limits:
    """How often one of a facility's staff may ask in an hour; `misses` of these may find nothing or something else."""

    questions: int
    misses: int


def answer(code: str) -> Answer:
    """The answer of this code."""
    row = _file()["answers"][code]
    return Answer(code, row["usable"], row["vi"], row["en"])


def valid_code(card_number: str) -> str:
    """What is answered of a valid card: some groups have a code of their own."""
    code: str = _file()["valid_groups"].get(card_number[:2], "000")
    return code


def limits(*, on: date) -> Limits:
    """The limits of a day."""
    row = newest(_file()["limits"], on=on)
    return Limits(row["an_hour"], row["misses_an_hour"])


def child_years() -> int:
    """Under this age a child without a card has an answer of its own."""
    return int(_file()["child_under_years"])


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("answers.yaml").read_text(encoding="utf-8"))
    return loaded
