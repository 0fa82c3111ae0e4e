"""Name the departments of an office: whoever manages its people says which department does what, from a day on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from ansinh.offices.departments import name_department
from ansinh.offices.models import Department
from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import Delegation, held_on
from ansinh.people.officers.assign import refuse_closed_office
from ansinh.people.officers.days import refuse_wrong_days
from ansinh.people.officers.history import record, rights_changed, the_document
from ansinh.people.officers.posts import held_assignments
from ansinh.people.officers.powers import refuse_unless_managing
from ansinh.platform.actor_context import acting_as
from ansinh.platform.zone import local_day


def set_department(
    office_code: str,
    *,
    actor: OfficerActor,
    name_vi: str,
    name_en: str = "",
    does: Collection[str],
    document_number: str,
    valid_from: date,
    at: datetime,
) -> Department:
    """From a day on these functions belong to the department of this name. Raises NotAllowed, Invalid, Conflict.

    A delegation to a department follows its functions, so whoever does them learns of changed rights.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        refuse_unless_managing(actor, office_code=office_code, on=today)
        refuse_wrong_days(valid_from, None, today=today)
        refuse_closed_office(office_code, on=valid_from)
        document = the_document(document_number)
        department = name_department(office_code, name_vi=name_vi, name_en=name_en, does=does, valid_from=valid_from)
        record(
            "department_named", actor=actor, office_code=office_code, about=None, at=at, document=document,
            department=department.name_vi, does=sorted(does), begins=valid_from,
        )  # fmt: skip
        to_departments = Delegation.objects.filter(held_on(today), office_code=office_code, department__isnull=False)
        if valid_from == today and to_departments.exists():
            members = held_assignments(on=today).filter(office_code=office_code, function__in=does)
            rights_changed(list(members.values_list("officer_id", flat=True).distinct()), at=at)
    return department
