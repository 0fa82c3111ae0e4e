"""Make orders, record that money moved, end them. One living order for each matter; asking again gives the same one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.payments.claims import book_collected
from ansinh.payments.codes import new_code
from ansinh.payments.happened import OrderPaid
from ansinh.payments.ledger import Matter, book, transfer
from ansinh.payments.models import Order, OrderState
from ansinh.payments.models_orders import GONE
from ansinh.payments.moves import moved, note
from ansinh.payments.rules import booked_to, last_day_to_pay_out, our_account, time_to_pay
from ansinh.people.actors import Actor, System
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.registry.bank_accounts.account import BankAccount

UNPAID_IN = (OrderState.AWAITING, OrderState.EXPIRED)
"""An order in that may still be paid: past its day an officer may take the money for it."""
BENEFITS = frozenset({"benefits", "health_care"})
"""Funds whose payments are decided benefits; money given back is none."""


@dataclass(frozen=True)
class Whose:
    """Whose order it is and which office answers for it; `owner_id` None: somebody we do not know."""

    owner_id: UUID | None
    name: str
    office_code: str
    dossier_id: UUID | None = None


@dataclass(frozen=True)
class Purpose:
    """What for: the fund that gives or gets the money, in words, and the days it is paid for."""

    fund: str
    vi: str
    en: str
    first_day: date | None = None
    last_day: date | None = None


def order_in(
    key: str, amount: int, *, purpose: Purpose, whose: Whose, actor: Actor, at: datetime, last_day: date | None = None
) -> Order:
    """An order that a person pays by the last day (default: the time the rules give). Raises Invalid, Conflict."""
    day = local_day(at)
    ours = our_account(whose.office_code, "collection", on=day)
    return _made(
        key,
        amount,
        purpose=purpose,
        whose=whose,
        actor=actor,
        at=at,
        direction="in",
        state=OrderState.AWAITING,
        account=booked_to(purpose.fund, on=day),
        due_on=last_day or day + time_to_pay(on=day),
        bank=ours.bank,
        number=ours.number,
        holder=ours.holder,
    )


def order_out(
    key: str,
    amount: int,
    *,
    purpose: Purpose,
    whose: Whose,
    to: BankAccount | None = None,
    in_cash: bool = False,
    from_account: str = "",
    actor: Actor,
    at: datetime,
) -> Order:
    """An order to pay a person: into `to`, in cash, or (neither) into the account that is payable on the day.

    The debt is booked at once, on the fund's account or `from_account`. A benefit has a last day to be paid, which
    statistics count by (R-188). Raises Invalid, Conflict.
    """
    day = local_day(at)
    order = _made(
        key,
        amount,
        purpose=purpose,
        whose=whose,
        actor=actor,
        at=at,
        direction="out",
        state=OrderState.READY,
        account=from_account or booked_to(purpose.fund, on=day),
        due_on=last_day_to_pay_out(on=day) if purpose.fund in BENEFITS and not from_account else None,
        method="cash" if in_cash else "bank",
        bank=to.bank if to else "",
        number=to.number if to else "",
        holder=to.holder if to else "",
    )
    book(
        f"order:{order.pk}:owed",
        transfer(debit=order.account, credit="owed_to_people", amount=order.amount),
        kind="owed",
        matter=matter_of(order),
        actor=actor,
        at=order.created_at,
    )
    return order


def received(order: Order, *, actor: Actor, at: datetime, reference: str, debit: str = "unmatched") -> Order:
    """The money of a locked order in is here: it is booked and whoever waits for it is told. Raises Conflict."""
    order.bank_reference = reference
    moved(order, "received", actor=actor, at=at, reference=reference)
    book(
        f"order:{order.pk}:received",
        transfer(debit=debit, credit=order.account, amount=order.amount),
        kind="received",
        matter=matter_of(order),
        actor=actor,
        at=at,
    )
    book_collected(order, actor=actor, at=at)
    publish(OrderPaid(order.pk, "in", order.dossier_id, at))
    return order


def expire(*, at: datetime) -> int:
    """End orders in whose last day has passed; answers how many."""
    with transaction.atomic():
        late = Order.objects.select_for_update(skip_locked=True).filter(
            direction="in", state=OrderState.AWAITING, due_on__lt=local_day(at)
        )
        count = 0
        for order in late:
            moved(order, "expired", actor=System(), at=at)
            count += 1
    return count


def cancel_in(order: Order, *, actor: Actor, at: datetime, why: str) -> None:
    """A locked order in is not wanted any more, past its day too: what still comes for it is money without a purpose.
    One that is paid or cancelled stays as it is.
    """
    if order.state in UNPAID_IN:
        moved(order, "cancelled", actor=actor, at=at, why=why)


def stop_out(order: Order, *, actor: Actor, at: datetime, why: str) -> None:
    """A locked order out is not paid: the debt is taken back. Raises Conflict, Invalid (no reason)."""
    if not why.strip():
        raise Invalid("stop-needs-reason", "Chưa ghi vì sao không chi. Xin viết một câu.")
    moved(order, "stopped", actor=actor, at=at, why=why.strip()[:300])
    book(
        f"order:{order.pk}:stopped",
        transfer(debit="owed_to_people", credit=order.account, amount=order.amount),
        kind="stopped",
        matter=matter_of(order),
        actor=actor,
        at=at,
    )


def matter_of(order: Order) -> Matter:
    """What an order's bookings are about."""
    return Matter(order.office_code, order.dossier_id)


def living(key: str) -> Order | None:
    """The order of this matter that is not expired or cancelled."""
    return Order.objects.filter(key=key).exclude(state__in=GONE).first()


def _made(
    key: str, amount: int, *, purpose: Purpose, whose: Whose, actor: Actor, at: datetime, **more: object
) -> Order:
    if amount < 1:
        raise Invalid("order-amount", "Lệnh thu, chi phải có số tiền lớn hơn 0. Xin kiểm tra phần tính.")
    found = living(key)
    if found is not None:
        if (found.amount, found.direction) != (amount, more["direction"]):
            raise Conflict(
                "order-exists", "Khoản này đã có lệnh {order} với số tiền khác. Xin mở lệnh đó.", order=found.code
            )
        return found
    order = Order.objects.create(
        key=key,
        code=new_code(),
        amount=amount,
        purpose_vi=purpose.vi[:200],
        purpose_en=purpose.en[:200],
        dossier_id=whose.dossier_id,
        office_code=whose.office_code,
        owner_id=whose.owner_id,
        name=whose.name[:100],
        period_from=purpose.first_day,
        period_to=purpose.last_day,
        created_at=at,
        **more,
    )
    note(order, "made", actor=actor, at=at)
    return order
