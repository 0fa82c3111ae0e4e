"""The examples of the procedures as dossiers of the demonstration, one of each: filed, taken in, or decided.

What a person files is filed by invented people of their own, their days moved to today and renamed by number; what an
organisation files is filed by the organisations of `organisations.yaml`. `./start` defers them to the worker when it
loads the demonstration for the first time, so that the pages are there at once; each is a job, behind all other work.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.catalogue.queries import services_on
from ansinh.demo.moved import moved
from ansinh.demo.play import desk
from ansinh.demo.play.answers import placed
from ansinh.demo.play.applicant import applicant_of, claims_of, make_applicant, register_listed
from ansinh.demo.play.filing import attach_missing, confirm_and_submit, draft_of, state_of
from ansinh.demo.play.town import officer_of
from ansinh.demo.time_stamps import stamped_at
from ansinh.dossiers.access import Holder
from ansinh.dossiers.applicants import is_for_organisations
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Person, StaffMember
from ansinh.people.models_organisations import OrganisationKind
from ansinh.people.organisations.staff import behalves_of_staff
from ansinh.people.queries import citizen
from ansinh.platform.errors import DomainError
from ansinh.platform.queue import defer_many
from ansinh.platform.zone import VIETNAM, local_day

log = logging.getLogger(__name__)
EXAMPLE_JOB: Final = "demonstration_example"
BEHIND_ALL: Final = 1000
_PERSONAL: Final = re.compile(r'"(\d{12})"')
_INSURED: Final = re.compile(r'"((?!9999)\d{10})"')
"""Ten digits but the tax codes of invented organisations."""
_ENTITLED: Final = re.compile(r'"([A-Z0-9/-]{2,20}[-/]\d{7})"')
"""Numbers of benefits in payment end in seven digits."""
_PHONE: Final = re.compile(r"0\d{9}")
_MOBILE: Final = re.compile(r'"84\d{9}"')


def defer_examples(*, at: datetime) -> int:
    """Queue one job for each, behind all other work; returns how many."""
    jobs = [{"slug": folder.slug, "number": number} for number, (folder, _) in enumerate(_chosen(at), start=1)]
    defer_many(EXAMPLE_JOB, jobs, priority=BEHIND_ALL)
    return len(jobs)


def file_examples(*, at: datetime) -> list[Dossier]:
    """File them all now."""
    made = [file_example(folder.slug, number=number, at=at) for number, (folder, _) in enumerate(_chosen(at), start=1)]
    return [one for one in made if one is not None]


def file_example(slug: str, *, number: int, at: datetime) -> Dossier | None:
    """File the example of a procedure and let the office work on it; None, logged, where its people were there before
    or its days do not fit today.
    """
    found = next(((folder, example) for folder, example in _chosen(at) if folder.slug == slug), None)
    if found is None:
        return None
    folder, example = found
    filed_at = _morning_before(at, working_days=number % 4 + 1)
    mine = renamed(example, number, at=filed_at)
    try:
        with transaction.atomic():
            dossier = _file(folder, mine, at=filed_at)
    except (DomainError, IntegrityError) as refusal:
        log.warning("example %s/%s: %s", slug, example.key, refusal)
        return None
    if dossier is not None and number % 3:
        _work(dossier, mine, decide=number % 3 == 2, at=filed_at + timedelta(hours=1))
    return dossier


def renamed(example: Example, number: int, *, at: datetime) -> Example:
    """The same people under numbers that nobody has, on days seen from today."""
    day = local_day(at)
    answers = moved(example.answers, written_for=example.today, filed_on=day)
    record = moved(example.record, written_for=example.today, filed_on=day)
    records = moved(example.records, written_for=example.today, filed_on=day)
    text = json.dumps({"answers": answers, "record": record, "records": records})
    for order, found in enumerate(dict.fromkeys(_PERSONAL.findall(text))):
        text = text.replace(found, f"099{9_000_00000 + number * 100 + order:09d}")
    for order, found in enumerate(dict.fromkeys(_INSURED.findall(text))):
        if not _PHONE.fullmatch(found):
            text = text.replace(found, f"99{30_000_000 + number * 100 + order:08d}")
    for order, found in enumerate(dict.fromkeys(_ENTITLED.findall(text))):
        text = text.replace(found, f"{found[:-7]}{9_000_000 + number * 100 + order}")
    text = _MOBILE.sub(f'"84900{700_000 + number:06d}"', text)
    return replace(example, today=day, **json.loads(text))


def staff_on(at: datetime) -> desk.Staff:
    """Who holds a role at an office of the demonstration that day. The answer raises LookupError when nobody does."""

    def staff(role: str, office: str, but: Collection[UUID] = ()) -> OfficerActor:
        found = officer_of(role, at_office=office, on=local_day(at), but=but)
        if found is None:
            raise LookupError(f"nobody of the demonstration does {role} at {office}")
        return found

    return staff


def _work(dossier: Dossier, example: Example, *, decide: bool, at: datetime) -> None:
    """The office takes it in and, if it can, decides it; what cannot be done stays for whoever tries the desk."""
    try:
        with transaction.atomic():
            taken = desk.take_in(dossier, staff_on(at), at=at)
            if decide:
                with transaction.atomic(), stamped_at(at + timedelta(hours=4)):
                    desk.decide(taken, example.course, staff_on(at), applicant=None, at=at + timedelta(hours=1))
    except (DomainError, LookupError) as refusal:
        log.info("example %s stays where it is: %s", dossier.procedure, refusal)


def _morning_before(at: datetime, *, working_days: int) -> datetime:
    day, calendar = local_day(at), work_calendar()
    while working_days:
        day -= timedelta(days=1)
        working_days -= calendar.is_working_day(day)
    return datetime(day.year, day.month, day.day, 8, 30, tzinfo=VIETNAM)


def _chosen(at: datetime) -> Iterator[tuple[ProcedureFolder, Example]]:
    for folder in services_on(local_day(at)):
        if not folder.procedure.online or folder.slug in REGISTRATIONS or folder.form is None:
            continue
        for example in sorted(folder.examples, key=lambda one: bool(one.applicant)):  # one of its first applicants
            if not example.expected.get("problems") and not example.course.refused:
                yield folder, example
                break


def _file(folder: ProcedureFolder, example: Example, *, at: datetime) -> Dossier | None:
    assert folder.form is not None
    answers = placed(folder.form, example.answers, on=example.today)
    numbers = [str(answers[key]) for key in ("id_number",) if answers.get(key)]
    if any(Person.objects.filter(personal_id_number=one).exists() for one in numbers):
        return None
    kind = applicant_of(folder, example)
    if kind in OrganisationKind.values and (example.applicant or is_for_organisations(folder.procedure)):
        actor = _of_the_demonstration(kind, folder, example, answers, at=at)
    else:
        actor = make_applicant(folder, example, answers, at=at).actor
    if actor is None or Dossier.objects.filter(procedure=folder.slug, owner_id=actor.owner_id).exists():
        return None
    draft = draft_of(folder.slug, answers, holder=Holder.of(actor), at=at)
    attach_missing(draft, holder=Holder.of(actor), owner_id=actor.account_id, name=actor.name, at=at)
    state = state_of(draft, at=at)
    if state.gaps:
        faults = [str(problem.path) for part in state.parts for problem in part.problems]
        log.warning("example %s/%s is left out: %s", folder.slug, example.key, faults)
        transaction.set_rollback(True)
        return None
    return confirm_and_submit(draft, actor, at=at)


def _of_the_demonstration(
    kind: str, folder: ProcedureFolder, example: Example, answers: Mapping[str, Any], *, at: datetime
) -> Citizen | None:
    """Who signs for the organisation of this kind in the demonstration; the people of its list get records."""
    member = StaffMember.objects.filter(organisation__kind=kind, roles__contains=["sign"], ended_at=None).first()
    actor = citizen(member.account) if member is not None else None
    if member is None or actor is None:
        return None
    register_listed(folder, example, answers, on=example.today)
    if answers.get("claim_records"):
        claims_of(member.organisation, member.account, answers, at=at)
    behalves = [
        one for one in behalves_of_staff(member.account_id, local_day(at)) if one.owner_id == member.organisation_id
    ]
    return replace(actor, behalf=behalves[0]) if behalves else None
