"""Money of monthly lists that waits to be collected when the benefit it is of is undone: it is not paid out any more.

The months are written down as not collected: nobody may ask for them while the benefit is not paid
(registry.benefits.unpaid), and whoever is granted it again asks for them like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ansinh.casework.effects.given import Given
from ansinh.casework.effects.undoing.earlier import why_replaced
from ansinh.casework.effects.undoing.money import NOT_YET_PAID
from ansinh.payments.models import Order, PayrollLine
from ansinh.payments.moves import the_order
from ansinh.payments.orders import stop_out
from ansinh.platform.errors import Conflict
from ansinh.platform.zone import local_day
from ansinh.registry.benefits.standing import is_paid
from ansinh.registry.models import Entitlement, UnpaidBenefit


def stop_uncollected(one: Entitlement, lines: Any, *, given: Given) -> list[Order]:
    """Stop the orders of these lines that pay nothing but months of a benefit that are not owed any more; the pieces of
    one whose first month was moved back are undone together.

    An order that pays another benefit too goes on, and what it pays too much is asked back. Raises Conflict
    (`order-at-the-till`) while somebody is being paid it.
    """
    stopped = []
    for line in lines.filter(order__state__in=NOT_YET_PAID):
        benefits = _benefits_of(one, line)
        if not all(_is_piece_of(one, other) for other in benefits.values()) or not _pays_nothing_owed(benefits, line):
            continue
        order = the_order(line.order_id)
        if order.cash_payments.filter(state="opened").exists():
            raise Conflict(
                "order-at-the-till",
                "Lệnh chi {order} của chế độ này đang được trả tại quầy. Xin xác nhận hoặc bỏ lần trả đó, rồi ký lại.",
                order=order.code,
            )
        stop_out(order, actor=given.actor, at=given.at, why=why_replaced(given))
        for number, month, amount in _asked_for_by(line):
            UnpaidBenefit.objects.get_or_create(
                insured_id=benefits[number].insured_id, entitlement_number=number, month=month,
                defaults={"amount": amount, "why": why_replaced(given)[:200],
                          "listed_on": local_day(order.created_at)},
            )  # fmt: skip
        stopped.append(order)
    return stopped


def _benefits_of(one: Entitlement, line: PayrollLine) -> dict[str, Entitlement]:
    """Those the line pays, by number."""
    others = Entitlement.objects.filter(number__in={part[0] for part in line.parts} - {one.number})
    return {one.number: one, **{other.number: other for other in others}}


def _is_piece_of(one: Entitlement, other: Entitlement) -> bool:
    """Whether it is the same benefit for other months (undoing.started). Another effect of the dossier undoes its own
    benefit at its own time: what was asked back before would stand beside an order that is stopped then.
    """
    return one.pk == other.pk or (one.dossier_id is not None and _to_whom(one) == _to_whom(other))


def _to_whom(one: Entitlement) -> tuple[object, ...]:
    return one.dossier_id, one.benefit_type, one.beneficiary_name, one.beneficiary_birth, one.beneficiary_id_number


def _pays_nothing_owed(benefits: Mapping[str, Entitlement], line: PayrollLine) -> bool:
    for number, _, arrears, *made_up in line.parts:
        months = _months(made_up)
        if int(arrears) and not months:
            return False
        if any(is_paid(benefits[number], on=month) for month in (line.month, *months)):
            return False
    return True


def _asked_for_by(line: PayrollLine) -> Iterator[tuple[str, date, int]]:
    """What is written down of a line: number, month, đồng. Earlier months stand with the month of the list, or by
    themselves where its own month is not paid, as when a list is closed (payments.payroll_sql).
    """
    for number, amount, arrears, *made_up in line.parts:
        if int(amount):
            yield number, line.month, int(amount) + int(arrears)
        else:
            yield from ((number, month, more) for month, more in _months(made_up).items())


def _months(made_up: Sequence[Mapping[str, Any]]) -> dict[date, int]:
    """Đồng by month, of lists that say it."""
    return {date.fromisoformat(f"{key}-01"): int(more) for key, more in (made_up[0] if made_up else {}).items()}
