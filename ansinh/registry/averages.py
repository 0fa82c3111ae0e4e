"""Averages and sums of a contribution history, computed by `ansinh.law`; None where the law cannot say yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ansinh.law.calculate import calculate
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome
from ansinh.registry.models import ContributionSupport
from ansinh.registry.months import ContributionHistory


def pension_average(history: ContributionHistory, *, on: date) -> int | None:
    """Mean of all time paid, in whole đồng: state scale, employer pay and voluntary income (law 41 articles 72, 104).

    None for an empty history, a table of the year that is not published and a missing coefficient.
    """
    voluntary = history.rows_by_year(fund="voluntary")
    inputs: dict[str, Any] = {}
    if voluntary:
        adjusted = _calculate("adjusted_average", {"rows": voluntary, "voluntary": True}, on=on)
        if adjusted is None:
            return None
        inputs["voluntary_adjusted_total"] = adjusted.values["adjusted_total"]
        inputs["voluntary_months"] = sum(row["months"] for row in voluntary)
    if employer := history.rows_by_year(fund="compulsory"):
        inputs["employer_rows"] = employer
    if state := history.state_rows():
        inputs |= {"rows": state, "first_joined": history.first_of("compulsory")}
        inputs["state_months"] = sum(row["months"] for row in state)
    mean = _calculate("average_mixed", inputs, on=on) if inputs else None
    return mean.amount if mean else None


def voluntary_average(history: ContributionHistory, *, on: date) -> int | None:
    """Mean adjusted income of the voluntary time, in whole đồng."""
    rows = history.rows_by_year(fund="voluntary")
    mean = _calculate("adjusted_average", {"rows": rows, "voluntary": True}, on=on) if rows else None
    return mean.amount if mean else None


def state_support(supports: Sequence[ContributionSupport], *, on: date) -> int | None:
    """What the State paid of the voluntary contributions, in whole đồng."""
    rows = support_rows(supports)
    found = _calculate("voluntary_state_support", {"rows": rows}, on=on) if rows else None
    return found.amount if found else None


def support_rows(supports: Sequence[ContributionSupport]) -> list[dict[str, Any]]:
    """The supported periods in the shape of `voluntary_state_support`."""
    return [
        {
            "from_month": one.from_month.isoformat()[:7],
            "to_month": one.to_month.isoformat()[:7],
            "percent": one.percent,
        }
        for one in supports
    ]


def _calculate(benefit: str, inputs: dict[str, Any], *, on: date) -> Outcome | None:
    try:
        return calculate(benefit, inputs=inputs, event_date=on)
    except LawError:
        return None
