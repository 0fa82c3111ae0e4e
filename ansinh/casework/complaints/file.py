"""The applicant files a complaint on the page of a decided dossier, or takes it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ansinh.casework.limits import limit_of, source_of
from ansinh.casework.models import Complaint, ComplaintState
from ansinh.casework.tell import tell
from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.law.deadlines import due
from ansinh.offices.queries import office, work_calendar
from ansinh.people.actors import Citizen, Right
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

DECIDED = (State.GRANTED, State.REFUSED)
SHORTEST, LONGEST = 10, 4000


def may_complain(dossier: Dossier, *, on: date) -> bool:
    """Whether the dossier was decided, within the time the law gives, and no complaint waits."""
    return (
        dossier.state in DECIDED
        and dossier.procedure not in REGISTRATIONS
        and on <= last_day(dossier)
        and not dossier.complaints.filter(state=ComplaintState.FILED).exists()
    )


def last_day(dossier: Dossier) -> date:
    """The last day to complain about this decision."""
    assert dossier.closed_at is not None
    closed = local_day(dossier.closed_at)
    return closed + timedelta(days=limit_of("complaint_within", on=closed).value)


def file_complaint(dossier_id: UUID, *, actor: Citizen, about: str, wants: str, at: datetime) -> Complaint:
    """File it: the clock of the complaint starts. Raises NotFound, NotAllowed, Invalid, Conflict."""
    refuse_without(Right.SIGN, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        today = local_day(at)
        if dossier.state not in DECIDED or dossier.procedure in REGISTRATIONS:
            raise Conflict(
                "complaint-too-early", "Hồ sơ chưa có kết quả nên chưa khiếu nại được. Xin hỏi cơ quan đang giải quyết."
            )
        if today > last_day(dossier):
            raise Conflict(
                "complaint-too-late",
                "Đã quá thời hiệu khiếu nại của kết quả này. Có lý do khách quan thì xin nộp đơn tại cơ quan BHXH.",
            )
        if dossier.complaints.filter(state=ComplaintState.FILED).exists():
            raise Conflict("complaint-waits", "Hồ sơ đang có một khiếu nại chờ trả lời. Xin đợi trả lời.")
        if len(about.strip()) < SHORTEST or len(wants.strip()) < SHORTEST:
            raise Invalid(
                "complaint-empty", "Chưa ghi rõ điều không đồng ý và đề nghị. Xin viết ít nhất một câu mỗi mục."
            )
        due_on = due(started_on=today, limit=limit_of("complaint_answer", on=today), calendar=work_calendar()).on
        assert due_on is not None
        complaint = Complaint.objects.create(
            number=f"KN{dossier.complaints.count() + 1}-{dossier.number}",
            dossier=dossier,
            office_code=answering_office(dossier),
            account_id=actor.account_id,
            filed_at=at,
            about=about.strip()[:LONGEST],
            wants=wants.strip()[:LONGEST],
            due_on=due_on,
            basis_vi=source_of("complaint_answer", on=today),
        )
        record(dossier, "complaint_filed", actor=actor, at=at, number=complaint.number, due=due_on.isoformat())
        with as_the_house():
            tell(dossier, "complaint_filed", at=at, new_due=due_on.isoformat())
    return complaint


def withdraw_complaint(dossier_id: UUID, *, actor: Citizen, at: datetime) -> None:
    """The applicant takes it back; nothing when none waits."""
    refuse_without(Right.SIGN, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        waits = dossier.complaints.filter(state=ComplaintState.FILED)
        for complaint in waits.select_for_update():
            complaint.state = ComplaintState.WITHDRAWN
            complaint.save(update_fields=["state"])
            record(dossier, "complaint_withdrawn", actor=actor, at=at, number=complaint.number)


def answering_office(dossier: Dossier) -> str:
    """The office above the one that decided, so that nobody answers about the own decision; without one, itself."""
    deciding = office(dossier.office_code)
    return deciding.parent.code if deciding.parent else deciding.code


def complaints_of(dossier: Dossier) -> list[Complaint]:
    """All of a dossier, oldest first."""
    return list(dossier.complaints.select_related("answered_by"))
