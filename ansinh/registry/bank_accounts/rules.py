"""The dated rules that protect a change of the paid account (rules.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Rules:
    """What holds on a day."""

    holds: dict[str, timedelta]
    proof: timedelta
    factor: timedelta
    contacts: timedelta
    told: timedelta
    people_of_one_account: int


def rules(*, on: date) -> Rules:
    """The newest rules begun by a day."""
    begun = [row for row in _rows() if date.fromisoformat(row["from"]) <= on]
    newest = max(begun, key=lambda row: str(row["from"]))
    return Rules(
        holds={way: timedelta(hours=hours) for way, hours in newest["hold_hours"].items()},
        proof=timedelta(minutes=newest["proof_minutes"]),
        factor=timedelta(days=newest["factor_days"]),
        contacts=timedelta(days=newest["contacts_days"]),
        told=timedelta(days=newest["told_days"]),
        people_of_one_account=newest["people_of_one_account"],
    )


@cache
def _rows() -> list[dict[str, Any]]:
    loaded = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = loaded["rules"]
    return rows
