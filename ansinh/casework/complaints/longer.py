"""A complicated complaint takes longer: once, by the limit of the law, with a reason the complainant reads."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.complaints.answer import the_complaint
from ansinh.casework.complaints.file import last_day_of
from ansinh.casework.complaints.place import rule_where
from ansinh.casework.happened import DossierMoved
from ansinh.casework.limits import source_of
from ansinh.casework.models import Complaint, ComplaintExtension, ComplaintState
from ansinh.dossiers.history import record
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

RULES = {1: "complaint_answer_long", 2: "complaint_second_answer_long"}
SHORTEST = 15


def longer_due(complaint: Complaint) -> date:
    """The last day by the longer limit, counted from the same day."""
    begins = complaint.received_on or local_day(complaint.filed_at)
    return last_day_of(_rule(complaint), since=begins)


def _rule(complaint: Complaint) -> str:
    return rule_where(RULES[complaint.level], remote=complaint.remote)


def may_be_longer(complaint: Complaint, *, on: date) -> bool:
    """Whether it waits, in time, and was not given longer before."""
    return complaint.state == ComplaintState.FILED and on <= complaint.due_on < longer_due(complaint)


def take_longer(complaint_id: UUID, *, actor: OfficerActor, why: str, at: datetime) -> ComplaintExtension:
    """Give the longer limit. Raises NotFound, Invalid; Conflict past the first limit, or a second time."""
    with transaction.atomic(), acting_as(actor.label):
        _, dossier = the_complaint(complaint_id, viewer=actor)
        refuse_when_unsealed()
        complaint = Complaint.objects.select_for_update().get(pk=complaint_id)
        if not may_be_longer(complaint, on=local_day(at)):
            raise Conflict(
                "complaint-not-longer",
                "Khiếu nại này đã trả lời, đã quá hạn hoặc đã gia hạn một lần. Xin tải lại trang.",
            )
        if len(why.strip()) < SHORTEST:
            raise Invalid(
                "complaint-longer-why", "Chưa ghi vì sao vụ việc phức tạp. Xin viết đủ, người khiếu nại sẽ đọc."
            )
        begins = complaint.received_on or local_day(complaint.filed_at)
        made = ComplaintExtension.objects.create(
            complaint=complaint, at=at, old_due=complaint.due_on, new_due=longer_due(complaint),
            basis_vi=source_of(_rule(complaint), on=begins), why=why.strip()[:500],
            decided_by_id=actor.officer_id, decided_title=actor.title,
        )  # fmt: skip
        complaint.due_on = made.new_due
        complaint.save(update_fields=["due_on"])
        new_due = made.new_due.isoformat()
        with as_the_house():
            record(
                dossier, "complaint_extended", actor=actor, at=at, number=complaint.number, why=made.why, due=new_due
            )
            publish(DossierMoved(dossier.pk, "complaint_extended", at, {"new_due": new_due, "reason": made.why}))
    return made
