"""Rules that hold from a day: rows of a YAML file beside the module that uses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ansinh.platform.yaml_files import load_own

Row = Mapping[str, Any]


@cache
def rows_of(path: Path) -> Mapping[str, list[Row]]:
    """The topics of a file with their rows; each row has `from`, may have `to` (days, both included)."""
    loaded: dict[str, list[Row]] = load_own(path)
    return loaded


def in_force(rows: Iterable[Row], *, on: date) -> list[Row]:
    """The rows that hold on a day."""
    return [
        row
        for row in rows
        if date.fromisoformat(row["from"]) <= on and ("to" not in row or on <= date.fromisoformat(row["to"]))
    ]


def newest(rows: Iterable[Row], *, on: date) -> Row:
    """The row that began last; a topic without a row for that day is a fault of the file (ValueError)."""
    return max(in_force(rows, on=on), key=lambda row: str(row["from"]))
