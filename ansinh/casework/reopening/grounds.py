"""The dated grounds on which a decided dossier is opened again, kept as data beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ansinh.casework.models_reopening import UPHELD
from ansinh.law.deadlines import Limit, Unit


@dataclass(frozen=True)
class ReopeningGround:
    """`limit` is the time of the new round; `document`: it rests on a paper with number and day."""

    code: str
    name_vi: str
    name_en: str
    basis_vi: str
    limit: Limit
    document: bool
    quality: str


def grounds_on(day: date) -> list[ReopeningGround]:
    """Those in force on a day, in the order people read them."""
    return [
        ReopeningGround(
            row["code"], row["name_vi"], row["name_en"], row["basis_vi"], Limit(row["value"], Unit(row["unit"])),
            row["document"], row["quality"],
        )
        for row in _dated()
        if row["valid_from"] <= day <= row.get("valid_to", date.max)
    ]  # fmt: skip


def chosen_by_an_officer(day: date) -> list[ReopeningGround]:
    """Without the one that only a complaint gives."""
    return [one for one in grounds_on(day) if one.code != UPHELD]


@cache
def _dated() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("grounds.yaml").read_text(encoding="utf-8"))
    return rows
