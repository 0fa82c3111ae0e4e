"""Problems that a unit tells the office that manages it.

A unit is any organisation here: an employer, an I-VAN provider, a health facility, a school, a collection agent.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.directives.access import organisations_of
from ansinh.directives.models import ProblemReport, ProblemStep
from ansinh.directives.problems import Problem, due_day, refuse_wrong, reports
from ansinh.offices.queries import office
from ansinh.people.actors import Citizen
from ansinh.people.models import Organisation
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotAllowed
from ansinh.platform.zone import local_day


def report_as_unit(problem: Problem, *, organisation_id: UUID, actor: Citizen, at: datetime) -> ProblemReport:
    """Tell the office that manages the organisation, which answers or sends on. Raises NotAllowed, Invalid."""
    today = local_day(at)
    unit = units_of_person(actor, on=today).filter(pk=organisation_id).first()
    if unit is None:
        raise NotAllowed("not-your-unit", "Ông/bà chỉ báo vướng mắc của tổ chức mình đang làm việc. Xin chọn lại.")
    refuse_wrong(problem)
    due = due_day(problem.urgent, on=today)
    with transaction.atomic(), acting_as(actor.label):
        made = ProblemReport.objects.create(
            organisation=unit, unit_name=unit.name, unit_code=unit.unit_code, told_by_id=actor.account_id,
            to_office=office(unit.managing_office), about=problem.about, title=" ".join(problem.title.split()),
            body=problem.body.strip().replace("\r\n", "\n"), urgent=problem.urgent, reported_at=at, due_on=due,
        )  # fmt: skip
        ProblemStep.objects.create(report=made, at=at, kind="reported", due_on=due)
    return made


def reports_of_units(actor: Citizen, *, on: date) -> QuerySet[ProblemReport]:
    """What the organisations one works for reported, the newest first."""
    return reports().filter(organisation_id__in=organisations_of(actor, on=on)).order_by("-reported_at")


def units_of_person(actor: Citizen, *, on: date) -> QuerySet[Organisation]:
    """The organisations whose problems one may report, by name."""
    return Organisation.objects.filter(pk__in=organisations_of(actor, on=on)).order_by("name")
