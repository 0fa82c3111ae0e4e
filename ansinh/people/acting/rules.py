"""The dated limits of acting for another, from rules.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Rules:
    """What holds on a day. Ages in years, spans in the unit of the name."""

    majority_age: int
    hand_over_days: tuple[int, ...]
    collect_months_at_most: int
    own_consent_age: int | None
    own_consent_vi: str
    own_consent_en: str


def rules(*, on: date) -> Rules:
    """The limits in force on a day; before the first entry the first one holds."""
    entries = _entries()
    return next((one for since, one in reversed(entries) if since <= on), entries[0][1])


@cache
def _entries() -> tuple[tuple[date, Rules], ...]:
    rows = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
    return tuple(sorted(((row["since"], _rules(row)) for row in rows), key=lambda entry: entry[0]))


def _rules(row: dict[str, Any]) -> Rules:
    consent = row["own_consent"] or {"text_vi": "", "text_en": ""}
    return Rules(
        majority_age=row["majority_age"],
        hand_over_days=tuple(row["hand_over_days"]),
        collect_months_at_most=row["collect_months_at_most"],
        own_consent_age=row["own_consent_age"],
        own_consent_vi=consent["text_vi"],
        own_consent_en=consent["text_en"],
    )
