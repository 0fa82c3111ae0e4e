"""An officer deals with a bank's notice that fits no order, or not quite: apply it, give the money back, or note it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.payments.codes import codes_in
from ansinh.payments.models import BankNotice, NoticeState, Order, OrderState
from ansinh.payments.moves import possible
from ansinh.payments.notices import CONTRADICTS, NOT_RETURNABLE, WRONG_ACCOUNT, WRONG_AMOUNT, matter_of_notice
from ansinh.payments.orders import Purpose, Whose, order_out, received
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.registry.bank_accounts.account import BankAccount

DEAL = frozenset({Role.FINANCE})
LOOK = frozenset({Role.FINANCE, Role.HEAD, Role.LEADER})
"""Who deals with them, and who may look."""
NOT_BOOKED = frozenset({CONTRADICTS, WRONG_ACCOUNT, NOT_RETURNABLE})
"""Notices whose money is not in our books: they are noted, and cleared up with the bank."""


def notices_to_resolve(*, viewer: OfficerActor) -> QuerySet[BankNotice]:
    """What waits at the viewer's offices, the oldest first, and what nobody can be named for. Raises NotAllowed."""
    offices = _offices(viewer, LOOK)
    rows = BankNotice.objects.filter(state=NoticeState.TO_RESOLVE, office_code__in=[*offices, "00000"])
    return rows.select_related("order").order_by("received_at")


def the_notice(notice_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> BankNotice:
    """One of them. Raises NotAllowed, NotFound."""
    rows = notices_to_resolve(viewer=viewer)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=notice_id).first()
    if found is None:
        raise NotFound("notice-not-found", "Khoản này không còn chờ xử lý. Xin tải lại danh sách.")
    return found


def apply(notice_id: UUID, *, code: str, actor: OfficerActor, note: str, at: datetime) -> Order:
    """The money is for this order: with other sums of the same order that wait, it must reach the amount.

    What is above the amount goes back to who paid it. Raises NotAllowed, NotFound, Invalid, Conflict (`still-short`).
    """
    with transaction.atomic(), acting_as(actor.label):
        _offices(actor)
        refuse_when_unsealed()
        notice = the_notice(notice_id, viewer=actor, lock=True)
        _refuse_unbooked(notice)
        order = _order_of(code)
        parts = [notice, *_other_parts(notice, order)]
        total = sum(part.amount for part in parts)
        if total < order.amount:
            raise Conflict(
                "still-short",
                "Lệnh {order} cần {wanted:,} đồng, mới nhận {got:,} đồng. Xin chờ phần còn thiếu hoặc trả lại tiền.",
                order=order.code,
                wanted=order.amount,
                got=total,
            )
        for part in parts:
            part.order = order
            _resolved(part, "applied", actor=actor, note=note, at=at)
        received(order, actor=actor, at=at, reference=notice.reference)
        if total > order.amount:
            _give(notice, total - order.amount, actor=actor, at=at)
    return order


def give_back(notice_id: UUID, *, actor: OfficerActor, note: str, at: datetime) -> Order:
    """The whole sum goes back to the account it came from. Raises NotAllowed, NotFound, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        _offices(actor)
        refuse_when_unsealed()
        notice = the_notice(notice_id, viewer=actor, lock=True)
        _refuse_unbooked(notice)
        _resolved(notice, "refunded", actor=actor, note=note, at=at)
        return _give(notice, notice.amount, actor=actor, at=at)


def noted(notice_id: UUID, *, actor: OfficerActor, note: str, at: datetime) -> None:
    """Close a notice that moved no money of ours, with what was cleared up. Raises NotAllowed, NotFound, Invalid."""
    with transaction.atomic(), acting_as(actor.label):
        _offices(actor)
        notice = the_notice(notice_id, viewer=actor, lock=True)
        if notice.problem not in NOT_BOOKED:
            raise Conflict("notice-has-money", "Khoản này đã vào sổ nên phải khớp vào một lệnh hoặc trả lại.")
        _resolved(notice, "noted", actor=actor, note=note, at=at)


def _give(notice: BankNotice, amount: int, *, actor: OfficerActor, at: datetime) -> Order:
    if not notice.payer_account:
        raise Conflict(
            "payer-unknown", "Ngân hàng không báo tài khoản của người chuyển. Xin hỏi ngân hàng trước khi trả lại."
        )
    matter = matter_of_notice(notice)
    office_code = matter.office_code if matter.office_code != "00000" else _offices(actor)[0]
    return order_out(
        f"notice:{notice.pk}",
        amount,
        purpose=Purpose("refund", f"Trả lại tiền chuyển thừa {notice.reference}", f"Sent back: {notice.reference}"),
        whose=Whose(None, notice.payer_name or "Người chuyển tiền", office_code, matter.dossier_id),
        to=BankAccount(notice.payer_bank, notice.payer_account, notice.payer_name),
        from_account="unmatched",
        actor=actor,
        at=at,
    )


def _order_of(code: str) -> Order:
    found = codes_in(code)
    order = Order.objects.select_for_update().filter(direction="in", code__in=found[:1]).first()
    if order is None:
        raise Invalid("order-code-unknown", "Không có lệnh thu nào mang mã này. Xin kiểm tra lại từng ký tự.")
    if order.state == OrderState.PAID or not possible("received", order):
        raise Conflict("order-closed", "Lệnh {order} đã xong hoặc đã hủy. Xin trả lại số tiền này.", order=order.code)
    return order


def _other_parts(notice: BankNotice, order: Order) -> list[BankNotice]:
    """Sums that wait because they alone were too little (or too much) for the same order."""
    rows = BankNotice.objects.select_for_update().filter(
        order=order, state=NoticeState.TO_RESOLVE, problem=WRONG_AMOUNT
    )
    return list(rows.exclude(pk=notice.pk).order_by("received_at"))


def _resolved(notice: BankNotice, how: str, *, actor: OfficerActor, note: str, at: datetime) -> None:
    if not note.strip():
        raise Invalid("notice-needs-note", "Chưa ghi đã xử lý thế nào. Xin viết một câu để người sau đọc hiểu.")
    notice.state, notice.resolution, notice.note = NoticeState.RESOLVED, how, note.strip()[:500]
    notice.resolved_by_id, notice.resolved_at = actor.officer_id, at
    notice.save()


def _refuse_unbooked(notice: BankNotice) -> None:
    if notice.problem in NOT_BOOKED:
        raise Conflict(
            "notice-not-booked", "Thông báo này chưa được ghi sổ nên không khớp, không trả lại được. Xin hỏi ngân hàng."
        )


def _offices(actor: OfficerActor, roles: frozenset[Role] = DEAL) -> list[str]:
    offices = sorted({post.office_code for post in actor.posts if post.role in roles})
    if not offices:
        raise NotAllowed("notices-not-yours", "Việc đối chiếu tiền ngân hàng của kế toán chi trả.")
    return offices
