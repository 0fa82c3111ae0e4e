"""Examples are written for a day of their own: their recent days and months move along when they are filed later.

Months, and the first and last days of months, move by whole months, for contributions and benefits run by months. Any
other day still to come keeps its distance in days: what begins tomorrow begins tomorrow on whatever day it is filed;
and what had happened by the example's day has happened by the day of filing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

RECENT_MONTHS = 36
"""What lies further from the example's day (a date of birth) is no event of the claim and stays."""
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def moved(value: Any, *, written_for: date, filed_on: date) -> Any:
    """The answers with every recent day and month as far from `filed_on` as it was from `written_for`."""
    if isinstance(value, dict):
        return {key: moved(item, written_for=written_for, filed_on=filed_on) for key, item in value.items()}
    if isinstance(value, list):
        return [moved(item, written_for=written_for, filed_on=filed_on) for item in value]
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    return _moved(found, written_for, filed_on) if found else value


def _moved(found: re.Match[str], written_for: date, filed_on: date) -> str:
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
    base = written_for.year * 12 + written_for.month
    if abs(year * 12 + month - base) > RECENT_MONTHS:
        return found[0]
    last = monthrange(year, month)[1]
    past = (year, month, day) <= (written_for.year, written_for.month, written_for.day)
    if 1 < day < last and not past:
        return (filed_on + (date(year, month, day) - written_for)).isoformat()
    year, month = divmod(year * 12 + month - 1 + filed_on.year * 12 + filed_on.month - base, 12)
    if not day:
        return f"{year:04d}-{month + 1:02d}"
    there = monthrange(year, month + 1)[1]
    moved_to = date(year, month + 1, there if day == last else min(day, there))
    return (min(moved_to, filed_on) if past else moved_to).isoformat()
