"""Joining and leaving funds, months paid, leaves, certificates."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from ansinh.casework.effects.given import Done, Function, Given
from ansinh.registry import records


def _kept_as(name: str) -> Callable[[Callable[[Given], Any]], Function]:
    """What the function wrote into the record is kept with the effect, as the identifier `name`."""

    def mark(write: Callable[[Given], Any]) -> Function:
        @wraps(write)
        def done(given: Given) -> Done:
            return Done({name: str(write(given).pk)})

        return done

    return mark


@_kept_as("change")
def start(given: Given) -> Any:
    """Join a fund."""
    return records.start(**_about(given), employer=_employer(given), salary=given.get("salary"))


@_kept_as("change")
def change(given: Given) -> Any:
    """Pay on another level."""
    reason = given.get("reason", "")[:300]
    return records.change(**_about(given), employer=_employer(given), salary=given["salary"], reason=reason)


@_kept_as("change")
def end(given: Given) -> Any:
    """Leave a fund."""
    return records.end(**_about(given), employer_code=_employer(given)[0], reason=given["reason"][:300])


@_kept_as("payment")
def record_contribution(given: Given) -> Any:
    """Months that were paid."""
    return records.pay(
        given.insured(),
        fund=given["fund"],
        first=given["from_month"],
        last=given["to_month"],
        salary=given.get("salary"),
        amount=given.get("amount"),
        employer=_employer(given)[1],
        ground=given.ground,
    )


@_kept_as("leave")
def record_leave(given: Given) -> Any:
    """Days off that a benefit is paid for."""
    return records.record_leave(
        given.insured(),
        kind=given["kind"],
        first=given["from"],
        last=given["to"],
        days=given.get("days"),
        employer=_employer(given)[1],
        ground=given.ground,
    )


@_kept_as("certificate")
def certify(given: Given) -> Any:
    """A certificate under the number of the decision."""
    return records.certify(
        given.insured(), kind=given["kind"], year=given.get("year"), number=given.number, ground=given.ground
    )


def _about(given: Given) -> dict[str, Any]:
    """Whose participation in which fund, and from which month."""
    return {"person": given.insured(), "fund": given["fund"], "month": given["from"], "ground": given.ground}


def _employer(given: Given) -> tuple[str, str]:
    return given.get("employer_code", "")[:20], given.get("employer", "")[:160]
