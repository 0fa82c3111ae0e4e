"""Until when a dossier is kept (schedule.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Kept:
    """The last day a dossier is kept, with the ground."""

    until: date
    ground: str


def scheduled_procedures() -> frozenset[str]:
    """Procedures whose dossiers end by schedule; all others are kept."""
    return frozenset(slug for row in _rows() for slug in row["procedures"])


def kept(procedure: str, *, closed_on: date) -> Kept | None:
    """How long a dossier closed on a day is kept; None for a procedure without schedule."""
    rows = [row for row in _rows() if procedure in row["procedures"] and date.fromisoformat(row["from"]) <= closed_on]
    if not rows:
        return None
    newest = max(rows, key=lambda row: str(row["from"]))
    return Kept(date(closed_on.year + int(newest["years"]), 12, 31), newest["ground"])


@cache
def _rows() -> list[dict[str, Any]]:
    loaded = yaml.safe_load(Path(__file__).with_name("schedule.yaml").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = loaded["schedule"]
    return rows
