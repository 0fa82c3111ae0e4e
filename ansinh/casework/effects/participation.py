"""Joining and leaving funds, months paid, leaves, money claimed back, certificates."""

from __future__ import annotations

from ansinh.casework.effects.given import Done, Given
from ansinh.registry import records


def start(given: Given) -> Done:
    """Join a fund."""
    made = records.start(
        given.insured(),
        fund=given["fund"],
        month=given["from"],
        salary=given.get("salary"),
        employer=_employer(given),
        ground=given.ground,
    )
    return Done({"change": str(made.pk)})


def change(given: Given) -> Done:
    """Pay on another level."""
    made = records.change(
        given.insured(),
        fund=given["fund"],
        month=given["from"],
        salary=given["salary"],
        reason=given.get("reason", "")[:300],
        employer=_employer(given),
        ground=given.ground,
    )
    return Done({"change": str(made.pk)})


def end(given: Given) -> Done:
    """Leave a fund."""
    made = records.end(
        given.insured(),
        fund=given["fund"],
        month=given["from"],
        reason=given["reason"][:300],
        employer_code=_employer(given)[0],
        ground=given.ground,
    )
    return Done({"change": str(made.pk)})


def record_contribution(given: Given) -> Done:
    """Months that were paid."""
    made = records.pay(
        given.insured(),
        fund=given["fund"],
        first=given["from_month"],
        last=given["to_month"],
        salary=given.get("salary"),
        amount=given.get("amount"),
        employer=given.get("employer", "")[:160],
        ground=given.ground,
    )
    return Done({"payment": str(made.pk)})


def record_leave(given: Given) -> Done:
    """Days off that a benefit is paid for."""
    made = records.record_leave(
        given.insured(),
        kind=given["kind"],
        first=given["from"],
        last=given["to"],
        days=given.get("days"),
        employer=given.get("employer", "")[:160],
        ground=given.ground,
    )
    return Done({"leave": str(made.pk)})


def claim_back(given: Given) -> Done:
    """Money that was paid without right is claimed back."""
    made = records.claim_back(
        given.insured(),
        amount=given["amount"],
        why=given["why"],
        debtor=given.get("debtor", ""),
        entitlement=given.get("entitlement", ""),
        ground=given.ground,
    )
    return Done({"claim": str(made.pk)})


def certify(given: Given) -> Done:
    """A certificate under the number of the decision."""
    made = records.certify(
        given.insured(), kind=given["kind"], year=given.get("year"), number=given.number, ground=given.ground
    )
    return Done({"certificate": str(made)})


def _employer(given: Given) -> tuple[str, str]:
    return given.get("employer_code", "")[:20], given.get("employer", "")[:160]
