"""How a benefit stands on a day: as it was granted, with every change that has begun. Nothing is copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ansinh.platform.zone import local_day
from ansinh.registry.models import Entitlement, EntitlementChange


@dataclass(frozen=True)
class Standing:
    """`monthly_amount` in đồng; `stopped` says why it is not paid, empty while it is."""

    monthly_amount: int
    payment_method: str
    paying_office: str
    payment_place: Mapping[str, Any]
    stopped: str = ""


def standing_of(entitlement: Entitlement, *, on: date, known_on: date | None = None) -> Standing:
    """The benefit on a day, whether begun or not (`is_paid`); `known_on`: as it was known at the end of that day."""
    found = Standing(
        monthly_amount=entitlement.monthly_amount,
        payment_method=entitlement.payment_method,
        paying_office=entitlement.paying_office,
        payment_place=entitlement.payment_place,
        stopped="" if entitlement.ended_on is None or entitlement.ended_on > on else "ended",
    )
    known = [one for one in entitlement.changes.all() if known_on is None or local_day(one.made_at) <= known_on]
    begun = [one for one in known if one.valid_from <= on]
    for change in sorted(begun, key=lambda one: (one.valid_from, one.pk)):
        found = _changed(found, change)
    return found


def is_paid(entitlement: Entitlement, *, on: date) -> bool:
    """Whether it is paid for the month of a day."""
    return entitlement.start_month <= on and not standing_of(entitlement, on=on).stopped


def paid_to(entitlements: Iterable[Entitlement], *, on: date) -> list[Entitlement]:
    """Those paid to the insured person (not to a relative) for the month of a day, the newest first."""
    paid = [one for one in entitlements if not one.beneficiary_name and is_paid(one, on=on)]
    return sorted(paid, key=lambda one: one.start_month, reverse=True)


def _changed(found: Standing, change: EntitlementChange) -> Standing:
    kinds = EntitlementChange.Kind
    match change.kind:
        case kinds.AMOUNT:
            return replace(found, monthly_amount=change.monthly_amount or 0)
        case kinds.STOPPED:
            return replace(found, stopped=change.reason)
        case kinds.RESUMED:
            return replace(found, stopped="", monthly_amount=change.monthly_amount or found.monthly_amount)
        case kinds.PLACE:
            return replace(found, paying_office=change.paying_office, payment_place=change.payment_place)
        case _:
            place = change.payment_place or found.payment_place
            return replace(found, payment_method=change.payment_method, payment_place=place)
