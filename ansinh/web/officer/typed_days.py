"""A day typed in three boxes of a form of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ansinh.platform.errors import Invalid
from ansinh.web.officer.typed_date import typed_day


def boxes(typed: Mapping[str, str], name: str) -> dict[str, str]:
    """What was typed in the boxes of `name`, to show it again."""
    return {part: typed.get(f"{name}.{part}", "").strip() for part in ("day", "month", "year")}


def the_day(typed: Mapping[str, str], name: str) -> date:
    """The day of these boxes. Raises Invalid for none."""
    try:
        return date.fromisoformat(typed_day(boxes(typed, name)))
    except ValueError:
        raise Invalid("day-wrong", "Ngày chưa đủ hoặc chưa đúng. Xin ghi ngày, tháng, năm.") from None


def a_day(typed: Mapping[str, str], name: str) -> date | None:
    """The day of these boxes, None when all are empty. Raises Invalid for half a day."""
    return the_day(typed, name) if any(boxes(typed, name).values()) else None
