"""Orders out go to the bank in files: one officer prepares, another releases, and the bank's answer is recorded."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.payments.bulk import send_all, settle_all
from ansinh.payments.codes import new_code
from ansinh.payments.destination import destination
from ansinh.payments.happened import OrderPaid, OrderReturned
from ansinh.payments.ledger import Side, book, transfer
from ansinh.payments.limits import release_limit
from ansinh.payments.models import Batch, BatchState, Order, OrderState
from ansinh.payments.moves import moved
from ansinh.payments.orders import matter_of
from ansinh.payments.pain import REJECTED, SETTLED, Answer, Payment, answers_in, orders_file
from ansinh.payments.rules import our_account, out_rules
from ansinh.people.actors import Actor, OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.storage import open_file, put
from ansinh.platform.zone import local, local_day
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.registry.bank_accounts.account import BankAccount

RELEASES = frozenset({Role.HEAD, Role.LEADER, Role.FINANCE})
UNRELEASED = (BatchState.PREPARED, BatchState.APPROVED)
LARGEST_FILE = 20 * 1024 * 1024
BLOCKED = {
    "account-held": "tài khoản đang trong thời gian giữ hoặc chờ xem xét",
    "account-frozen": "tài khoản đã bị chặn",
    "account-missing": "chưa có tài khoản nhận tiền",
    "": "lệnh này trả tiền mặt",
}


def prepare(order_ids: Sequence[UUID], *, office_code: str, actor: OfficerActor, at: datetime) -> Batch:
    """Put orders into a file for the bank. Raises NotAllowed, Invalid, Conflict (`order-blocked`)."""
    refuse_unless(actor, {Role.FINANCE}, office_code)
    rules = out_rules(on=local_day(at))
    if not 1 <= len(set(order_ids)) <= rules.most_in_a_batch:
        raise Invalid(
            "batch-size", "Một danh sách chi có từ 1 đến {most} lệnh. Xin chọn lại.", most=rules.most_in_a_batch
        )
    source = our_account(office_code, "payout", on=local_day(at))
    with transaction.atomic(), acting_as(actor.label):
        refuse_when_unsealed()
        release_limit(on=local_day(at))
        orders = _locked(order_ids, office_code=office_code)
        for order in orders:
            _take_destination(order, at=at)
            order.rounds += 1
        number = f"{office_code}-{local(at):%Y%m%d}-{new_code()[-8:]}"
        content = orders_file(number, [_payment(one) for one in orders], source=source, at=at)
        batch = Batch.objects.create(
            number=number, office_code=office_code, bank=source.bank, account=source.number, count=len(orders),
            total=sum(one.amount for one in orders), prepared_by_id=actor.officer_id, prepared_at=at,
            sha256=put(io.BytesIO(content), limit=LARGEST_FILE).sha256,
        )  # fmt: skip
        for order in orders:
            order.batch = batch
            moved(order, "batched", actor=actor, at=at, batch=number)
    return batch


def release(batch_id: UUID, *, actor: OfficerActor, at: datetime) -> Batch:
    """The second officer lets the file go: from now on it is at the bank. With an order above the limit (limits.py)
    the second officer approves and a third lets it go. Raises NotAllowed, NotFound, Conflict.
    """
    with transaction.atomic(), acting_as(actor.label):
        refuse_when_unsealed()
        batch = _the_batch(batch_id, actor=actor)
        if batch.state not in UNRELEASED:
            raise _not_there(batch)
        _refuse_again(batch, actor)
        if batch.state == BatchState.PREPARED and large_ones(batch):
            batch.state, batch.approved_by_id, batch.approved_at = BatchState.APPROVED, actor.officer_id, at
            batch.save()
            return batch
        batch.state, batch.released_by_id, batch.released_at = BatchState.RELEASED, actor.officer_id, at
        batch.save()
        if batch.payroll_id is not None:
            send_all(batch, actor=actor, at=at)
            return batch
        for order in _orders_of(batch):
            _refuse_changed_destination(order, at=at)
            moved(order, "sent", actor=actor, at=at, batch=batch.number)
            book_step(
                order, "sent", transfer(debit="owed_to_people", credit="in_transit", amount=order.amount), actor, at
            )
    return batch


def large_ones(batch: Batch) -> int:
    """How many orders of a file are above the limit of its day, so that it takes two releases."""
    return batch.orders.filter(amount__gt=release_limit(on=local_day(batch.prepared_at))).count()


def take_back(batch_id: UUID, *, actor: OfficerActor, at: datetime) -> None:
    """Cancel a file that was not released; its orders wait again. Raises NotAllowed, NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        batch = _the_batch(batch_id, actor=actor)
        if batch.state not in UNRELEASED:
            raise _not_there(batch)
        for order in _orders_of(batch):
            order.batch = None
            moved(order, "unbatched", actor=actor, at=at, batch=batch.number)
        batch.state, batch.closed_at = BatchState.CANCELLED, at
        batch.save()


def take_answer(content: bytes, *, actor: OfficerActor, office_code: str, at: datetime) -> Batch:
    """Record the bank's answer to a file: each payment settled or returned; the same answer twice changes nothing.

    Raises NotAllowed, NotFound (`batch-not-found`), Invalid (not such a file, `bank-answer-stranger`).
    """
    refuse_unless(actor, {Role.FINANCE}, office_code)
    number, answers = answers_in(content)
    with transaction.atomic(), acting_as(actor.label):
        batch = Batch.objects.select_for_update().filter(number=number, office_code=office_code).first()
        if batch is None:
            raise NotFound("batch-not-found", "Cơ quan không có danh sách chi số {number}.", number=number)
        if batch.state not in (BatchState.RELEASED, BatchState.ANSWERED):
            raise _not_there(batch)
        orders = {_end_to_end(one): one for one in _orders_of(batch)}
        for answer in answers:
            if answer.end_to_end not in orders:
                raise Invalid(
                    "bank-answer-stranger",
                    "Tệp của ngân hàng nói về lệnh {order} không có trong danh sách này. Không có gì được ghi.",
                    order=answer.end_to_end,
                )
        if batch.payroll_id is not None:
            _settle_a_list(orders, answers, actor=actor, at=at)
        for answer in answers:
            _record(orders[answer.end_to_end], answer, actor=actor, at=at)
        if all(order.state != OrderState.SENT for order in orders.values()):
            batch.state, batch.closed_at = BatchState.ANSWERED, batch.closed_at or at
            batch.save()
    return batch


def given_back(order: Order, *, because: str, reference: str, actor: Actor, at: datetime) -> None:
    """A locked order that was settled came back later: it is owed again. Raises Conflict."""
    was_paid = order.state == OrderState.PAID
    order.returned_because, order.bank_reference = because[:140], reference
    moved(order, "returned", actor=actor, at=at, because=because[:140], reference=reference)
    source = "payout_bank" if was_paid else "in_transit"
    book_step(order, "returned", transfer(debit=source, credit="owed_to_people", amount=order.amount), actor, at)
    publish(OrderReturned(order.pk, order.dossier_id, at))


def file_of(batch: Batch) -> bytes:
    """The bytes that were prepared."""
    with open_file(batch.sha256) as file:
        return file.read()


def end_to_end(order: Order) -> str:
    """How the bank names an order in its answers."""
    return _end_to_end(order)


def _settle_a_list(
    orders: Mapping[str, Order], answers: Sequence[Answer], *, actor: OfficerActor, at: datetime
) -> None:
    """All at once; nobody listens for an order of a list, which has no dossier."""
    named = {one.end_to_end for one in answers if one.status == SETTLED}
    settled = [order for name, order in orders.items() if name in named and order.state == OrderState.SENT]
    settle_all(settled, actor=actor, at=at)
    for order in settled:
        order.state = OrderState.PAID


def _refuse_again(batch: Batch, actor: OfficerActor) -> None:
    if batch.prepared_by_id == actor.officer_id:
        raise NotAllowed("own-batch", "Ông/bà đã lập danh sách chi này nên không tự duyệt được. Xin chuyển người khác.")
    if batch.approved_by_id == actor.officer_id:
        raise NotAllowed(
            "own-approval",
            "Ông/bà đã duyệt lần một danh sách có lệnh lớn này. Lần hai do một người khác nữa duyệt.",
        )


def _record(order: Order, answer: Answer, *, actor: Actor, at: datetime) -> None:
    if order.state != OrderState.SENT or answer.status not in (SETTLED, REJECTED):
        return  # said before, or still under way at the bank
    if answer.status == REJECTED:
        given_back(order, because=answer.reason or answer.status, reference=answer.end_to_end, actor=actor, at=at)
        return
    order.bank_reference = answer.end_to_end
    moved(order, "settled", actor=actor, at=at)
    book_step(order, "settled", transfer(debit="in_transit", credit="payout_bank", amount=order.amount), actor, at)
    publish(OrderPaid(order.pk, "out", order.dossier_id, at))


def book_step(order: Order, step: str, sides: tuple[Side, Side], actor: Actor, at: datetime) -> None:
    """Book what one step of an order out moves, once for each round to the bank or the till."""
    key = f"order:{order.pk}:{step}:{order.rounds}"
    book(key, sides, kind=step, matter=matter_of(order), actor=actor, at=at)


def _take_destination(order: Order, *, at: datetime) -> None:
    where = destination(order, at=at)
    if where.blocked or where.account is None:
        raise Conflict(
            "order-blocked",
            "Lệnh {order} của {name} chưa chuyển khoản được: {why}. Xin bỏ lệnh này khỏi danh sách.",
            order=order.code,
            name=order.name,
            why=BLOCKED[where.blocked],
        )
    order.bank, order.number, order.holder = where.account.bank, where.account.number, where.account.holder


def _refuse_changed_destination(order: Order, *, at: datetime) -> None:
    prepared = (order.bank, order.number)
    _take_destination(order, at=at)
    if (order.bank, order.number) != prepared:
        raise Conflict(
            "order-destination-changed",
            "Tài khoản nhận của {name} đã đổi sau khi lập danh sách. Xin hủy danh sách này rồi lập lại.",
            name=order.name,
        )


def _payment(order: Order) -> Payment:
    to = BankAccount(order.bank, order.number, order.holder)
    return Payment(_end_to_end(order), order.amount, to, f"{order.code} {order.purpose_vi}")


def _end_to_end(order: Order) -> str:
    return f"{order.code}-{order.rounds}"


def _locked(order_ids: Sequence[UUID], *, office_code: str) -> list[Order]:
    rows = Order.objects.select_for_update().filter(pk__in=order_ids, office_code=office_code, direction="out")
    orders = list(rows.order_by("created_at", "id"))
    if len(orders) != len(set(order_ids)):
        raise NotFound("order-not-found", "Không tìm thấy lệnh thu, chi này. Xin tải lại trang.")
    return orders


def _orders_of(batch: Batch) -> list[Order]:
    return list(Order.objects.select_for_update().filter(batch=batch).order_by("created_at", "id"))


def _the_batch(batch_id: UUID, *, actor: OfficerActor) -> Batch:
    batch = Batch.objects.select_for_update().filter(pk=batch_id, office_code__in=actor.office_codes).first()
    if batch is None:
        raise NotFound("batch-not-found", "Không tìm thấy danh sách chi này ở cơ quan của ông/bà.")
    refuse_unless(actor, RELEASES, batch.office_code)
    return batch


def refuse_unless(actor: OfficerActor, roles: set[Role] | frozenset[Role], office_code: str) -> None:
    """Payments are the work of these roles at this office. Raises NotAllowed."""
    if not any(actor.has(role, at_office=office_code) for role in roles):
        raise NotAllowed(
            "payments-not-yours",
            "Lập danh sách chi là việc của kế toán; duyệt chi là của kế toán khác, trưởng bộ phận, lãnh đạo.",
        )


def _not_there(batch: Batch) -> Conflict:
    return Conflict(
        "batch-wrong-state",
        "Danh sách chi {number} đang ở trạng thái “{state}”. Xin tải lại trang.",
        number=batch.number,
        state=BatchState(batch.state).label,
    )
