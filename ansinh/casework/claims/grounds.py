"""The dated grounds on which a claim is cancelled, kept as data beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class CancellationGround:
    """`document`: it rests on a paper with number and day; `gives_back`: money that came already goes back."""

    code: str
    name_vi: str
    name_en: str
    basis_vi: str
    document: bool
    gives_back: bool
    quality: str


def grounds_on(day: date) -> list[CancellationGround]:
    """Those in force on a day, in the order people read them."""
    return [
        CancellationGround(
            row["code"], row["name_vi"], row["name_en"], row["basis_vi"], row["document"], row["gives_back"],
            row["quality"],
        )
        for row in _dated()
        if row["valid_from"] <= day <= row.get("valid_to", date.max)
    ]  # fmt: skip


@cache
def _dated() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("grounds.yaml").read_text(encoding="utf-8"))
    return rows
