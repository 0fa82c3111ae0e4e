"""Dated service rules of recovery, and the papers and reasons to choose from, kept as data beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Rules:
    """The rules of a day."""

    secret_life: timedelta
    tries: int
    stop_within: timedelta


@dataclass(frozen=True)
class Choice:
    """A paper or a reason; `identity` papers prove who somebody is."""

    key: str
    label_vi: str
    label_en: str
    identity: bool = False


def rules(*, on: date) -> Rules:
    """The rules in force on a day."""
    newest = max(
        (row for row in _file()["rules"] if date.fromisoformat(row["from"]) <= on), key=lambda row: str(row["from"])
    )
    return Rules(
        secret_life=timedelta(minutes=newest["secret_minutes"]),
        tries=newest["tries"],
        stop_within=timedelta(hours=newest["stop_hours"]),
    )


def papers() -> dict[str, Choice]:
    """Papers by key."""
    return _choices("papers")


def reasons() -> dict[str, Choice]:
    """Reasons by key."""
    return _choices("reasons")


def _choices(part: str) -> dict[str, Choice]:
    return {
        key: Choice(key, row["vi"], row["en"], identity=row.get("identity", False))
        for key, row in _file()[part].items()
    }


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
    return loaded
