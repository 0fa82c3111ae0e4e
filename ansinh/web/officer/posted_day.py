"""A day typed into three boxes."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest


def posted_day(request: HttpRequest, name: str) -> date | None:
    """The day of `name.day`, `name.month`, `name.year`; None when they are none."""
    parts = [request.POST.get(f"{name}.{part}", "").strip() for part in ("year", "month", "day")]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    year, month, day = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def typed_boxes(request: HttpRequest, name: str) -> dict[str, str]:
    """What stands in the three boxes."""
    return {part: request.POST.get(f"{name}.{part}", "")[:4] for part in ("day", "month", "year")}
