"""What follows a released list: files for the bank, their release and answers in one go, and what was not collected."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from ansinh.payments import payroll_sql as sql
from ansinh.payments.batches import LARGEST_FILE, refuse_unless
from ansinh.payments.bulk import book_all, move_all, note_all
from ansinh.payments.codes import new_code
from ansinh.payments.limits import release_limit
from ansinh.payments.models import Batch, Order, OrderState, Payroll, PayrollState
from ansinh.payments.pain import Payment, orders_file
from ansinh.payments.rules import our_account, payroll_rules
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Person, Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.sealed_fields.envelope import Sealed, blind_index, seal, unseal
from ansinh.platform.sealed_fields.kinds import BANK_ACCOUNT
from ansinh.platform.storage import put
from ansinh.platform.zone import local, local_day
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.models import BankAccountChange, Entitlement

NOT_COLLECTED = "Không nhận trong kỳ chi trả"


def payroll_files(payroll_id: UUID, *, actor: OfficerActor, at: datetime) -> list[Batch]:
    """Put every order of a released bank list that waits into files for the bank, to be released by another officer.

    Whoever's account changed since the list was made is left out and waits at the desk: the list's controller did not
    see that account. Raises NotAllowed, NotFound, Conflict.
    """
    with transaction.atomic(), acting_as(actor.label), as_the_house():
        refuse_when_unsealed()
        payroll = released_list(payroll_id, actor=actor)
        refuse_unless(actor, {Role.FINANCE}, payroll.office_code)
        release_limit(on=local_day(at))
        rows = list(_destinations(payroll, at=at))
        most = payroll_rules(on=local_day(at)).most_in_a_file
        return [
            _file(payroll, rows[first : first + most], actor=actor, at=at) for first in range(0, len(rows), most)
        ]  # fmt: skip


def close_payroll(payroll_id: UUID, *, actor: OfficerActor, at: datetime) -> int:
    """End a list after its last day: what was not collected or came back is not owed by the list any more and stands
    in the registry as unpaid, to be asked for. Answers how many people. Raises NotAllowed, NotFound, Conflict.
    """
    with transaction.atomic(), acting_as(actor.label), as_the_house():
        refuse_when_unsealed()
        payroll = released_list(payroll_id, actor=actor)
        refuse_unless(actor, {Role.FINANCE}, payroll.office_code)
        last = payroll.month.replace(day=payroll_rules(on=payroll.month).pay_by_day)
        if local_day(at) <= last:
            raise Conflict(
                "payroll-still-paid",
                "Kỳ chi trả đến hết ngày {day}. Sau ngày đó mới quyết toán.",
                day=f"{last:%d/%m/%Y}",
            )
        orders = Order.objects.select_for_update().filter(payroll_line__payroll=payroll)
        if orders.filter(state__in=(OrderState.BATCHED, OrderState.SENT)).exists():
            raise Conflict("payroll-at-the-bank", "Còn lệnh đang ở ngân hàng. Xin ghi trả lời của ngân hàng trước.")
        if orders.filter(cash_payments__state="opened").exists():
            raise Conflict("payroll-being-paid", "Còn lần trả tiền mặt chưa xong. Xin xác nhận hoặc bỏ lần trả đó.")
        waiting = list(orders.filter(state__in=(OrderState.READY, OrderState.RETURNED)).values_list("pk", "account"))
        ids = [pk for pk, _ in waiting]
        if ids:
            values: dict[str, Any] = {"payroll": payroll.pk, "ids": ids, "why": NOT_COLLECTED, "day": local_day(at)}
            with connection.cursor() as cursor:
                cursor.execute(sql.UNPAID, values)
            move_all(ids, "stopped", actor=actor, at=at, why=NOT_COLLECTED)
            book_all(ids, "stopped", debit="owed_to_people", credit=waiting[0][1], actor=actor, at=at)
        payroll.state, payroll.closed_at = PayrollState.CLOSED, at
        payroll.save()
    return len(ids)


def released_list(payroll_id: UUID, *, actor: OfficerActor) -> Payroll:
    """A released list of the actor's offices, locked. Raises NotFound, Conflict."""
    rows = Payroll.objects.select_for_update().filter(pk=payroll_id, office_code__in=actor.office_codes)
    found = rows.first()
    if found is None:
        raise NotFound("payroll-not-found", "Không tìm thấy danh sách chi trả này ở cơ quan của ông/bà.")
    if found.state != PayrollState.RELEASED:
        raise Conflict(
            "payroll-wrong-state",
            "Danh sách chi trả đang ở trạng thái “{state}”. Xin tải lại trang.",
            state=PayrollState(found.state).label,
        )
    return found


def _file(payroll: Payroll, rows: Sequence[tuple[Any, ...]], *, actor: OfficerActor, at: datetime) -> Batch:
    source = our_account(payroll.office_code, "payout", on=local_day(at))
    number = f"{payroll.office_code}-{local(at):%Y%m%d}-{new_code()[-8:]}"
    text = f"CHE DO BHXH THANG {payroll.month:%m/%Y}"
    payments = [Payment(f"{code}-{rounds + 1}", amount, to, f"{code} {text}") for _, code, rounds, amount, to in rows]
    content = orders_file(number, payments, source=source, at=at)
    batch = Batch.objects.create(
        number=number, office_code=payroll.office_code, bank=source.bank, account=source.number, count=len(rows),
        total=sum(one.amount for one in payments), prepared_by_id=actor.officer_id, prepared_at=at, payroll=payroll,
        sha256=put(io.BytesIO(content), limit=LARGEST_FILE).sha256,
    )  # fmt: skip
    place = Order._meta.get_field("number").place
    values: dict[str, Any] = {
        "batch": batch.pk,
        "ids": [pk for pk, *_ in rows],
        "banks": [to.bank for *_, to in rows],
        "numbers": [
            bytes(seal(to.number, column=place, row=pk, index=blind_index(BANK_ACCOUNT, to.bank, to.number)))
            for pk, *_, to in rows
        ],
        "holders": [to.holder[:100] for *_, to in rows],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.INTO_FILE, values)
    note_all(values["ids"], "batched", actor=actor, at=at, batch=number)
    return batch


def _destinations(payroll: Payroll, *, at: datetime) -> Iterator[tuple[Any, ...]]:
    """(order, code, rounds, amount, account) of every order whose account still is the one that was controlled."""
    text, whole = BankAccountChange._meta.get_field("number"), Entitlement._meta.get_field("bank_account")
    own = Person._meta.get_field("bank_account")
    with connection.cursor() as cursor:
        cursor.execute(sql.DESTINATIONS, {"payroll": payroll.pk, "at": at})
        found = cursor.fetchall()
    for pk, code, rounds, amount, listed, *where in found:
        change_id, bank, number, holder, change_key, paid_id, paid, paid_key, person_id, person, person_key = where
        if change_id is not None:
            key, to = change_key, BankAccount(bank, _open(text, number, change_id), holder)
        else:
            key, sealed, row, field = (
                (paid_key, paid, paid_id, whole) if paid_key is not None else (person_key, person, person_id, own)
            )
            account = BankAccount.held(field.value_of(_open(field, sealed, row))) if sealed is not None else None
            if account is None:
                continue
            to = account
        if key is not None and listed is not None and bytes(key) == bytes(listed):
            yield pk, code, rounds, amount, to


def _open(field: Any, value: bytes, row: UUID) -> str:
    return unseal(Sealed(bytes(value)), column=field.place, row=row)
