"""Examples are written for a day of their own: their recent days and months move along when they are filed later."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

RECENT_MONTHS = 36
"""What lies further from the example's day (a date of birth) is no event of the claim and stays."""
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def moved(value: Any, *, written_for: date, filed_on: date) -> Any:
    """The answers with every recent day and month as far from `filed_on` as it was from `written_for`, in months."""
    if isinstance(value, dict):
        return {key: moved(item, written_for=written_for, filed_on=filed_on) for key, item in value.items()}
    if isinstance(value, list):
        return [moved(item, written_for=written_for, filed_on=filed_on) for item in value]
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    return _moved(found, written_for, filed_on) if found else value


def _moved(found: re.Match[str], written_for: date, filed_on: date) -> str:
    year, month, day = int(found[1]), int(found[2]), found[3]
    base = written_for.year * 12 + written_for.month
    if abs(year * 12 + month - base) > RECENT_MONTHS:
        return found[0]
    year, month = divmod(year * 12 + month - 1 + filed_on.year * 12 + filed_on.month - base, 12)
    text = f"{year:04d}-{month + 1:02d}"
    return f"{text}-{min(int(day), monthrange(year, month + 1)[1]):02d}" if day else text
