"""Months of a benefit that is granted again, which lie before those a list still looks back to: they are owed, and no
list asks for them any more.

They are written down as not collected, like what lists held for too long (payments.payroll_held): the person is told,
asks for them by the procedure for arrears, and a decision pays them. Refused once more they are not owed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from ansinh.casework.effects.given import Given
from ansinh.casework.effects.undoing.earlier import why_replaced
from ansinh.casework.happened import DossierMoved
from ansinh.payments.first_list import beyond_lists
from ansinh.payments.models import Order, OrderState
from ansinh.people.models import Person
from ansinh.platform.events import publish
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement, UnpaidBenefit

CODE: Final = "older_months_owed"


def note_older_months(
    one: Entitlement, months: Iterable[date], *, listed: Counter[date], given: Given
) -> list[UnpaidBenefit]:
    """Write down what of these months neither a list ordered nor one to come asks for. `listed`: đồng by month.

    Only of a benefit this dossier started: of any other nobody here knows what was paid before these lists.
    """
    if one.dossier_id != given.dossier_id or one.granted_at is None:
        return []
    paying_office = standing_of(one, on=given.day).paying_office
    wanted = [month for month in months if _owed(one, month) > listed[month] and not _paid_by_order(month, given)]
    last = _last_month(one)
    beyond = beyond_lists(wanted, office_code=paying_office, granted_at=one.granted_at, on=given.day)
    made = []
    for month in beyond:
        if last is not None and month > last:
            continue
        row, is_new = UnpaidBenefit.objects.get_or_create(
            insured_id=one.insured_id, entitlement_number=one.number, month=month,
            defaults={"amount": _owed(one, month) - listed[month], "why": why_replaced(given)[:200],
                      "listed_on": given.day},
        )  # fmt: skip
        made += [row] if is_new else []
    if made:
        facts = {"amount": sum(row.amount for row in made), "months": span_of(made)}
        publish(DossierMoved(given.dossier_id, CODE, given.at, facts))
    return made


def span_of(rows: Iterable[UnpaidBenefit]) -> str:
    """`01/2026` or `01/2026–05/2026`, from the first month to the last."""
    months = sorted(row.month for row in rows if row.month is not None)
    first, last = f"{months[0]:%m/%Y}", f"{months[-1]:%m/%Y}"
    return first if first == last else f"{first}–{last}"


def _owed(one: Entitlement, month: date) -> int:
    return standing_of(one, on=month).monthly_amount if is_paid(one, on=month) else 0


def _paid_by_order(month: date, given: Given) -> bool:
    """Whether a decision of the dossier pays the month by an order of its own, as lists ask it."""
    rows = Order.objects.filter(dossier_id=given.dossier_id, direction="out").exclude(state=OrderState.CANCELLED)
    return rows.filter(period_from__lt=_next(month), period_to__gte=month).exists()


def _last_month(one: Entitlement) -> date | None:
    """The month in which the person it is paid to died; a relative's is not looked at here."""
    if one.beneficiary_name:
        return None
    died = Person.objects.filter(si_number=one.insured_id).values_list("died_on", flat=True).first()
    return died.replace(day=1) if died else None


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
