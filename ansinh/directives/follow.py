"""What each holder did with a letter: read, was phoned, confirmed; who is reminded; counts (R-151, R-152, R-156)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from ansinh.directives.access import held_by, organisations_of, the_delivery, units_looked_after
from ansinh.directives.distribute import TELL_HOLDERS
from ansinh.directives.models import Letter
from ansinh.directives.models_distribution import Delivery, DeliveryEvent, Holder
from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import Unit, count_days
from ansinh.offices.queries import and_below, work_calendar
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.queue import defer
from ansinh.platform.zone import local_day

REMIND_AFTER: Final = 3
"""Working days a unit may leave a letter unconfirmed before it is reminded; a due day reminds on the day before it."""
SPOKEN_TO = (
    "Người phụ trách BHXH", "Phòng nhân sự", "Phòng kế toán", "Ban giám đốc", "Văn thư, lễ tân",
)  # fmt: skip
"""Functions at a unit one may have spoken to; offered, a function of another name may be typed."""
LONGEST_FUNCTION = 60


@dataclass(frozen=True)
class Counts:
    """How far a letter is at the units of an office."""

    office_code: str
    office_name: str
    units: int
    read: int
    phoned: int
    confirmed: int


def inbox(actor: OfficerActor) -> QuerySet[Delivery]:
    """What was delivered to the officer, the own departments and offices, open work first."""
    rows = Delivery.objects.filter(held_by(actor)).exclude(holder=Holder.UNIT)
    return rows.select_related("letter__office", "office").order_by("confirmed_at", "due_on", "-delivered_at")


def below(delivery: Delivery) -> QuerySet[Delivery]:
    """Where a holder forwarded the letter to."""
    return delivery.forwarded.select_related("officer", "office").order_by("holder", "unit_name", "delivered_at")


def units_at(delivery: Delivery, *, on: date) -> QuerySet[Delivery]:
    """Units an officer forwarded the letter to, and those one looks after on a day who got it from somebody else."""
    units = Q(parent=delivery)
    if delivery.officer_id is not None:
        units |= units_looked_after(delivery.officer_id, on=on) & Q(office_id=delivery.office_id)
    rows = Delivery.objects.filter(units, letter_id=delivery.letter_id, holder=Holder.UNIT)
    return rows.select_related("officer", "office").order_by("unit_name", "delivered_at")


def at_letter(letter: Letter, *, viewer: OfficerActor) -> QuerySet[Delivery]:
    """Every holder of a letter of one's own office; of another's those at one's offices and below."""
    rows = Delivery.objects.filter(letter=letter).select_related("officer", "office")
    if letter.office_id not in viewer.office_codes:
        rows = rows.filter(office_id__in=and_below(viewer.office_codes))
    return rows.order_by("office_id", "holder", "unit_name", "delivered_at")


def mark_read(delivery_id: UUID, *, actor: OfficerActor, at: datetime) -> Delivery:
    """The holder opened it; the first time counts. Units are read by their own people only. Raises NotFound."""
    with transaction.atomic(), acting_as(actor.label):
        held = the_delivery(delivery_id, actor=actor, on=local_day(at), lock=True)
        if held.holder != Holder.UNIT:
            _once(held, "read", actor.label, at)
    return held


def acknowledge(delivery_id: UUID, *, actor: OfficerActor, at: datetime) -> Delivery:
    """The head or officer takes the task (R-152). Raises NotFound, Conflict."""
    return _own_step(delivery_id, "acknowledged", actor, at)


def confirm_done(delivery_id: UUID, *, actor: OfficerActor, at: datetime) -> Delivery:
    """The holder has done what the letter asks. Raises NotFound, Conflict."""
    return _own_step(delivery_id, "confirmed", actor, at)


def phone(
    delivery_id: UUID, *, spoken_to: str, note: str, confirmed: bool, actor: OfficerActor, at: datetime
) -> Delivery:
    """The officer phoned the unit; `spoken_to` is a function there, no name. Raises NotFound, Invalid, NotAllowed."""
    function = " ".join(spoken_to.split())
    if not function or len(function) > LONGEST_FUNCTION:
        raise Invalid("call-needs-function", "Xin ghi đã nói chuyện với bộ phận nào của đơn vị, không ghi tên riêng.")
    with transaction.atomic(), acting_as(actor.label):
        held = the_delivery(delivery_id, actor=actor, on=local_day(at), lock=True)
        if held.holder != Holder.UNIT:
            raise NotAllowed("only-units-are-phoned", "Chỉ ghi cuộc gọi cho đơn vị.")
        _append(held, "phoned", actor.label, at, spoken_to=function, note=note)
        held.phoned_at = held.phoned_at or at
        held.save(update_fields=["phoned_at"])
        if confirmed:
            _once(held, "confirmed", actor.label, at)
    return held


def letters_of_unit(citizen: Citizen, *, on: date) -> QuerySet[Delivery]:
    """Letters delivered to the organisations one works for, the last first."""
    rows = Delivery.objects.filter(holder=Holder.UNIT, organisation_id__in=organisations_of(citizen, on=on))
    return rows.select_related("letter__office").order_by("-delivered_at")


def read_as_unit(delivery_id: UUID, *, actor: Citizen, at: datetime) -> Delivery:
    """The unit opens its letter; the first time counts. Raises NotFound."""
    with transaction.atomic(), acting_as(actor.label):
        held = _of_unit(delivery_id, actor, on=local_day(at))
        _once(held, "read", actor.label, at)
    return held


def confirm_as_unit(delivery_id: UUID, *, actor: Citizen, at: datetime) -> Delivery:
    """The unit confirms that it knows and acts; once. Raises NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        held = _of_unit(delivery_id, actor, on=local_day(at))
        if held.confirmed_at is not None:
            raise Conflict("already-confirmed", "Đơn vị đã xác nhận văn bản này. Không cần làm gì thêm.")
        _once(held, "read", actor.label, at)
        _once(held, "confirmed", actor.label, at)
    return held


def remind(*, at: datetime) -> int:
    """Remind who is due: the day before a due day and after it, and units that have not confirmed; once a day each."""
    today, calendar = local_day(at), work_calendar()
    if not calendar.is_working_day(today):
        return 0
    rows = Delivery.objects.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=today), confirmed_at__isnull=True)
    rows = rows.exclude(Q(due_on__isnull=True) & ~Q(holder=Holder.UNIT))
    reminded = 0
    for one in rows.order_by("pk").iterator(chunk_size=500):
        if not _is_due(one, today, calendar):
            continue
        with transaction.atomic():
            held = Delivery.objects.select_for_update().get(pk=one.pk)
            if held.confirmed_at is None and held.reminded_on != today:
                held.reminded_on = today
                held.save(update_fields=["reminded_on"])
                _append(held, "reminded", "system", at)
                defer(TELL_HOLDERS, delivery_ids=[str(held.pk)], code="letter_reminder", moment=at.isoformat())
                reminded += 1
    return reminded


def counts(held: QuerySet[Delivery]) -> list[Counts]:
    """Per office: units among these holders of a letter, and how many read, were phoned, confirmed."""
    rows = (
        held.filter(holder=Holder.UNIT)
        .order_by()
        .values("office_id", "office__name_vi")
        .annotate(
            units=Count("pk"), read=Count("read_at"), phoned=Count("phoned_at"), confirmed=Count("confirmed_at"),
        )
        .order_by("office_id")
    )  # fmt: skip
    return [
        Counts(row["office_id"], row["office__name_vi"], row["units"], row["read"], row["phoned"], row["confirmed"])
        for row in rows
    ]


def _is_due(one: Delivery, today: date, calendar: WorkCalendar) -> bool:
    if one.due_on is not None:
        return count_days(today, one.due_on, Unit.WORKING_DAY, calendar=calendar) <= 1
    since = one.reminded_on or local_day(one.delivered_at)
    return count_days(since, today, Unit.WORKING_DAY, calendar=calendar) >= REMIND_AFTER


def _own_step(delivery_id: UUID, kind: str, actor: OfficerActor, at: datetime) -> Delivery:
    with transaction.atomic(), acting_as(actor.label):
        held = the_delivery(delivery_id, actor=actor, on=local_day(at), lock=True)
        if held.holder == Holder.UNIT:
            raise NotAllowed("units-confirm-themselves", "Đơn vị tự xác nhận, hoặc ghi cuộc gọi với đơn vị.")
        if getattr(held, f"{kind}_at") is not None:
            raise Conflict("already-done", "Việc này đã ghi trước đó. Xin tải lại trang.")
        _once(held, "read", actor.label, at)
        if kind == "confirmed":
            _once(held, "acknowledged", actor.label, at)
        _once(held, kind, actor.label, at)
    return held


def _once(held: Delivery, kind: str, actor: str, at: datetime) -> None:
    """The first time of a step is kept; later ones change nothing."""
    column = f"{kind}_at"
    if getattr(held, column) is None:
        setattr(held, column, at)
        held.save(update_fields=[column])
        _append(held, kind, actor, at)


def _append(held: Delivery, kind: str, actor: str, at: datetime, *, spoken_to: str = "", note: str = "") -> None:
    DeliveryEvent.objects.create(
        delivery=held, at=at, kind=kind, actor=actor, spoken_to=spoken_to, note=" ".join(note.split())[:300]
    )


def _of_unit(delivery_id: UUID, actor: Citizen, *, on: date) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("letter__office")
    found = rows.filter(pk=delivery_id, organisation_id__in=organisations_of(actor, on=on)).first()
    if found is None:
        raise NotFound(
            "delivery-unknown-to-unit",
            "Tổ chức của ông/bà không nhận văn bản này. Xin xem lại danh sách văn bản ở trang Tổ chức.",
        )
    return found


def progress(rows: QuerySet[Delivery]) -> Mapping[str, int]:
    """How many of these were read, phoned and confirmed."""
    found = rows.aggregate(
        all=Count("pk"), read=Count("read_at"), phoned=Count("phoned_at"), confirmed=Count("confirmed_at")
    )
    return {key: int(value) for key, value in found.items()}
