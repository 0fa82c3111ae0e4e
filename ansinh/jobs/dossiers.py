"""Jobs of dossiers: the receipt and the first notice, the letter of a supplement request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.calendar_change import COUNT_ANEW, count_anew
from ansinh.casework.joint.offer import OFFER_PAPER, offer_paper
from ansinh.casework.named import FILED, TELL_NAMED, tell_named
from ansinh.casework.organisations.approve import APPROVE_BY_RULE, approve_by_rule
from ansinh.casework.organisations.matter import effect_of
from ansinh.casework.receipt import AFTER_SUBMISSION, LATE_RECEIPT, make_receipt_when_sealed
from ansinh.casework.second_guardian import tell_present_guardians
from ansinh.casework.supplement_letter import SUPPLEMENT_LETTER, make_letter
from ansinh.casework.tell import tell_of_filing
from ansinh.dossiers.models import Dossier, State, SupplementRequest
from ansinh.dossiers.real_time import MEASURE, measure_all
from ansinh.dossiers.words import CHILD_REGISTRATION, REGISTRATION
from ansinh.platform.queue import defer, task

ON_FILING = {REGISTRATION: "registration_submitted", CHILD_REGISTRATION: "child_registration_submitted"}
"""What is said of a registration in place of the usual notice."""
WAITS: dict[str, str] = {
    State.WAITING_FOR_ORIGINALS: "waiting_for_originals",
    State.WAITING_FOR_PAYMENT: "waiting_for_payment",
}
"""What is said when something is still awaited."""


@task(AFTER_SUBMISSION)
def after_submission(*, dossier_id: str, at: datetime) -> None:
    """Make the receipt, or have it made later, and tell the applicant the number."""
    dossier = Dossier.objects.get(pk=UUID(dossier_id))
    make_receipt_when_sealed(dossier, at=at)
    tell_of_filing(dossier, ON_FILING.get(dossier.procedure) or WAITS.get(dossier.state, "dossier_submitted"), at=at)
    tell_named(dossier, FILED, at=at)
    if dossier.procedure == CHILD_REGISTRATION:
        tell_present_guardians(dossier, at=at)
    if effect_of(dossier):
        defer(APPROVE_BY_RULE, dossier_id=dossier_id)


@task(APPROVE_BY_RULE)
def approve_by_the_rule(*, dossier_id: str, at: datetime) -> None:
    """Approve what needs no officer; while the log is not sealed the job is tried again."""
    approve_by_rule(UUID(dossier_id), at=at)


@task(LATE_RECEIPT)
def late_receipt(*, dossier_id: str, at: datetime) -> None:
    """Make a receipt that waited for the log."""
    make_receipt_when_sealed(Dossier.objects.get(pk=UUID(dossier_id)), at=at)


@task(MEASURE)
def measure_real_times(*, at: datetime) -> None:
    """Measure how long dossiers take, at most once a day."""
    measure_all(at=at)


@task(COUNT_ANEW)
def count_due_dates_anew(*, after: str | None, why: str, since: str | None = None, at: datetime) -> None:
    """One slice of the open dossiers after a change of the calendar; the rest follows."""
    moment = datetime.fromisoformat(since) if since else None
    last = count_anew(UUID(after) if after else None, why=why, at=at, since=moment)
    if last is not None:
        defer(COUNT_ANEW, after=str(last), why=why, since=since)


@task(OFFER_PAPER)
def offer_joint_paper(*, dossier_id: str, at: datetime) -> None:
    """Make the paper that the applicant signs before the leader."""
    offer_paper(UUID(dossier_id), at=at)


@task(TELL_NAMED)
def tell_whom_it_names(*, dossier_id: str, code: str, at: datetime) -> None:
    """Tell the people an organisation's dossier names what became of it."""
    tell_named(Dossier.objects.get(pk=UUID(dossier_id)), code, at=at)


@task(SUPPLEMENT_LETTER)
def supplement_letter(*, dossier_id: str, at: datetime) -> None:
    """Make the letters that are still to be made."""
    for request in SupplementRequest.objects.filter(dossier_id=UUID(dossier_id), letter_sha256=""):
        make_letter(request.dossier, request, at=at)
