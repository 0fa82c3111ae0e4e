"""What the desk of finance shows: what is to be paid, the files for the bank."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.payments.batches import RELEASES
from ansinh.payments.models import Batch, Order, OrderState
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import NotAllowed, NotFound

WORKS = RELEASES
"""Whose work payments are."""


def orders_to_pay(*, viewer: OfficerActor) -> QuerySet[Order]:
    """What waits to be paid one by one at the viewer's offices, the oldest first. Raises NotAllowed.

    Orders of a monthly list are paid from its page; those its files left out or a bank gave back are here.
    """
    made = Batch.objects.filter(payroll=OuterRef("payroll_line__payroll"))
    by_itself = Q(payroll_line__isnull=True) | Q(state=OrderState.RETURNED) | Q(Exists(made), method="bank")
    return _waiting(viewer).filter(by_itself).select_related("dossier").order_by("created_at", "id")


def count_overdue(office_codes: Collection[str], *, today: date) -> int:
    """Payments of benefits of these offices that wait after their last day."""
    waiting = Order.objects.filter(office_code__in=office_codes, direction="out", due_on__lt=today)
    return waiting.exclude(state__in=(OrderState.PAID, OrderState.CANCELLED)).count()


def the_cash_order(order_id: UUID, *, viewer: OfficerActor) -> Order:
    """An order in cash that waits at the viewer's offices. Raises NotAllowed, NotFound."""
    found = _waiting(viewer).filter(pk=order_id, method="cash").first()
    if found is None:
        raise NotFound("order-not-found", "Không tìm thấy lệnh thu, chi này. Xin tải lại trang.")
    return found


def batches_of(*, viewer: OfficerActor) -> QuerySet[Batch]:
    """The files of the viewer's offices, newest first. Raises NotAllowed."""
    rows = Batch.objects.filter(office_code__in=_offices(viewer))
    return rows.select_related("prepared_by", "approved_by", "released_by").order_by("-prepared_at")


def the_batch(batch_id: UUID, *, viewer: OfficerActor) -> Batch:
    """One of them. Raises NotAllowed, NotFound."""
    found = batches_of(viewer=viewer).filter(pk=batch_id).first()
    if found is None:
        raise NotFound("batch-not-found", "Không tìm thấy danh sách chi này ở cơ quan của ông/bà.")
    return found


def paying_offices(viewer: OfficerActor) -> list[str]:
    """Offices for which this officer prepares payments."""
    return sorted({post.office_code for post in viewer.posts if post.role == Role.FINANCE})


def _waiting(viewer: OfficerActor) -> QuerySet[Order]:
    rows = Order.objects.filter(direction="out", office_code__in=_offices(viewer))
    return rows.filter(state__in=(OrderState.READY, OrderState.RETURNED))


def _offices(viewer: OfficerActor) -> list[str]:
    offices = sorted({post.office_code for post in viewer.posts if post.role in WORKS})
    if not offices:
        raise NotAllowed(
            "payments-not-yours",
            "Lập danh sách chi là việc của kế toán; duyệt chi là của kế toán khác, trưởng bộ phận, lãnh đạo.",
        )
    return offices
