"""The states of orders as a table, and the one way to move: under a lock, with history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ansinh.payments.models import Order, OrderEvent, OrderState
from ansinh.people.actors import Actor
from ansinh.platform.errors import Conflict, NotFound


@dataclass(frozen=True)
class Move:
    """An action that changes the state of orders of one direction."""

    direction: str
    from_states: tuple[OrderState, ...]
    to_state: OrderState


MOVES: dict[str, Move] = {
    "received": Move("in", (OrderState.AWAITING, OrderState.EXPIRED), OrderState.PAID),
    "expired": Move("in", (OrderState.AWAITING,), OrderState.EXPIRED),
    "cancelled": Move("in", (OrderState.AWAITING, OrderState.EXPIRED), OrderState.CANCELLED),
    "batched": Move("out", (OrderState.READY, OrderState.RETURNED), OrderState.BATCHED),
    "unbatched": Move("out", (OrderState.BATCHED,), OrderState.READY),
    "sent": Move("out", (OrderState.BATCHED,), OrderState.SENT),
    "settled": Move("out", (OrderState.SENT,), OrderState.PAID),
    "returned": Move("out", (OrderState.SENT, OrderState.PAID), OrderState.RETURNED),
    "paid_in_cash": Move("out", (OrderState.READY, OrderState.RETURNED), OrderState.PAID),
    "stopped": Move("out", (OrderState.READY, OrderState.RETURNED), OrderState.CANCELLED),
}
_CLOSED = (OrderState.PAID, OrderState.CANCELLED)


def the_order(order_id: UUID) -> Order:
    """The order, locked until the transaction ends. Raises NotFound."""
    found = Order.objects.select_for_update().filter(pk=order_id).first()
    if found is None:
        raise NotFound("order-not-found", "Không tìm thấy lệnh thu, chi này. Xin tải lại trang.")
    return found


def possible(action: str, order: Order) -> bool:
    """Whether the order stands where this action can be done."""
    move = MOVES[action]
    return order.direction == move.direction and order.state in move.from_states


def moved(order: Order, action: str, *, actor: Actor, at: datetime, **facts: Any) -> Order:
    """Move a locked order and write its history; fields changed before are saved with it. Raises Conflict."""
    if not possible(action, order):
        raise Conflict(
            "order-wrong-state",
            "Lệnh {order} đang ở trạng thái “{state}” nên không làm việc này được. Xin tải lại trang.",
            order=order.code,
            state=OrderState(order.state).label,
        )
    order.state = MOVES[action].to_state
    order.closed_at = at if order.state in _CLOSED else None
    order.paid_at = at if order.state == OrderState.PAID else order.paid_at
    order.save()
    note(order, action, actor=actor, at=at, **facts)
    return order


def note(order: Order, kind: str, *, actor: Actor, at: datetime, **facts: Any) -> None:
    """One line of an order's history."""
    OrderEvent.objects.create(
        order=order, at=at, kind=kind, actor=actor.label, actor_name=actor.name, facts={**facts, "state": order.state}
    )
