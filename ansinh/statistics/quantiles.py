"""Exact quantiles from counts of single days: nothing is estimated."""

from __future__ import annotations

from collections.abc import Mapping


def quantile(days: Mapping[int, int], percent: int) -> int | None:
    """The least number of days within which `percent` of a hundred were done; None of nothing."""
    total = sum(days.values())
    seen = 0
    for day in sorted(days):
        seen += days[day]
        if total > 0 and seen * 100 >= total * percent:
            return day
    return None
