"""A birth date typed in three boxes of a search."""

from __future__ import annotations

from collections.abc import Mapping


def typed_day(typed: Mapping[str, str]) -> str:
    """What was typed as YYYY-MM-DD, or YYYY; empty when it is none."""
    day, month, year = typed["day"], typed["month"], typed["year"]
    parts = [part for part in (year, month, day) if part]
    if not all(part.isascii() and part.isdigit() for part in parts) or not year:
        return ""
    return f"{year:0>4}-{month:0>2}-{day:0>2}" if day and month else year
