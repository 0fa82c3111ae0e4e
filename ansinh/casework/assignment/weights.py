"""How much work an open dossier is (weights.yaml): an estimate with its day, so that loads can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Weights:
    """In tenths of an ordinary dossier."""

    ordinary: int
    groups: Mapping[str, int]
    procedures: Mapping[str, int]

    def of(self, procedure: str, group: str = "") -> int:
        """Of one dossier."""
        return self.procedures.get(procedure) or self.groups.get(group) or self.ordinary


def weights(*, on: date) -> Weights:
    """The estimate in force on a day."""
    return max(((since, found) for since, found in _read() if since <= on), key=lambda row: row[0])[1]


@cache
def _read() -> tuple[tuple[date, Weights], ...]:
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("weights.yaml").read_text(encoding="utf-8"))
    return tuple((row["from"], Weights(row["ordinary"], row["groups"], row["procedures"])) for row in rows)
