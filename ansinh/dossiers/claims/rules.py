"""The dated rules over rows of claim files, as data: rules.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from ansinh.people.dated_rules import in_force, newest

PATH: Final = Path(__file__).with_name("rules.yaml")
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Rule:
    """One rule: what is checked where, since when, how grave, and the sentence in both languages."""

    code: str
    check: str
    table: str
    columns: tuple[str, ...]
    severity: str
    text_vi: str
    text_en: str
    more: Mapping[str, Any]


def edition() -> str:
    """Which rules a file was looked at with."""
    return str(_file()["edition"])


def rules_on(day: date) -> tuple[Rule, ...]:
    """The rules for stays that ended that day."""
    return _rules(day)


def tolerance(day: date) -> Decimal:
    """By how many đồng two amounts of a rule may differ."""
    return Decimal(newest(_file()["tolerance"], on=day)["value"])


def object_rate(code: str, *, on: date) -> Decimal | None:
    """Part of the card's level left to an object code; above 1 when it is paid in full; None when not judged."""
    row = newest(_file()["object_rates"], on=on)
    if code in row["full"]:
        return Decimal(100)
    rate = row["rates"].get(code)
    return None if rate is None else Decimal(str(rate))


def days_after_card(kind: str, *, on: date) -> int:
    """How long the fund pays on after the card ended in the middle of a stay of this kind (MA_LOAI_KCB)."""
    row = newest(_file()["days_after_card"], on=on)
    return int(row["value"]) if kind in row["in_bed"] else 0


def sentence_of(code: str, table: str, column: str, facts: Mapping[str, str]) -> dict[str, str]:
    """The sentence of a stored finding in both languages, `text_vi` and `text_en`."""
    row = next(
        (one for one in _file()["rules"] if (one["code"], one["table"]) == (code, table) and column in one["columns"]),
        None,
    ) or next(one for one in _file()["rules"] if one["code"] == code)
    told = {"column": column, "found": "", "expected": "", **facts}
    return {"text_vi": row["vi"].format(**told), "text_en": row["en"].format(**told)}


@cache
def _rules(day: date) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            code=row["code"], check=row["check"], table=row["table"], columns=tuple(row["columns"]),
            severity=row["severity"], text_vi=row["vi"], text_en=row["en"], more=row,
        )
        for row in in_force(_file()["rules"], on=day)
    )  # fmt: skip


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return loaded
