"""Who looks after which unit: an employer, a school, a facility, an agent (R-159, R-160, R-162)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_phone
from ansinh.offices.departments import functions
from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import Officer, UnitCharge, held_on
from ansinh.people.officers.assign import refuse_closed_office, the_officer
from ansinh.people.officers.days import refuse_over, refuse_wrong_days
from ansinh.people.officers.history import record, the_document, the_reason
from ansinh.people.officers.posts import own_posts
from ansinh.people.officers.powers import managed_offices, refuse_unless_managing
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day

UNIT_CODE = re.compile(r"[A-Z0-9]{3,20}")


@dataclass(frozen=True)
class Unit:
    """A unit as its office knows it, and the person to call there for SI, HI and unemployment insurance."""

    office_code: str
    code: str
    name: str
    contact_name: str
    contact_phone: str


def give_unit(
    unit: Unit, *, officer_id: UUID, function: str, actor: OfficerActor, valid_from: date, at: datetime
) -> UnitCharge:
    """Let an officer look after a unit for a function from a day on; whoever did ends the day before.

    Raises NotAllowed, Invalid, Conflict.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        officer = the_officer(officer_id, lock=True)
        refuse_unless_managing(actor, office_code=unit.office_code, on=today)
        refuse_wrong_days(valid_from, None, today=today)
        refuse_closed_office(unit.office_code, on=valid_from)
        unit = _checked(unit)
        _refuse_other_function(officer, unit.office_code, function, on=valid_from)
        rows = UnitCharge.objects.select_for_update().filter(
            office_code=unit.office_code, unit_code=unit.code, function=function
        )
        if rows.filter(ended_at__isnull=True, valid_from__gt=valid_from).exists():
            raise Conflict("unit-planned", "Đơn vị này đã có người phụ trách ghi sẵn cho sau ngày đó.")
        for before in rows.filter(held_on(valid_from)):
            _stop(before, last_day=valid_from - timedelta(days=1), at=at)
        given = UnitCharge.objects.create(
            office_code=unit.office_code, unit_code=unit.code, unit_name=unit.name, function=function, officer=officer,
            contact_name=unit.contact_name, contact_phone=unit.contact_phone, valid_from=valid_from,
        )  # fmt: skip
        record(
            "unit_given", actor=actor, office_code=unit.office_code, about=officer_id, at=at,
            unit=unit.code, name=unit.name, function=function, begins=valid_from,
        )  # fmt: skip
    return given


def end_unit(charge_id: UUID, *, actor: OfficerActor, reason: str, at: datetime) -> UnitCharge:
    """Nobody looks after the unit for this function from now on. Raises NotFound, Invalid, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        row = the_charge(charge_id, actor=actor, today=today, lock=True)
        refuse_over(ended=row.ended_at is not None, valid_to=row.valid_to, today=today)
        why = the_reason(reason)
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        record(
            "unit_ended", actor=actor, office_code=row.office_code, about=row.officer_id, at=at,
            unit=row.unit_code, name=row.unit_name, function=row.function, reason=why,
        )  # fmt: skip
    return row


def change_contact(charge_id: UUID, *, name: str, phone: str, actor: OfficerActor, at: datetime) -> UnitCharge:
    """Keep whom to call at the unit from now on; the history says whom before. Raises NotFound, Invalid, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        row = the_charge(charge_id, actor=actor, today=today, lock=True)
        refuse_over(ended=row.ended_at is not None, valid_to=row.valid_to, today=today)
        new = _checked(Unit(row.office_code, row.unit_code, row.unit_name, name, phone))
        record(
            "contact_changed", actor=actor, office_code=row.office_code, about=row.officer_id, at=at,
            unit=row.unit_code, name=row.unit_name, before=f"{row.contact_name}, {row.contact_phone}",
            after=f"{new.contact_name}, {new.contact_phone}",
        )  # fmt: skip
        row.contact_name, row.contact_phone = new.contact_name, new.contact_phone
        row.save(update_fields=["contact_name", "contact_phone"])
    return row


def hand_over_units(
    from_officer: UUID,
    *,
    to_officer: UUID,
    office_code: str,
    does: Collection[str],
    document_number: str,
    actor: OfficerActor,
    valid_from: date,
    at: datetime,
) -> int:
    """Give all units of an officer at an office, for these functions, to another from a day on; gives how many.

    Raises NotAllowed, Invalid, NotFound.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        giver, taker = the_officer(from_officer, lock=True), the_officer(to_officer, lock=True)
        refuse_unless_managing(actor, office_code=office_code, on=today)
        refuse_wrong_days(valid_from, None, today=today)
        document = the_document(document_number)
        if giver == taker:
            raise Invalid("units-to-the-same", "Xin chọn người nhận khác người giao.")
        rows = list(
            UnitCharge.objects.select_for_update().filter(
                held_on(valid_from), officer=giver, office_code=office_code, function__in=does
            )
        )
        if not rows:
            raise Invalid("no-units", "Không có đơn vị nào để bàn giao vào ngày đó. Xin xem lại mảng việc và ngày.")
        for function in {row.function for row in rows}:
            _refuse_other_function(taker, office_code, function, on=valid_from)
        taken = [
            UnitCharge(
                office_code=row.office_code, unit_code=row.unit_code, unit_name=row.unit_name, function=row.function,
                officer=taker, contact_name=row.contact_name, contact_phone=row.contact_phone,
                valid_from=valid_from, valid_to=row.valid_to,
            )
            for row in rows
        ]  # fmt: skip
        for row in rows:
            _stop(row, last_day=valid_from - timedelta(days=1), at=at)
        UnitCharge.objects.bulk_create(taken)
        for about, kind, other in (
            (giver, "units_handed_over", taker),
            (taker, "units_taken_over", giver),
        ):
            record(
                kind, actor=actor, office_code=office_code, about=about.pk, at=at, document=document,
                n=len(rows), name=other.full_name, units=sorted({row.unit_code for row in rows}), begins=valid_from,
            )  # fmt: skip
    return len(rows)


def units_of(officer_id: UUID, *, on: date) -> QuerySet[UnitCharge]:
    """Units an officer looks after on a day, by name."""
    return UnitCharge.objects.filter(held_on(on), officer_id=officer_id).order_by("unit_name", "function")


def in_charge_of(unit_code: str, *, office_code: str, on: date) -> dict[str, Officer]:
    """Function → the officer who looks after a unit on a day and still has a post of that function at the office."""
    rows = UnitCharge.objects.filter(held_on(on), unit_code=unit_code, office_code=office_code)
    return {
        row.function: row.officer
        for row in rows.select_related("officer")
        if _has_function(row.officer_id, office_code, row.function, on=on)
    }


def orphaned(office_code: str, *, on: date) -> list[UnitCharge]:
    """Units whose officer has left the function or the office: they wait for somebody."""
    rows = UnitCharge.objects.filter(held_on(on), office_code=office_code).select_related("officer")
    posts: dict[UUID, set[str]] = {}
    found = []
    for row in rows.order_by("unit_name", "function"):
        if row.officer_id not in posts:
            own = own_posts(row.officer_id, on=on)
            posts[row.officer_id] = {post.function for post in own if post.office_code == office_code}
        if row.function not in posts[row.officer_id]:
            found.append(row)
    return found


def the_charge(charge_id: UUID, *, actor: OfficerActor, today: date, lock: bool = False) -> UnitCharge:
    """A unit at an office whose people the actor manages; any other does not exist for the actor."""
    rows = UnitCharge.objects.select_for_update() if lock else UnitCharge.objects.all()
    found = rows.filter(pk=charge_id, office_code__in=managed_offices(actor, on=today)).first()
    if found is None:
        raise NotFound("unit-unknown", "Không có đơn vị này ở cơ quan ông/bà quản lý. Xin tải lại trang.")
    return found


def _stop(row: UnitCharge, *, last_day: date, at: datetime) -> None:
    """End the charge after its last day; one that began no earlier is ended at once."""
    if last_day < row.valid_from:
        row.ended_at = at
    else:
        row.valid_to = last_day
    row.save(update_fields=["ended_at", "valid_to"])


def _checked(unit: Unit) -> Unit:
    code, name = unit.code.strip().upper(), " ".join(unit.name.split())
    contact = " ".join(unit.contact_name.split())
    if not UNIT_CODE.fullmatch(code):
        raise Invalid("unit-code-form", "Mã đơn vị gồm 3 đến 20 chữ in hoa và chữ số, ví dụ TA0123A.")
    if not name or not contact:
        raise Invalid("unit-incomplete", "Xin ghi tên đơn vị và người liên hệ của đơn vị.")
    try:
        phone = parse_phone(unit.contact_phone)
    except LawError as wrong:
        raise Invalid(
            "unit-phone", "Số điện thoại của đơn vị chưa đúng. Xin ghi đủ 10 chữ số, bắt đầu bằng 0."
        ) from wrong
    return Unit(unit.office_code, code, name[:200], contact[:100], phone)


def _refuse_other_function(officer: Officer, office_code: str, function: str, *, on: date) -> None:
    if function not in functions() or not _has_function(officer.pk, office_code, function, on=on):
        raise Invalid(
            "not-of-this-function",
            "{name} không có nhiệm vụ mảng việc đó ở cơ quan này vào ngày bắt đầu. Xin phân công trước.",
            name=officer.full_name,
        )


def _has_function(officer_id: UUID, office_code: str, function: str, *, on: date) -> bool:
    own = own_posts(officer_id, on=on)
    return any((post.office_code, post.function) == (office_code, function) for post in own)
