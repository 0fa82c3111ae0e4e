"""Money of monthly lists that waits to be collected when the benefit it is of is undone: it is not paid out any more.

The months are written down as not collected: nobody may ask for them while the benefit is not paid
(registry.benefits.unpaid), and whoever is granted it again asks for them like any other.
"""

from __future__ import annotations

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
    """Stop the orders of these lines that pay nothing but months of a benefit that are not owed any more.

    An order that pays another benefit too goes on, and what it pays too much is asked back. Raises Conflict
    (`order-at-the-till`) while somebody is being paid it.
    """
    stopped = []
    for line in lines.filter(order__state__in=NOT_YET_PAID):
        if not _pays_nothing_owed(one, line):
            continue
        order = the_order(line.order_id)
        if order.cash_payments.filter(state="opened").exists():
            raise Conflict(
                "order-at-the-till",
                "Lệnh chi {order} của chế độ này đang được trả tại quầy. Xin xác nhận hoặc bỏ lần trả đó, rồi ký lại.",
                order=order.code,
            )
        stop_out(order, actor=given.actor, at=given.at, why=why_replaced(given))
        UnpaidBenefit.objects.get_or_create(
            insured_id=one.insured_id, entitlement_number=one.number, month=line.month,
            defaults={"amount": line.amount, "why": why_replaced(given)[:200],
                      "listed_on": local_day(order.created_at)},
        )  # fmt: skip
        stopped.append(order)
    return stopped


def _pays_nothing_owed(one: Entitlement, line: PayrollLine) -> bool:
    for number, _, arrears, *made_up in line.parts:
        months = [date.fromisoformat(f"{key}-01") for key in (made_up[0] if made_up else {})]
        if number != one.number or (int(arrears) and not months):
            return False
        if any(is_paid(one, on=month) for month in (line.month, *months)):
            return False
    return True
