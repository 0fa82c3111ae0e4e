"""Give a post and take it back. A past assignment is never rewritten: it ends, and another begins."""

from __future__ import annotations

import re
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.offices.departments import functions
from ansinh.offices.queries import became, office
from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import CAPACITY, Assignment, Officer, Role
from ansinh.people.officers.days import refuse_over, refuse_wrong_days, refuse_wrong_last_day
from ansinh.people.officers.history import record, rights_changed, the_document, the_reason
from ansinh.people.officers.powers import managed_offices, powers, refuse_oneself, refuse_unless_gives
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day


def assign(
    officer_id: UUID,
    *,
    actor: OfficerActor,
    office_code: str,
    function: str,
    role: str,
    capacity: str = "",
    document_number: str,
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> Assignment:
    """Give an officer a role at an office from a day (to a day, itself included). Raises NotAllowed, Invalid, Conflict.

    `capacity` (KT., TM., TL., TUQ. …) is for roles that sign.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        officer = the_officer(officer_id, lock=True)
        refuse_oneself(actor, officer_id)
        if role not in Role.values or function not in functions():
            raise Invalid("role-unknown", "Chưa chọn nhiệm vụ hoặc mảng việc. Xin chọn trong danh sách.")
        refuse_unless_gives(actor, [role], office_code=office_code, on=today)
        refuse_wrong_days(valid_from, valid_to, today=today)
        refuse_closed_office(office_code, on=valid_from)
        capacity = _capacity(capacity, role, on=valid_from)
        document = the_document(document_number)
        _refuse_twice(officer, office_code, function, role, valid_from, valid_to)
        given = Assignment.objects.create(
            officer=officer, office_code=office_code, function=function, role=role, capacity=capacity,
            document_number=document, valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip
        record(
            "assigned", actor=actor, office_code=office_code, about=officer_id, at=at, document=document,
            assignment=given.pk, role=role, function=function, capacity=capacity, begins=valid_from, ends=valid_to,
        )  # fmt: skip
        if valid_from == today:
            rights_changed([officer_id], at=at)
    return given


def end_assignment(
    assignment_id: int, *, actor: OfficerActor, last_day: date | None, reason: str, document_number: str, at: datetime
) -> Assignment:
    """End a post after its last day, or at once when `last_day` is None.

    Raises NotFound, NotAllowed, Invalid, Conflict.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        row = the_assignment(assignment_id, actor=actor, today=today, lock=True)
        refuse_unless_gives(actor, [row.role], office_code=row.office_code, on=today)
        refuse_over(ended=row.ended_at is not None, valid_to=row.valid_to, today=today)
        why, document = the_reason(reason), the_document(document_number)
        if last_day is None:
            row.ended_at = at
        else:
            refuse_wrong_last_day(last_day, valid_from=row.valid_from, valid_to=row.valid_to, today=today)
            row.valid_to = last_day
        row.save(update_fields=["ended_at", "valid_to"])
        record(
            "assignment_ended", actor=actor, office_code=row.office_code, about=row.officer_id, at=at,
            document=document, assignment=row.pk, role=row.role, function=row.function, last_day=last_day, reason=why,
        )  # fmt: skip
        if last_day is None:
            rights_changed([row.officer_id], at=at)
    return row


def the_officer(officer_id: UUID, *, lock: bool = False) -> Officer:
    """An officer; locked, so that two acts on the same one come one after the other. Raises NotFound."""
    rows = Officer.objects.select_for_update() if lock else Officer.objects.all()
    found = rows.filter(pk=officer_id).first()
    if found is None:
        raise NotFound("officer-unknown", "Không có cán bộ này. Xin xem lại mã cán bộ.")
    return found


def the_assignment(assignment_id: int, *, actor: OfficerActor, today: date, lock: bool = False) -> Assignment:
    """An assignment at an office whose people the actor manages; any other does not exist for the actor."""
    rows = Assignment.objects.select_for_update() if lock else Assignment.objects.all()
    found = rows.filter(pk=assignment_id, office_code__in=managed_offices(actor, on=today)).first()
    if found is None:
        raise NotFound("assignment-unknown", "Không có phân công này ở cơ quan ông/bà quản lý. Xin tải lại trang.")
    return found


def refuse_closed_office(office_code: str, *, on: date) -> None:
    """Raise Invalid when an office is no more on a day; the sentence names what it became."""
    holder, present = office(office_code), became(office_code, on=on)
    if present is None or present.code != holder.code:
        raise Invalid(
            "office-no-more",
            "{name} không còn hoạt động vào ngày đó. Xin chọn {successor}.",
            name=holder.name_vi,
            successor=present.name_vi if present else "cơ quan khác",
        )


def _capacity(typed: str, role: str, *, on: date) -> str:
    capacity = " ".join(typed.split())
    if not capacity:
        return ""
    if role not in powers(on=on).signs:
        raise Invalid("capacity-without-signing", "Nhiệm vụ này không ký văn bản. Xin để trống tư cách ký.")
    if not re.match(CAPACITY, capacity):
        raise Invalid("capacity-form", "Tư cách ký bắt đầu bằng KT., TM., TL. hoặc TUQ., ví dụ KT. GIÁM ĐỐC.")
    return capacity[:60]


def _refuse_twice(
    officer: Officer, office_code: str, function: str, role: str, valid_from: date, valid_to: date | None
) -> None:
    equal = officer.assignments.filter(office_code=office_code, function=function, role=role, ended_at__isnull=True)
    if equal.exclude(valid_to__lt=valid_from).exclude(valid_from__gt=valid_to or date.max).exists():
        raise Conflict(
            "assigned-already",
            "{name} đã được phân công đúng việc này trong thời gian đó. Xin xem danh sách nhiệm vụ.",
            name=officer.full_name,
        )
