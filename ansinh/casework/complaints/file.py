"""The applicant files a complaint on the page of a decided dossier, or takes it back; what is common to all ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.complaints.place import comes_from_afar, rule_where
from ansinh.casework.limits import limit_of, source_of
from ansinh.casework.models import Complaint, ComplaintState
from ansinh.casework.tell import tell
from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.files.models import StoredFile
from ansinh.law.deadlines import due
from ansinh.offices.queries import office, work_calendar
from ansinh.people.actors import Actor, Citizen, Right
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

DECIDED = (State.GRANTED, State.REFUSED)
SHORTEST, LONGEST = 10, 4000


@dataclass(frozen=True)
class Filing:
    """What a complaint says and how it came. On paper: who signed it, the day it came in, its scan, who typed it."""

    about: str
    wants: str
    account_id: UUID | None = None
    channel: str = "portal"
    complainant: str = ""
    received_on: date | None = None
    typed_by_id: UUID | None = None
    scan: StoredFile | None = None
    scan_name: str = ""
    late_why: str = ""


def may_complain(dossier: Dossier, *, on: date) -> bool:
    """Whether the dossier was decided, within the time the law gives, and no complaint waits."""
    return (
        dossier.state in DECIDED
        and dossier.procedure not in REGISTRATIONS
        and on <= last_day(dossier)
        and not about_this_result(dossier)
    )


def last_day(dossier: Dossier) -> date:
    """The last day to complain about this decision; when it is not worked, the next one that is (Civil Code 148)."""
    assert dossier.closed_at is not None
    return last_day_of("complaint_within", since=local_day(dossier.closed_at))


def last_day_of(rule: str, *, since: date) -> date:
    """The last day of a rule of limits.yaml that began to count on a day."""
    on = due(started_on=since, limit=limit_of(rule, on=since), calendar=work_calendar()).on
    assert on is not None
    return on


def file_complaint(dossier_id: UUID, *, actor: Citizen, about: str, wants: str, at: datetime) -> Complaint:
    """File it: the clock of the complaint starts. Raises NotFound, NotAllowed, Invalid, Conflict."""
    refuse_without(Right.SIGN, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        filing = Filing(about, wants, account_id=actor.account_id)
        return filed(dossier, filing, actor=actor, at=at)


def filed(dossier: Dossier, filing: Filing, *, actor: Actor, at: datetime) -> Complaint:
    """The first complaint about the result of a locked dossier, in the caller's transaction."""
    begins = filing.received_on or local_day(at)
    if dossier.state not in DECIDED or dossier.procedure in REGISTRATIONS:
        raise Conflict(
            "complaint-too-early", "Hồ sơ chưa có kết quả nên chưa khiếu nại được. Xin hỏi cơ quan đang giải quyết."
        )
    if begins > last_day(dossier) and not filing.late_why.strip():
        raise Conflict(
            "complaint-too-late",
            "Đã quá thời hiệu khiếu nại của kết quả này. Có lý do khách quan thì xin nộp đơn tại cơ quan BHXH.",
        )
    if dossier.complaints.filter(state=ComplaintState.FILED).exists():
        raise Conflict("complaint-waits", "Hồ sơ đang có một khiếu nại chờ trả lời. Xin đợi trả lời.")
    if about_this_result(dossier):
        raise Conflict("complaint-answered", "Khiếu nại lần đầu đã được trả lời. Không đồng ý thì khiếu nại lần hai.")
    return written(
        dossier, filing, office_code=answering_office(dossier), rule="complaint_answer", first=None, actor=actor, at=at
    )


def written(
    dossier: Dossier, filing: Filing, *, office_code: str, rule: str, first: Complaint | None, actor: Actor,
    at: datetime,
) -> Complaint:  # fmt: skip
    """Write a complaint of any level with the limit of its rule, record and tell it. Raises Invalid."""
    if len(filing.about.strip()) < SHORTEST or len(filing.wants.strip()) < SHORTEST:
        raise Invalid("complaint-empty", "Chưa ghi rõ điều không đồng ý và đề nghị. Xin viết ít nhất một câu mỗi mục.")
    begins = filing.received_on or local_day(at)
    remote = comes_from_afar(dossier, on=begins)
    rule = rule_where(rule, remote=remote)
    due_on = last_day_of(rule, since=begins)
    complaint = Complaint.objects.create(
        number=f"KN{dossier.complaints.count() + 1}-{dossier.number}", dossier=dossier, office_code=office_code,
        level=2 if first else 1, first=first, account_id=filing.account_id, channel=filing.channel,
        complainant=filing.complainant.strip()[:100], received_on=filing.received_on, typed_by_id=filing.typed_by_id,
        scan=filing.scan, scan_name=filing.scan_name[:200], late_why=filing.late_why.strip()[:500], filed_at=at,
        about=filing.about.strip()[:LONGEST], wants=filing.wants.strip()[:LONGEST], remote=remote, due_on=due_on,
        basis_vi=source_of(rule, on=begins),
    )  # fmt: skip
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
    return list(dossier.complaints.select_related("answered_by", "typed_by", "first", "extension"))


def about_this_result(dossier: Dossier) -> bool:
    """Whether a complaint about the present result waits or was answered; one taken back may be filed again."""
    filed_since = dossier.complaints.filter(filed_at__gte=dossier.closed_at)
    return filed_since.exclude(state=ComplaintState.WITHDRAWN).exists()
