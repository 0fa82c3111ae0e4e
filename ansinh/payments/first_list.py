"""Which monthly list pays a benefit first, and which months it pays together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from ansinh.payments.models import Payroll, PayrollState
from ansinh.payments.rules import payroll_rules
from ansinh.platform.zone import VIETNAM, local_day


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


def beyond_lists(months: Iterable[date], *, office_code: str, granted_at: datetime, on: date) -> list[date]:
    """Those of these months that no list of the office to come asks for: neither as one of its month, nor among those
    it looks back to, nor as one before a benefit was granted. What a list not released yet may hold is left to it.
    """
    coming = first_list(on, office_code=office_code, on=on).month
    lists = Payroll.objects.filter(office_code=office_code).order_by("-month")
    went_out = lists.filter(state__in=(PayrollState.RELEASED, PayrollState.CLOSED))
    asked = set(went_out.values_list("month", flat=True).distinct()[: payroll_rules(on=on).months_back])
    asked |= set(
        lists.filter(state__in=(PayrollState.PREPARED, PayrollState.CONTROLLED)).values_list("month", flat=True)
    )
    asked.add(_before(on))  # its list may still be made
    since = local_day(granted_at).replace(day=1) if granted_at >= asked_of_those_granted_since(coming, on) else date.min
    return [month for month in months if since <= month < coming and month not in asked]


def asked_of_those_granted_since(month: date, on: date) -> datetime:
    """Since when a benefit must be granted for the list of a month to ask its earlier months: lists before asked the
    rest.
    """
    back = month.year * 12 + month.month - 1 - payroll_rules(on=on).months_back
    return datetime(back // 12, back % 12 + 1, 1, tzinfo=VIETNAM)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
