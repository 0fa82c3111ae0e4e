"""Cash: one officer opens and pays, the receiver signs, another officer confirms; what a post paid is counted by two.

A sum above the limit is released before it is paid, by a third officer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from ansinh.files.models import StoredFile
from ansinh.payments.batches import RELEASES, book_step, refuse_unless
from ansinh.payments.happened import OrderPaid
from ansinh.payments.ledger import transfer
from ansinh.payments.limits import release_limit
from ansinh.payments.models import CashCount, CashPayment, CashState, Order, OrderState
from ansinh.payments.moves import moved, note
from ansinh.people.acting.mandates import mandates_on
from ansinh.people.actors import OfficerActor, Right
from ansinh.people.models import Officer, Role
from ansinh.people.models_acting import Mandate
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

_OWES = (OrderState.READY, OrderState.RETURNED)


@dataclass(frozen=True)
class Receiver:
    """Who stands there with this identity number: the person paid (`mandate_id` None), or a holder of a mandate."""

    paper: str
    name: str = ""
    mandate_id: UUID | None = None


@dataclass(frozen=True)
class Till:
    """What a post paid on a day, by the signed receipts."""

    office_code: str
    post: str
    day: date
    payments: int
    paid: int


def open_cash(order_id: UUID, *, post: str, receiver: Receiver, actor: OfficerActor, at: datetime) -> CashPayment:
    """Begin to pay an order in cash at a post; the receipt is printed from it.

    Raises NotAllowed, NotFound, Conflict (`order-not-cash`, `cash-open`, `order-wrong-state`, `post-counted`),
    Invalid (`cash-post`, `cash-receiver`).
    """
    with transaction.atomic(), acting_as(actor.label):
        refuse_when_unsealed()
        order = _the_order(order_id, actor=actor)
        refuse_unless(actor, {Role.FINANCE}, order.office_code)
        _refuse_not_cash(order)
        where, mandate = _typed(post, receiver), _mandate(order, receiver, on=local_day(at))
        _refuse_counted(order.office_code, where, on=local_day(at))
        made = CashPayment.objects.create(
            order=order, office_code=order.office_code, post=where, amount=order.amount, payer_id=actor.officer_id,
            opened_at=at, receiver_name=mandate.agent.full_name if mandate else order.name,
            receiver_paper=receiver.paper.strip(), mandate=mandate,
        )  # fmt: skip
        note(order, "cash_opened", actor=actor, at=at, post=where)
    return made


def release_cash(payment_id: UUID, *, actor: OfficerActor, at: datetime) -> CashPayment:
    """A third officer lets a sum above the limit be paid. Raises NotAllowed, NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        refuse_when_unsealed()
        payment = the_cash(payment_id, viewer=actor, lock=True)
        refuse_unless(actor, RELEASES, payment.office_code)
        _refuse_closed(payment)
        if payment.payer_id == actor.officer_id:
            raise NotAllowed("own-cash", "Ông/bà đã mở lần trả này nên không tự duyệt được. Xin chuyển người khác.")
        if not needs_release(payment):
            raise Conflict("cash-needs-no-release", "Lần trả này không cần duyệt thêm. Xin tải lại trang.")
        payment.released_by_id, payment.released_at = actor.officer_id, at
        payment.save()
        note(payment.order, "cash_released", actor=actor, at=at)
    return payment


def attach_receipt(payment_id: UUID, receipt: StoredFile, *, actor: OfficerActor, at: datetime) -> None:
    """The receipt with the receiver's signature; a better picture replaces it until the payment is confirmed."""
    with transaction.atomic(), acting_as(actor.label):
        payment = the_cash(payment_id, viewer=actor, lock=True)
        refuse_unless(actor, {Role.FINANCE}, payment.office_code)
        _refuse_closed(payment)
        payment.receipt = receipt
        payment.save()
        note(payment.order, "cash_receipt", actor=actor, at=at, sha256=receipt.sha256)


def confirm_cash(payment_id: UUID, *, actor: OfficerActor, at: datetime) -> CashPayment:
    """The witness confirms that the receiver has the money and signed: the order is paid.

    Raises NotAllowed (`own-cash`), NotFound, Conflict (`cash-no-receipt`, `cash-not-released`, `post-counted`).
    """
    with transaction.atomic(), acting_as(actor.label):
        refuse_when_unsealed()
        payment = the_cash(payment_id, viewer=actor, lock=True)
        refuse_unless(actor, RELEASES, payment.office_code)
        _refuse_closed(payment)
        _refuse_incomplete(payment, actor)
        _refuse_counted(payment.office_code, payment.post, on=local_day(at))
        payment.state, payment.witness_id, payment.paid_at = CashState.PAID, actor.officer_id, at
        payment.save()
        order = Order.objects.select_for_update().get(pk=payment.order_id)
        moved(order, "paid_in_cash", actor=actor, at=at, post=payment.post)
        order.rounds += 1
        order.save(update_fields=["rounds"])
        book_step(order, "cash", transfer(debit="owed_to_people", credit="cash", amount=order.amount), actor, at)
        publish(OrderPaid(order.pk, "out", order.dossier_id, at))
    return payment


def drop_cash(payment_id: UUID, *, why: str, actor: OfficerActor, at: datetime) -> None:
    """The receiver did not come, or something is wrong: the order waits again. Raises NotAllowed, NotFound, Invalid."""
    with transaction.atomic(), acting_as(actor.label):
        payment = the_cash(payment_id, viewer=actor, lock=True)
        refuse_unless(actor, {Role.FINANCE}, payment.office_code)
        _refuse_closed(payment)
        if not why.strip():
            raise Invalid("drop-needs-reason", "Chưa ghi vì sao không trả. Xin viết một câu.")
        payment.state, payment.dropped_because = CashState.DROPPED, why.strip()[:300]
        payment.save()
        note(payment.order, "cash_dropped", actor=actor, at=at, why=payment.dropped_because)


def needs_release(payment: CashPayment) -> bool:
    """Whether a third officer has still to let it go."""
    limit = release_limit(on=local_day(payment.opened_at))
    return payment.released_at is None and payment.amount > limit


def tills(*, viewer: OfficerActor, day: date) -> list[Till]:
    """What each post of the viewer's offices paid on a day and has not counted."""
    rows = CashPayment.objects.filter(
        state=CashState.PAID, office_code__in=_offices(viewer), paid_at__date=day
    ).values("office_code", "post")  # fmt: skip
    sums = rows.annotate(payments=Count("pk"), paid=Sum("amount")).order_by("office_code", "post")
    counted = set(CashCount.objects.filter(day=day).values_list("office_code", "post"))
    return [Till(day=day, **row) for row in sums if (row["office_code"], row["post"]) not in counted]


def count_post(
    till: Till, *, brought: int, counted: int, witness_id: UUID, note: str, actor: OfficerActor, at: datetime
) -> CashCount:
    """Count the cash of a post with a second officer; afterwards nothing more is paid there that day.

    Raises NotAllowed, NotFound, Conflict (`post-counted`, `cash-open`), Invalid (`count-by-two`, `count-needs-note`).
    """
    with transaction.atomic(), acting_as(actor.label):
        refuse_unless(actor, {Role.FINANCE}, till.office_code)
        _refuse_counted(till.office_code, till.post, on=till.day)
        now = next((one for one in tills(viewer=actor, day=till.day) if one.post == till.post), None)
        if now is None:
            raise NotFound("post-not-found", "Điểm chi này không trả tiền mặt trong ngày. Xin tải lại trang.")
        if actor.officer_id == witness_id or not _works(witness_id, till.office_code, on=local_day(at)):
            raise Invalid("count-by-two", "Kiểm quỹ cần người thứ hai của cơ quan. Xin chọn một cán bộ khác.")
        if brought - now.paid != counted and not note.strip():
            raise Invalid(
                "count-needs-note",
                "Tiền còn lại phải là {wanted:,} đồng, đã đếm {got:,} đồng. Xin ghi vì sao khác.",
                wanted=brought - now.paid,
                got=counted,
            )
        return CashCount.objects.create(
            office_code=till.office_code, post=till.post, day=till.day, brought=brought, payments=now.payments,
            paid=now.paid, counted=counted, note=note.strip()[:300], counted_by_id=actor.officer_id,
            witness_id=witness_id, at=at,
        )  # fmt: skip


def counts_of(*, viewer: OfficerActor) -> QuerySet[CashCount]:
    """The counts of the viewer's offices, newest first."""
    return CashCount.objects.filter(office_code__in=_offices(viewer)).select_related("counted_by", "witness")


def open_ones(*, viewer: OfficerActor) -> QuerySet[CashPayment]:
    """Payments begun and not confirmed at the viewer's offices, oldest first."""
    rows = CashPayment.objects.filter(office_code__in=_offices(viewer), state=CashState.OPENED)
    return rows.select_related("order", "payer").order_by("opened_at")


def the_cash(payment_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> CashPayment:
    """A payment in cash of the viewer's offices. Raises NotAllowed, NotFound."""
    rows = CashPayment.objects.select_related("order", "payer", "witness", "released_by", "receipt")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(pk=payment_id, office_code__in=_offices(viewer)).first()
    if found is None:
        raise NotFound("cash-not-found", "Không tìm thấy lần trả tiền mặt này ở cơ quan của ông/bà.")
    return found


@as_the_house()  # whom the person let collect, whoever pays
def collectors_of(order: Order, *, on: date) -> list[Mandate]:
    """Who may collect the money of this order that day by a mandate."""
    if order.owner_id is None:
        return []
    return list(mandates_on(on).filter(principal=order.owner_id, rights__contains=[Right.COLLECT]))


def witnesses(*, office_codes: list[str], but: UUID, on: date) -> list[Officer]:
    """Who may look on at these offices."""
    rows = Officer.objects.filter(assignments__office_code__in=office_codes, assignments__role__in=RELEASES)
    return list(rows.exclude(pk=but).distinct().order_by("full_name"))


def _works(officer_id: UUID, office_code: str, *, on: date) -> bool:
    return any(one.pk == officer_id for one in witnesses(office_codes=[office_code], but=UUID(int=0), on=on))


def _mandate(order: Order, receiver: Receiver, *, on: date) -> Mandate | None:
    if receiver.mandate_id is None:
        return None
    found = next((one for one in collectors_of(order, on=on) if one.pk == receiver.mandate_id), None)
    if found is None:
        raise Invalid("cash-receiver", "Giấy ủy quyền lĩnh tiền này không còn hiệu lực. Xin chọn người nhận khác.")
    return found


def _typed(post: str, receiver: Receiver) -> str:
    if not post.strip():
        raise Invalid("cash-post", "Chưa ghi trả ở đâu. Xin ghi tên quầy hoặc điểm chi.")
    if not receiver.paper.strip():
        raise Invalid("cash-receiver-paper", "Chưa ghi số giấy tờ của người nhận. Xin đối chiếu căn cước rồi ghi.")
    return " ".join(post.split())[:120]


def _refuse_not_cash(order: Order) -> None:
    if order.method != "cash":
        raise Conflict("order-not-cash", "Lệnh {order} trả qua tài khoản, không trả tiền mặt.", order=order.code)
    if order.state not in _OWES:
        raise Conflict(
            "order-wrong-state",
            "Lệnh {order} đang ở trạng thái “{state}” nên không làm việc này được. Xin tải lại trang.",
            order=order.code,
            state=OrderState(order.state).label,
        )
    if order.cash_payments.exclude(state=CashState.DROPPED).exists():
        raise Conflict("cash-open", "Lệnh {order} đang được trả ở một quầy khác. Xin mở lần trả đó.", order=order.code)


def _refuse_incomplete(payment: CashPayment, actor: OfficerActor) -> None:
    if actor.officer_id in (payment.payer_id, payment.released_by_id):
        raise NotAllowed("own-cash", "Ông/bà đã mở hoặc duyệt lần trả này. Người chứng kiến phải là một cán bộ khác.")
    if needs_release(payment):
        raise Conflict(
            "cash-not-released", "Số tiền trên mức phải duyệt thêm. Xin chờ người thứ ba duyệt trước khi trả."
        )
    if payment.receipt_id is None:
        raise Conflict(
            "cash-no-receipt", "Chưa có giấy nhận tiền có chữ ký của người nhận. Xin tải bản chụp lên trước."
        )


def _refuse_closed(payment: CashPayment) -> None:
    if payment.state != CashState.OPENED:
        raise Conflict("cash-closed", "Lần trả này đã xong hoặc đã bỏ. Xin tải lại trang.")


def _refuse_counted(office_code: str, post: str, *, on: date) -> None:
    if CashCount.objects.filter(office_code=office_code, post=post, day=on).exists():
        raise Conflict(
            "post-counted", "Quỹ của {post} đã kiểm hôm nay nên không trả thêm. Xin trả ngày khác.", post=post
        )


def _the_order(order_id: UUID, *, actor: OfficerActor) -> Order:
    rows = Order.objects.select_for_update().filter(pk=order_id, direction="out", office_code__in=actor.office_codes)
    order = rows.first()
    if order is None:
        raise NotFound("order-not-found", "Không tìm thấy lệnh thu, chi này. Xin tải lại trang.")
    return order


def _offices(viewer: OfficerActor) -> list[str]:
    offices = sorted({post.office_code for post in viewer.posts if post.role in RELEASES})
    if not offices:
        raise NotAllowed(
            "payments-not-yours",
            "Lập danh sách chi là việc của kế toán; duyệt chi là của kế toán khác, trưởng bộ phận, lãnh đạo.",
        )
    return offices
