"""The office's side of an example: accept, check, ask, propose, control, sign, or approve a registration."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from ansinh.casework import registration
from ansinh.casework.accept import accept, confirm_check, originals_received
from ansinh.casework.access import stage_of
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.casework.compute import compute, total
from ansinh.casework.joint.offer import offer_paper
from ansinh.casework.organisations import approve as organisations
from ansinh.casework.organisations.matter import effect_of, needs_comparison
from ansinh.casework.pins import Pin
from ansinh.casework.propose import RefusalReason, control, propose_grant, propose_refusal
from ansinh.casework.sign import sign
from ansinh.catalogue.folder import Course
from ansinh.catalogue.queries import frozen
from ansinh.demo.play import filing
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Role
from ansinh.platform.zone import local_day


class Staff(Protocol):
    """Who holds a role at an office, other than these officers."""

    def __call__(self, role: str, office: str, but: Collection[UUID] = ()) -> OfficerActor: ...


def take_in(dossier: Dossier, staff: Staff, *, at: datetime) -> Dossier:
    """Originals arrived, the dossier accepted."""
    if dossier.state == State.WAITING_FOR_ORIGINALS:
        originals_received(dossier.pk, actor=_holder(dossier, staff), note="", at=at)
    return accept(dossier.pk, actor=_holder(dossier, staff), at=at)


def ask(dossier: Dossier, course: Course, staff: Staff, *, at: datetime) -> None:
    """One request with every defect of the example."""
    asks = [
        Ask("paper" if one.paper else "field", one.paper or one.field, one.reason, one.wrong_vi, "")
        for one in course.supplement
    ]
    ask_for_more(dossier.pk, actor=_holder(dossier, staff), asks=asks, at=at)


def decide(dossier: Dossier, course: Course, staff: Staff, *, applicant: Citizen | None, at: datetime) -> Dossier:
    """From acceptance to the signed letter, an hour a step; where both sides sign, the applicant first."""
    dossier = put_forward(dossier, course, staff, at=at)
    at = dossier.last_event_at
    if applicant is not None and offer_paper(dossier.pk, at=at + timedelta(minutes=30)) is not None:
        filing.sign_with_the_office(dossier, applicant, at=at + timedelta(minutes=30))
        dossier.refresh_from_db()
    sign(dossier.pk, actor=_holder(dossier, staff), at=at + timedelta(hours=1))
    dossier.refresh_from_db()
    return dossier


def put_forward(dossier: Dossier, course: Course, staff: Staff, *, at: datetime) -> Dossier:
    """From acceptance until a leader has the draft to sign, an hour a step."""
    while stage_of(dossier).kind == "check":
        dossier = confirm_check(dossier.pk, actor=_holder(dossier, staff), note="", at=at)
        at += timedelta(hours=1)
    if course.refused:
        reasons = [
            RefusalReason(
                one.reason, one.explanation_vi, Pin("paper" if one.paper else "field", one.paper or one.field)
            )
            for one in course.refused
        ]
        propose_refusal(dossier.pk, actor=_holder(dossier, staff), reasons=reasons, note="", at=at)
    else:
        propose(dossier, course, _holder(dossier, staff), at=at)
    dossier.refresh_from_db()
    if stage_of(dossier).kind == "control":
        control(dossier.pk, actor=_holder(dossier, staff), note="", at=at + timedelta(hours=1))
        dossier.refresh_from_db()
    return dossier


def propose(dossier: Dossier, course: Course, actor: OfficerActor, *, at: datetime) -> None:
    """Grant what the law computes, or what the example lets the officer enter."""
    entered = course.entered
    computed = total(compute(dossier, on=local_day(at)))
    differs = entered is not None and entered.amount != computed
    propose_grant(
        dossier.pk, actor=actor, amount=entered.amount if entered and differs else None,
        override_reason=entered.why_vi if entered and differs else "", note="", at=at,
    )  # fmt: skip


def is_registration(dossier: Dossier) -> bool:
    """Whether a delegate approves it instead of a leader's signature."""
    return dossier.procedure in REGISTRATIONS or bool(effect_of(dossier))


def approve(dossier: Dossier, staff: Staff, *, at: datetime) -> Dossier:
    """Compare and approve a registration, at the counter or by the rule of the certificate."""
    if dossier.procedure not in REGISTRATIONS:
        if not organisations.approve_by_rule(dossier.pk, at=at):
            delegate = staff(Role.APPROVER, dossier.office_code)
            if needs_comparison(dossier):
                organisations.keep_comparison(dossier.pk, actor=delegate, papers_match=True, signed=True, at=at)
            organisations.approve(dossier.pk, actor=delegate, at=at)
    else:
        _at_the_counter(dossier, staff(Role.APPROVER, dossier.office_code), at=at)
    dossier.refresh_from_db()
    return dossier


def _at_the_counter(dossier: Dossier, officer: OfficerActor, *, at: datetime) -> None:
    papers = {paper.key: paper for paper in frozen(dossier.version_id).papers}
    for key in registration.missing_papers(dossier):
        photo = filing.scan(papers[key], owner_id=officer.account_id, name=dossier.applicant_name, at=at)
        registration.add_paper(dossier.pk, actor=officer, requirement=key, paper=photo, at=at)
    registration.verify(
        dossier.pk, actor=officer, office_code=dossier.office_code, identity_matches=True, declaration_signed=True,
        app_guided=True, at=at,
    )  # fmt: skip
    registration.approve(dossier.pk, actor=officer, at=at)


def _holder(dossier: Dossier, staff: Staff) -> OfficerActor:
    """Who does the present step: nobody controls or signs what one proposed or controlled."""
    parts = dossier.decisions.values_list("proposed_by_id", "controlled_by_id")
    return staff(dossier.stage_role, dossier.office_code, frozenset(one for row in parts for one in row if one))
