"""The benefit that stopped last: what a request to resume it, or to be paid for it, is reckoned from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement, EntitlementChange

LAW_KINDS = {
    "survivor": "survivor_monthly",
    "work_accident": "tnld_monthly",
    "occupational_disease": "tnld_monthly",
    "commune_officer": "commune_officer_allowance",
    "decision_91": "allowance_91_613",
}
"""Kind of benefit → the word of the law's rises; a pension where nothing else is said."""


def suspended_of(entitlements: Iterable[Entitlement], *, on: date) -> dict[str, Any]:
    """Number, kind, first month without payment and amount then of the benefit not paid on a day; empty when none."""
    stopped = [
        one for one in entitlements
        if not one.beneficiary_name and one.start_month <= on and not is_paid(one, on=on)
    ]  # fmt: skip
    if not stopped:
        return {}
    one = max(stopped, key=lambda each: _since(each, on=on))
    since = _since(one, on=on)
    amount = standing_of(one, on=since).monthly_amount
    return {
        "suspended_entitlement_no": one.number,
        "suspended_from": since.isoformat()[:7],
        "suspended_amount": amount,
        "last_monthly_amount": amount,
        "suspended_start_month": one.start_month.isoformat()[:7],
        "suspended_kind": LAW_KINDS.get(one.benefit_type, "pension"),
    }


def _since(one: Entitlement, *, on: date) -> date:
    """First day of the first month it was not paid."""
    stops = [
        change.valid_from for change in one.changes.all()
        if change.kind == EntitlementChange.Kind.STOPPED and change.valid_from <= on
    ]  # fmt: skip
    return max(stops) if stops else (one.ended_on or one.start_month).replace(day=1)
