"""How accounts are guarded as of a day, from `door_rules.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).resolve().parents[1] / "door_rules.yaml"


@dataclass(frozen=True)
class OfficerRules:
    """What the regulation asks of whoever works at a desk."""

    session: timedelta
    second_factor: bool
    wrong_passwords: int
    locked: timedelta
    idle: timedelta
    unused: timedelta


@dataclass(frozen=True)
class DoorRules:
    """The rules of one day. `step_up_factors` prove the holder for `step_up`; `factor_tries` in `factor_window`."""

    since: date
    source: str
    citizen_session: timedelta
    officer: OfficerRules
    step_up: timedelta
    step_up_factors: frozenset[str]
    factor_tries: int
    factor_window: timedelta


def door_rules(day: date) -> DoorRules:
    """The rules in force on a day; the oldest for a day before them all."""
    in_force = [one for one in _all() if one.since <= day]
    return in_force[-1] if in_force else _all()[0]


@cache
def _all() -> tuple[DoorRules, ...]:
    rows = yaml.safe_load(RULES.read_text(encoding="utf-8"))["rules"]
    return tuple(sorted((_read(row) for row in rows), key=lambda one: one.since))


def _read(row: dict[str, Any]) -> DoorRules:
    officer, step_up, tries = row["officer"], row["step_up"], row["factor_tries"]
    return DoorRules(
        since=row["from"],
        source=row["source"],
        citizen_session=timedelta(hours=row["citizen"]["session_hours"]),
        officer=OfficerRules(
            session=timedelta(hours=officer["session_hours"]),
            second_factor=officer["second_factor"] == "required",
            wrong_passwords=officer["wrong_passwords"],
            locked=timedelta(hours=officer["locked_hours"]),
            idle=timedelta(minutes=officer["idle_minutes"]),
            unused=timedelta(days=officer["unused_days"]),
        ),
        step_up=timedelta(minutes=step_up["minutes"]),
        step_up_factors=frozenset(step_up["factors"]),
        factor_tries=tries["most"],
        factor_window=timedelta(minutes=tries["minutes"]),
    )
