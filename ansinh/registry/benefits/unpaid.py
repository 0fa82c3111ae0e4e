"""Months and lump sums that were not collected: listed from the payment lists, settled once by a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ansinh.platform.errors import Conflict
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import InsuredPerson, UnpaidBenefit


def unpaid_of(person: InsuredPerson) -> dict[str, Any]:
    """`unpaid_rows` (month, amount), `unpaid_lumps` (decision_number, amount) still to be collected, where any are."""
    open_ones = [one for one in person.unpaid.all() if one.settled_by is None]
    owed = [(one.month, still_owed(one, person)) for one in open_ones if one.month is not None]
    rows = [{"month": month.isoformat()[:7], "amount": amount} for month, amount in owed if amount]
    lumps = [{"decision_number": one.decision_number, "amount": one.amount} for one in open_ones if one.month is None]
    return {**({"unpaid_rows": rows} if rows else {}), **({"unpaid_lumps": lumps} if lumps else {})}


def still_owed(row: UnpaidBenefit, person: InsuredPerson) -> int:
    """Đồng of a row that may be asked for: nothing of a month in which its benefit is not paid any more, and no more
    than its benefit pays since it was listed. A benefit that is granted again makes its months owed again.
    """
    benefit = next((one for one in person.entitlements.all() if one.number == row.entitlement_number), None)
    if row.month is None or benefit is None:
        return row.amount
    if not is_paid(benefit, on=row.month):
        return 0
    listed = standing_of(benefit, on=row.month, known_on=row.listed_on).monthly_amount
    return max(0, row.amount - max(0, listed - standing_of(benefit, on=row.month).monthly_amount))


def settle_months(
    person: InsuredPerson, *, first: date, last: date, dossier_id: UUID, at: datetime
) -> list[UnpaidBenefit]:
    """Settle the months from `first` to `last`, in the caller's transaction, on a record the caller has locked.

    Raises Conflict when one of them was paid by another decision.
    """
    rows = person.unpaid.filter(month__gte=first, month__lte=last).order_by("month", "pk")
    return _settled([one for one in rows if still_owed(one, person)], dossier_id=dossier_id, at=at)


def settle_lump(person: InsuredPerson, *, number: str, dossier_id: UUID, at: datetime) -> list[UnpaidBenefit]:
    """Settle the lump sum of a decision, whatever blanks and capitals its number is written with. Raises Conflict."""
    wanted = _squeezed(number)
    named = [one for one in person.unpaid.filter(month=None) if _squeezed(one.decision_number) == wanted]
    return _settled(named, dossier_id=dossier_id, at=at)


def _settled(rows: Iterable[UnpaidBenefit], *, dossier_id: UUID, at: datetime) -> list[UnpaidBenefit]:
    found = list(rows)
    paid = next((one for one in found if one.settled_by not in (None, dossier_id)), None)
    if paid is not None:
        raise Conflict(
            "arrears-already-paid",
            "{what} đã được trả theo một quyết định khác nên không trả lần nữa. "
            "Xin trả lại chuyên viên để bớt khoản đó, hoặc không giải quyết hồ sơ này.",
            what=f"Tháng {paid.month:%m/%Y}" if paid.month else f"Quyết định {paid.decision_number}",
        )
    for one in found:
        one.settled_by, one.settled_at = dossier_id, at
        one.save(update_fields=["settled_by", "settled_at"])
    return found


def _squeezed(number: str) -> str:
    return "".join(number.split()).casefold()
