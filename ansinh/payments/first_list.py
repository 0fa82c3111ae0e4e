"""Which monthly list pays a benefit first, and which months it pays together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from ansinh.payments.models import Payroll, PayrollState


@dataclass(frozen=True)
class FirstList:
    """The month whose list pays first; `from_month` to `to_month` are paid with it, None when nothing is owed."""

    month: date
    from_month: date | None = None
    to_month: date | None = None


def first_list(start: date, *, office_code: str, on: date) -> FirstList:
    """Of a benefit that begins in the month of `start`, decided on a day: no list already made knows of it."""
    begins, this = start.replace(day=1), on.replace(day=1)
    made = Payroll.objects.filter(office_code=office_code).exclude(state=PayrollState.CANCELLED)
    last = made.aggregate(last=Max("month"))["last"]
    month = max(begins, this, _after(last) if last is not None else this)
    return FirstList(month, begins, _before(month)) if begins < month else FirstList(month)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
