"""Many orders of one list moved and booked at once: the same states, history and bookings as one by one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ansinh.payments import payroll_sql as sql
from ansinh.payments.models import Batch, Order
from ansinh.payments.moves import MOVES
from ansinh.people.actors import Actor, OfficerActor
from ansinh.platform.errors import Conflict
from ansinh.platform.row_security.viewer import as_the_house


def move_all(ids: Sequence[UUID], action: str, *, actor: Actor, at: datetime, **facts: Any) -> None:
    """Move locked orders as `moves.moved` does. Raises Conflict when one of them stands elsewhere."""
    move = MOVES[action]
    values: dict[str, Any] = {
        "ids": list(ids),
        "to": str(move.to_state),
        "before": [str(one) for one in move.from_states],
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.MOVE, values)
        if cursor.rowcount != len(ids):
            raise Conflict("payroll-moved", "Có lệnh trong danh sách đã đổi trạng thái. Xin tải lại trang rồi làm lại.")
    note_all(ids, action, actor=actor, at=at, **facts)


def note_all(ids: Sequence[UUID], kind: str, *, actor: Actor, at: datetime, **facts: Any) -> None:
    """One line in the history of each."""
    values: dict[str, Any] = {
        "ids": list(ids), "at": at, "kind": kind, "actor": actor.label, "actor_name": actor.name,
        "facts": json.dumps(facts),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.EVENTS, values)


def book_all(ids: Sequence[UUID], step: str, *, debit: str, credit: str, actor: Actor, at: datetime) -> None:
    """A booking of its own for each order, under the key one by one would use."""
    values: Mapping[str, Any] = {"ids": list(ids), "step": step, "actor": actor.label, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(sql.BOOKINGS, values)
        booked = cursor.fetchall()
        entries = {"bookings": [one for one, _ in booked], "amounts": [amount for _, amount in booked]}
        cursor.execute(sql.ENTRIES, {**entries, "debit": debit, "credit": credit})


def send_all(batch: Batch, *, actor: OfficerActor, at: datetime) -> None:
    """The orders of a file of a list, let go at once; the caller has released the file. Raises Conflict."""
    with as_the_house():
        with connection.cursor() as cursor:
            cursor.execute(sql.MOVED_ACCOUNTS, {"batch": batch.pk, "at": at})
            moved = cursor.fetchone()[0]
        if moved:
            raise Conflict(
                "payroll-accounts-changed",
                "{n} người đã đổi tài khoản sau khi lập tệp. Xin hủy tệp này rồi lập lại.",
                n=moved,
            )
        ids = _ids_of(batch)
        move_all(ids, "sent", actor=actor, at=at, batch=batch.number)
        book_all(ids, "sent", debit="owed_to_people", credit="in_transit", actor=actor, at=at)


def settle_all(orders: Sequence[Order], *, actor: OfficerActor, at: datetime) -> None:
    """What the bank said was paid, of a file of a list."""
    ids = [one.pk for one in orders]
    with as_the_house():
        move_all(ids, "settled", actor=actor, at=at)
        book_all(ids, "settled", debit="in_transit", credit="payout_bank", actor=actor, at=at)


def _ids_of(batch: Batch) -> list[UUID]:
    return list(Order.objects.select_for_update().filter(batch=batch).order_by("pk").values_list("pk", flat=True))
