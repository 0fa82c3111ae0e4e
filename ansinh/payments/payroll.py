"""The monthly payment: lists prepared from the registry, controlled and released by others, an order for each person.

Everything is set by set (payroll_sql.py): an office of 100,000 people takes minutes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q, QuerySet

from ansinh.payments import payroll_sql as sql
from ansinh.payments.batches import refuse_unless
from ansinh.payments.bulk import book_all, note_all
from ansinh.payments.codes import new_code
from ansinh.payments.first_list import asked_of_those_granted_since
from ansinh.payments.models import Order, OrderState, Payroll, PayrollLine, PayrollState
from ansinh.payments.rules import booked_to, payroll_rules
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.identifiers import uuid7
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

CONTROLS = frozenset({Role.HEAD, Role.FINANCE})
RELEASES = frozenset({Role.LEADER, Role.HEAD})
_LOOKS = frozenset({Role.FINANCE, Role.HEAD, Role.LEADER})
_OPEN = (PayrollState.PREPARED, PayrollState.CONTROLLED)


def prepare_payroll(month: date, *, office_code: str, actor: OfficerActor, at: datetime) -> list[Payroll]:
    """Make the lists of a month for a paying office, one for each commune and form of payment.

    Raises NotAllowed, Invalid (`payroll-month`, `payroll-nobody`), Conflict (`payroll-exists`).
    """
    refuse_unless(actor, {Role.FINANCE}, office_code)
    today = local_day(at)
    if month.day != 1 or not -31 <= (month - today.replace(day=1)).days <= 31:
        raise Invalid("payroll-month", "Chỉ lập danh sách của tháng trước, tháng này hoặc tháng sau. Xin chọn lại.")
    offices = [office_code]
    with transaction.atomic(), acting_as(actor.label), as_the_house():
        refuse_when_unsealed()
        values: dict[str, Any] = {
            "offices": offices, "months": [*_paid_months(month, offices, today), month], "month": month, "at": at,
            "day": today, "officer": actor.officer_id, "recent": asked_of_those_granted_since(month, today), **_words(),
        }  # fmt: skip
        try:
            _write(values)
        except IntegrityError as fault:
            raise _exists(month) from fault
        made = list(Payroll.objects.filter(month=month, office_code__in=offices, state=PayrollState.PREPARED))
        if not made:
            raise Invalid("payroll-nobody", "Không có ai hưởng hằng tháng ở cơ quan này trong tháng đó.")
    return made


def control_payroll(payroll_id: UUID, *, actor: OfficerActor, at: datetime) -> Payroll:
    """A second officer has looked at every difference. Raises NotAllowed, NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        found = _locked(payroll_id, actor=actor, roles=CONTROLS, states=(PayrollState.PREPARED,))
        if found.prepared_by_id == actor.officer_id:
            raise NotAllowed("own-payroll", "Ông/bà đã lập danh sách này. Xin chuyển người khác kiểm soát, duyệt chi.")
        found.state, found.controlled_by_id, found.controlled_at = PayrollState.CONTROLLED, actor.officer_id, at
        found.save()
    return found


def release_payroll(payroll_id: UUID, *, actor: OfficerActor, at: datetime) -> Payroll:
    """A third officer releases: each person who can be paid gets one order, booked as owed.

    Raises NotAllowed, NotFound, Conflict.
    """
    with transaction.atomic(), acting_as(actor.label):
        refuse_when_unsealed()
        found = _locked(payroll_id, actor=actor, roles=RELEASES, states=(PayrollState.CONTROLLED,))
        if actor.officer_id in (found.prepared_by_id, found.controlled_by_id):
            raise NotAllowed("own-payroll", "Ông/bà đã lập danh sách này. Xin chuyển người khác kiểm soát, duyệt chi.")
        found.state, found.released_by_id, found.released_at = PayrollState.RELEASED, actor.officer_id, at
        found.save()
        with as_the_house():
            _order_all(found, actor=actor, at=at)
    return found


def cancel_payroll(payroll_id: UUID, *, actor: OfficerActor, at: datetime) -> None:
    """Throw a list away before it is released; it can be prepared again. Raises NotAllowed, NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        found = _locked(payroll_id, actor=actor, roles=_LOOKS, states=_OPEN)
        found.lines.update(living=False)
        found.state, found.closed_at = PayrollState.CANCELLED, at
        found.save()


def payrolls_of(*, viewer: OfficerActor) -> QuerySet[Payroll]:
    """The lists of the viewer's offices, newest month first. Raises NotAllowed."""
    rows = Payroll.objects.filter(office_code__in=payroll_offices(viewer, _LOOKS))
    return rows.select_related("prepared_by", "controlled_by", "released_by")


def the_payroll(payroll_id: UUID, *, viewer: OfficerActor) -> Payroll:
    """One of them. Raises NotAllowed, NotFound."""
    found = payrolls_of(viewer=viewer).filter(pk=payroll_id).first()
    if found is None:
        raise _not_found()
    return found


def lines_of(payroll: Payroll, *, only: str = "") -> QuerySet[PayrollLine]:
    """Its lines: those that differ from last month (`only` = "differences"), that cannot be paid ("held"), or all."""
    rows = payroll.lines.select_related("order").order_by("name", "id")
    if only == "differences":
        return rows.exclude(differences=[])
    return rows.exclude(blocked="") if only == "held" else rows


def differences_of(payroll: Payroll) -> dict[str, int]:
    """How many lines are new, changed, stopped, paid elsewhere, held."""
    kinds = ("new", "changed", "stopped", "account", "method")
    counts = {kind: Count("pk", filter=Q(differences__contains=[kind])) for kind in kinds}
    return dict(payroll.lines.aggregate(**counts, held=Count("pk", filter=~Q(blocked=""))))


def late_payments(month: date, *, office_codes: list[str], at: datetime) -> dict[str, int]:
    """Orders of a month by when they were paid: in time, late, still waiting after the last day (R-188)."""
    rules = payroll_rules(on=month)
    last = month.replace(day=rules.pay_by_day)
    rows = Order.objects.filter(payroll_line__month=month, office_code__in=office_codes)
    paid, waits = Q(state=OrderState.PAID), ~Q(state__in=(OrderState.PAID, OrderState.CANCELLED))
    counts = rows.aggregate(
        in_time=Count("pk", filter=paid & Q(paid_at__date__lte=last)),
        late=Count("pk", filter=paid & Q(paid_at__date__gt=last)),
        waiting=Count("pk", filter=waits),
    )
    return counts if local_day(at) > last else {**counts, "waiting": 0}


def payroll_offices(viewer: OfficerActor, roles: frozenset[Role] = _LOOKS) -> list[str]:
    """The viewer's offices where payments are this officer's work. Raises NotAllowed."""
    own = sorted({post.office_code for post in viewer.posts if post.role in roles})
    if not own:
        raise NotAllowed(
            "payments-not-yours",
            "Lập danh sách chi là việc của kế toán; duyệt chi là của kế toán khác, trưởng bộ phận, lãnh đạo.",
        )
    return own


def _words() -> dict[str, str]:
    """What lines say of a change, as it is kept."""
    return {
        "died": "Đã mất", "moved": "Chuyển nơi hưởng", "ended": "Không còn hưởng", "stopped": "Thôi trả",
        "made_up": "Truy lĩnh các tháng trước", "risen": "Đổi mức hưởng", "resumed": "Trả tiếp",
        "form": "Đổi hình thức lĩnh",
    }  # fmt: skip


_TEMPORARY = ("ansinh_month_payees", "ansinh_month_gone", "ansinh_month_ordered", "ansinh_month_last")
_STEPS = (
    sql.MONTH_TABLE, sql.BEFORE, sql.LAST, sql.PREPARE, sql.INDEXED, sql.GONE, sql.LISTS, sql.LINES, sql.STOPPED_LINES,
)  # fmt: skip


def _write(values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for table in _TEMPORARY:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        for statement in _STEPS:
            cursor.execute(statement, values)
            if statement is sql.LAST:
                cursor.execute(sql.INDEXED_BEFORE)


def _paid_months(month: date, offices: list[str], today: date) -> list[date]:
    """Months before this one whose lists went out: only they can owe something that a list forgot."""
    back = payroll_rules(on=today).months_back
    rows = Payroll.objects.filter(
        office_code__in=offices, month__lt=month, state__in=(PayrollState.RELEASED, PayrollState.CLOSED)
    )
    return sorted(rows.order_by("-month").values_list("month", flat=True).distinct()[:back])


def _order_all(payroll: Payroll, *, actor: OfficerActor, at: datetime) -> None:
    lines = list(payroll.lines.filter(blocked="", amount__gt=0).order_by("id").values_list("id", flat=True))
    if not lines:
        return
    ids, fund = [uuid7() for _ in lines], booked_to("benefits", on=local_day(at))
    said = f"{payroll.month:%m/%Y}"
    values: dict[str, Any] = {
        "lines": lines, "ids": ids, "codes": [new_code() for _ in lines], "account": fund, "method": payroll.method,
        "vi": f"Chế độ BHXH hằng tháng {said}", "en": f"Monthly benefits {said}", "office": payroll.office_code,
        "at": at, "due": payroll.month.replace(day=payroll_rules(on=payroll.month).pay_by_day),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.ORDERS, values)
    note_all(ids, "made", actor=actor, at=at, payroll=str(payroll.pk))
    book_all(ids, "owed", debit=fund, credit="owed_to_people", actor=actor, at=at)


def _locked(
    payroll_id: UUID, *, actor: OfficerActor, roles: frozenset[Role], states: tuple[PayrollState, ...]
) -> Payroll:
    rows = Payroll.objects.select_for_update().filter(office_code__in=payroll_offices(actor, roles))
    found = rows.filter(pk=payroll_id).first()
    if found is None:
        raise _not_found()
    if found.state not in states:
        raise Conflict(
            "payroll-wrong-state",
            "Danh sách chi trả đang ở trạng thái “{state}”. Xin tải lại trang.",
            state=PayrollState(found.state).label,
        )
    return found


def _exists(month: date) -> Conflict:
    return Conflict(
        "payroll-exists",
        "Tháng {month} đã có danh sách chi trả ở cơ quan này. Xin mở danh sách đó, hoặc hủy rồi lập lại.",
        month=f"{month:%m/%Y}",
    )


def _not_found() -> NotFound:
    return NotFound("payroll-not-found", "Không tìm thấy danh sách chi trả này ở cơ quan của ông/bà.")
