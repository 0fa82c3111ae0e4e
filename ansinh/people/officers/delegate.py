"""Delegate the approval of registrations and recoveries, by name or to a department, and revoke it (R-060, R-061)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.offices.departments import departments, departments_by_function
from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import Delegation
from ansinh.people.officers.assign import refuse_closed_office, the_officer
from ansinh.people.officers.days import refuse_over, refuse_wrong_days
from ansinh.people.officers.delegations import delegable
from ansinh.people.officers.history import record, rights_changed, the_document, the_reason
from ansinh.people.officers.posts import held_assignments, own_posts
from ansinh.people.officers.powers import managed_offices, may_delegate, refuse_oneself
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid, NotAllowed, NotFound
from ansinh.platform.zone import local_day


def delegate(
    *,
    actor: OfficerActor,
    office_code: str,
    to: UUID,
    procedures: Collection[str],
    document_number: str,
    four_eyes: bool,
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> Delegation:
    """Give the right to approve these procedures at an office to an officer or a department (`to` is either's id).

    The actor must hold the power to delegate there that very day. Raises NotAllowed, Invalid, NotFound.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        refuse_without_power(actor, office_code=office_code, on=today)
        refuse_oneself(actor, to)
        if not procedures or set(procedures) - delegable().keys():
            raise Invalid("delegation-of-nothing", "Chưa chọn thủ tục được giao. Xin chọn ít nhất một.")
        refuse_wrong_days(valid_from, valid_to, today=today)
        refuse_closed_office(office_code, on=valid_from)
        document = the_document(document_number)
        department = next((one for one in departments(office_code, on=valid_from) if one.pk == to), None)
        officer = None if department else the_officer(to)
        if officer is not None:
            _refuse_stranger(officer.pk, officer.full_name, office_code, on=valid_from)
        given = Delegation.objects.create(
            officer=officer, department=department, office_code=office_code, procedures=sorted(set(procedures)),
            given_by_id=actor.officer_id, document_number=document, four_eyes=four_eyes,
            valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip
        record(
            "delegated", actor=actor, office_code=office_code, about=given.officer_id, at=at, document=document,
            delegation=str(given.pk), department=department.name_vi if department else "",
            procedures=given.procedures, four_eyes=four_eyes, begins=valid_from, ends=valid_to,
        )  # fmt: skip
        if valid_from == today:
            rights_changed(holders(given, on=today), at=at)
    return given


def revoke(delegation_id: UUID, *, actor: OfficerActor, reason: str, at: datetime) -> Delegation:
    """Take a delegation back at once, with the reason. Raises NotFound, NotAllowed, Invalid, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        row = the_delegation(delegation_id, actor=actor, today=today, lock=True)
        refuse_without_power(actor, office_code=row.office_code, on=today)
        refuse_over(ended=row.ended_at is not None, valid_to=row.valid_to, today=today)
        why = the_reason(reason)
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        record(
            "delegation_revoked", actor=actor, office_code=row.office_code, about=row.officer_id, at=at,
            document=row.document_number, delegation=str(row.pk),
            department=row.department.name_vi if row.department else "", reason=why,
        )  # fmt: skip
        rights_changed(holders(row, on=today), at=at)
    return row


def the_delegation(delegation_id: UUID, *, actor: OfficerActor, today: date, lock: bool = False) -> Delegation:
    """A delegation at an office whose people the actor manages; any other does not exist for the actor."""
    rows = Delegation.objects.select_for_update(of=("self",)) if lock else Delegation.objects.all()
    rows = rows.select_related("department", "officer", "given_by")
    found = rows.filter(pk=delegation_id, office_code__in=managed_offices(actor, on=today)).first()
    if found is None:
        raise NotFound("delegation-unknown", "Không có văn bản giao quyền này ở cơ quan ông/bà quản lý.")
    return found


def holders(delegation: Delegation, *, on: date) -> list[UUID]:
    """Officers whom a delegation lets approve on a day: the one named, or those of the department."""
    if delegation.officer_id is not None:
        return [delegation.officer_id]
    mapped = departments_by_function(delegation.office_code, on=on)
    does = [function for function, department in mapped.items() if department.pk == delegation.department_id]
    members = held_assignments(on=on).filter(office_code=delegation.office_code, function__in=does)
    return list(members.order_by("officer_id").values_list("officer_id", flat=True).distinct())


def refuse_without_power(actor: OfficerActor, *, office_code: str, on: date) -> None:
    """Raise NotAllowed unless the actor holds the power to delegate at the office that day."""
    if not may_delegate(actor, office_code=office_code, on=on):
        raise NotAllowed(
            "cannot-delegate",
            "Chỉ giám đốc đang giữ chức vụ ở cơ quan này hoặc ở BHXH tỉnh được giao và thu quyền phê duyệt.",
        )


def _refuse_stranger(officer_id: UUID, name: str, office_code: str, *, on: date) -> None:
    if not any(post.office_code == office_code for post in own_posts(officer_id, on=on)):
        raise Invalid(
            "not-at-this-office",
            "{name} không có nhiệm vụ ở cơ quan này vào ngày bắt đầu. Xin phân công trước, rồi giao quyền.",
            name=name,
        )
