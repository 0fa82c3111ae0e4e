"""One example played: what is filed, when it is due, what is decided, which papers come of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.casework.effects.done import done_by
from ansinh.casework.receipt import make_receipt_when_sealed
from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.catalogue.models import ProcedureVersion
from ansinh.demo.play import desk, filing, money
from ansinh.demo.play.answers import placed
from ansinh.demo.play.applicant import Applicant, applicant_of, make_applicant
from ansinh.demo.play.town import delegate, hired
from ansinh.dossiers.access import Holder
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.models import Dossier, Draft, State
from ansinh.dossiers.words import REGISTRATION
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Invalid
from ansinh.platform.zone import VIETNAM


@dataclass(frozen=True)
class Played:
    """What happened. `gaps` are the places that keep an example with wrong answers from being filed.

    `due` are the days each result was promised for when the dossier was accepted; `amounts` what was computed, by
    calculation; `amount` what was decided (đồng); `effects` what was done, by key. `differs`: facts the register could
    not say.
    """

    slug: str
    example: str
    gaps: tuple[str, ...] = ()
    refused_to_confirm: str = ""
    number: str = ""
    applicant: str = ""
    papers: tuple[str, ...] = ()
    waited_for_originals: bool = False
    due: Mapping[str, str | None] = field(default_factory=dict)
    state: str = ""
    computed: int | None = None
    amount: int | None = None
    amounts: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[tuple[str, str], ...] = ()
    events: tuple[str, ...] = ()
    effects: Mapping[str, str] = field(default_factory=dict)
    differs: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    dossier_id: UUID | None = None


def play(folder: ProcedureFolder, example: Example, *, filed_at: datetime | None = None) -> Played:
    """Play an example in the town, in the caller's transaction; without `filed_at` on its own day."""
    at = filed_at or moment(example.today, hour=8)
    _freeze(folder, at=at)
    assert folder.form is not None
    on = example.today
    who, draft = _draft(folder, example, at=at)
    actor = who.actor if who else None
    if actor is None:
        holder = Holder(None, session_key=filing.SESSION)
    else:
        holder = Holder.of(actor)
        filing.attach_missing(draft, holder=holder, owner_id=actor.account_id, name=actor.name, at=at)
    state = filing.state_of(draft, at=at)
    differs = who.differs if who else {}
    if state.gaps:
        gaps = [f"{one.path}: {one.code}" for part in state.parts for one in part.problems]
        gaps += [one.key for one in state.papers if one.missing]
        return Played(
            folder.slug, example.key, gaps=tuple(gaps), refused_to_confirm=_refused(draft, actor, at=at),
            differs=differs,
        )  # fmt: skip
    if actor is None:
        dossier = filing.register_newcomer(draft, holder=holder, at=at)
    else:
        dossier = filing.confirm_and_submit(draft, actor, at=at)
    make_receipt_when_sealed(dossier, at=at + timedelta(minutes=2))
    waited = dossier.state == "waiting_for_originals"
    due: Mapping[str, str | None] = {}
    accepted = moment(date.fromisoformat(example.accepted_at or on.isoformat()), hour=9)
    staff = _staff(on=accepted.date())
    if dossier.state == State.WAITING_FOR_PAYMENT:
        dossier = money.pay(dossier, at=accepted - timedelta(minutes=30))
    if dossier.state == State.GRANTED:  # finished by the machine
        due = {row["key"]: row["on"] for row in dossier.results_due}
    elif desk.is_registration(dossier):
        delegate(staff(Role.APPROVER, dossier.office_code), procedure=folder.slug, at_office=dossier.office_code)
        dossier = desk.approve(dossier, staff, at=accepted)
    else:
        dossier = desk.take_in(dossier, staff, at=accepted)
        due = {row["key"]: row["on"] for row in dossier.results_due}
        if example.course.supplement:
            assert actor is not None
            desk.ask(dossier, example.course, staff, at=accepted + timedelta(hours=1))
            form = folder.form
            filing.mend(
                dossier, example.course.supplement, actor, at=accepted + timedelta(hours=2),
                place=lambda key, value: placed(form, {key: value}, on=on)[key],
            )  # fmt: skip
            dossier.refresh_from_db()
        dossier = desk.decide(dossier, example.course, staff, applicant=actor, at=accepted + timedelta(hours=3))
    return _told(folder, example, dossier, due=due, waited=waited, differs=differs)


def moment(day: date, *, hour: int) -> datetime:
    """That hour at the office."""
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=VIETNAM)


def _draft(folder: ProcedureFolder, example: Example, *, at: datetime) -> tuple[Applicant | None, Draft]:
    """Who files and the draft; nobody yet for a registration of oneself."""
    assert folder.form is not None
    answers = placed(folder.form, example.answers, on=example.today)
    if folder.slug == REGISTRATION:
        holder = Holder(None, session_key=filing.SESSION)
        return None, filing.draft_of(folder.slug, answers, holder=holder, at=at)
    who = make_applicant(folder, example, answers, at=at)
    answers = placed(folder.form, answers, on=example.today)  # providers are there now
    return who, filing.draft_of(folder.slug, answers, holder=Holder.of(who.actor), at=at)


def _refused(draft: Draft, actor: Citizen | None, *, at: datetime) -> str:
    """The code with which the confirmation of an incomplete draft is refused."""
    if actor is None:
        return ""
    try:
        with transaction.atomic():
            request_code(draft.pk, actor=actor, channel="sms", session_key=filing.SESSION, network="", at=at)
    except Invalid as refusal:
        return refusal.code
    return ""


def _staff(*, on: date) -> desk.Staff:
    def staff(role: str, office: str, but: Collection[UUID] = ()) -> OfficerActor:
        return hired(role, at_office=office, on=on, but=but)

    return staff


def _freeze(folder: ProcedureFolder, *, at: datetime) -> None:
    ProcedureVersion.objects.get_or_create(
        slug=folder.slug, in_force_from=folder.in_force_on, digest=folder.digest,
        defaults={"content": folder.content, "frozen_at": at},
    )  # fmt: skip


def _told(
    folder: ProcedureFolder, example: Example, dossier: Dossier, *, due: Mapping[str, str | None], waited: bool,
    differs: Mapping[str, tuple[Any, Any]],
) -> Played:  # fmt: skip
    decision = dossier.decisions.order_by("-proposed_at").first()
    amounts: dict[str, Any] = {}
    for line in decision.outcomes if decision else ():
        if line["amount"] is not None:
            key, _, row = line["key"].partition("[")
            if row:
                amounts.setdefault(key, []).append(line["amount"])
            else:
                amounts[key] = line["amount"]
    return Played(
        folder.slug, example.key, number=dossier.number, applicant=applicant_of(folder, example),
        papers=tuple(sorted({paper.requirement for paper in dossier.papers.all()})), waited_for_originals=waited,
        due=due, state=dossier.state, computed=decision.computed_amount if decision else None,
        amount=decision.amount if decision else None, amounts=amounts,
        documents=tuple((one.kind, one.title) for one in dossier.documents.order_by("issued_at", "pk")),
        events=tuple(dossier.events.order_by("at", "pk").values_list("kind", flat=True)),
        effects={one.name: one.says_vi for one in done_by(dossier)}, differs=differs,
        dossier_id=dossier.pk,
    )  # fmt: skip
