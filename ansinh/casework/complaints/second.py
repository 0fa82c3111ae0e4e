"""A second complaint, to the level above the one that answered, or did not answer in time."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.complaints.file import DECIDED, Filing, last_day_of, written
from ansinh.casework.models import Complaint, ComplaintState
from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.models import Dossier
from ansinh.offices.models import Office
from ansinh.offices.queries import office
from ansinh.people.actors import Actor, Citizen, Right
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day


def first_to_follow(dossier: Dossier, *, on: date) -> Complaint | None:
    """The first complaint that may be followed by a second on this day: answered, or not answered in time."""
    if dossier.state not in DECIDED or dossier.closed_at is None:
        return None
    firsts = dossier.complaints.filter(level=1, second__isnull=True, filed_at__gte=dossier.closed_at)
    for one in reversed(list(firsts)):
        overdue = one.state == ComplaintState.FILED and on > one.due_on
        if overdue or (one.state == ComplaintState.ANSWERED and on <= last_day_for_second(one)):
            return one
    return None


def last_day_for_second(first: Complaint) -> date:
    """The last day for a second complaint: from the answer, or from the day on which it should have come."""
    since = local_day(first.answered_at) if first.answered_at else first.due_on
    return last_day_of("complaint_second_within", since=since)


def office_above(first: Complaint) -> Office | None:
    """Who answers a second complaint; None above the highest office of the system."""
    return office(first.office_code).parent


def file_second(dossier_id: UUID, *, actor: Citizen, about: str, wants: str, at: datetime) -> Complaint:
    """The applicant complains once more. Raises NotFound, NotAllowed, Invalid, Conflict."""
    refuse_without(Right.SIGN, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        first = first_to_follow(dossier, on=local_day(at))
        if first is None:
            raise Conflict(
                "no-second-complaint",
                "Không có khiếu nại lần đầu nào còn khiếu nại tiếp được. Quá hạn thì ông/bà khởi kiện tại Tòa án được.",
            )
        return filed_second(dossier, first, Filing(about, wants, account_id=actor.account_id), actor=actor, at=at)


def filed_second(dossier: Dossier, first: Complaint, filing: Filing, *, actor: Actor, at: datetime) -> Complaint:
    """Write it in the caller's transaction; a first one that nobody answered in time is passed on."""
    above = office_above(first)
    if above is None:
        raise Conflict(
            "no-level-above",
            "Trên {office} không còn cấp nào trong ngành giải quyết khiếu nại. Ông/bà khởi kiện tại Tòa án được.",
            office=office(first.office_code).name_vi,
        )
    if first.state == ComplaintState.FILED:
        with as_the_house():  # it waits at the office that should have answered
            Complaint.objects.filter(pk=first.pk).update(state=ComplaintState.PASSED)
    return written(
        dossier, filing, office_code=above.code, rule="complaint_second_answer", first=first, actor=actor, at=at
    )
