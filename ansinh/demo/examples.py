"""The examples of the procedures as dossiers of the demonstration: filed by invented people of their own, for the desk.

One of each procedure that a person files: its days moved to today, its people renamed by number. The office has them to
work on; what is asked, refused or granted stays to whoever tries the desk.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.catalogue.queries import services_on
from ansinh.demo.moved import moved
from ansinh.demo.play.answers import placed
from ansinh.demo.play.applicant import applicant_of, make_applicant
from ansinh.demo.play.filing import attach_missing, confirm_and_submit, draft_of, state_of
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.models import Person
from ansinh.people.models_organisations import OrganisationKind
from ansinh.platform.errors import DomainError
from ansinh.platform.zone import local_day

log = logging.getLogger(__name__)
_PERSONAL: Final = re.compile(r'"(\d{12})"')
_INSURED: Final = re.compile(r'"(\d{10})"')
_ENTITLED: Final = re.compile(r'"([A-Z0-9/-]{2,20}[-/]\d{7})"')
"""Numbers of benefits in payment end in seven digits."""
_PHONE: Final = re.compile(r"0\d{9}")
_MOBILE: Final = re.compile(r'"84\d{9}"')


def file_examples(*, at: datetime) -> list[Dossier]:
    """File them; one whose people were there before, or whose days do not fit today, is left out and logged."""
    made = []
    for number, (folder, example) in enumerate(_chosen(at), start=1):
        try:
            with transaction.atomic():
                found = _file(folder, _renamed(example, number, at=at), at=at)
        except (DomainError, IntegrityError) as refusal:
            log.warning("example %s/%s: %s", folder.slug, example.key, refusal)
            continue
        if found is not None:
            made.append(found)
    return made


def _chosen(at: datetime) -> Iterator[tuple[ProcedureFolder, Example]]:
    for folder in services_on(local_day(at)):
        if not folder.procedure.online or folder.slug in REGISTRATIONS or folder.form is None:
            continue
        for example in folder.examples:
            told = not example.expected.get("problems") and not example.course.refused
            if told and applicant_of(folder, example) not in OrganisationKind.values:
                yield folder, example
                break


def _renamed(example: Example, number: int, *, at: datetime) -> Example:
    """The same people under numbers that nobody has, on days seen from today."""
    day = local_day(at)
    answers = moved(example.answers, written_for=example.today, filed_on=day)
    record = moved(example.record, written_for=example.today, filed_on=day)
    text = json.dumps({"answers": answers, "record": record})
    for order, found in enumerate(dict.fromkeys(_PERSONAL.findall(text))):
        text = text.replace(found, f"099{9_000_00000 + number * 10 + order:09d}")
    for order, found in enumerate(dict.fromkeys(_INSURED.findall(text))):
        if not _PHONE.fullmatch(found):
            text = text.replace(found, f"99{30_000_000 + number * 10 + order:08d}")
    for order, found in enumerate(dict.fromkeys(_ENTITLED.findall(text))):
        text = text.replace(found, f"{found[:-7]}{9_000_000 + number * 10 + order}")
    text = _MOBILE.sub(f'"84900{700_000 + number:06d}"', text)
    return replace(example, today=day, **json.loads(text))


def _file(folder: ProcedureFolder, example: Example, *, at: datetime) -> Dossier | None:
    assert folder.form is not None
    answers = placed(folder.form, example.answers, on=example.today)
    numbers = [str(answers[key]) for key in ("id_number",) if answers.get(key)]
    if any(Person.objects.filter(personal_id_number=one).exists() for one in numbers):
        return None
    actor = make_applicant(folder, example, answers, at=at).actor
    draft = draft_of(folder.slug, answers, holder=Holder.of(actor), at=at)
    attach_missing(draft, holder=Holder.of(actor), owner_id=actor.account_id, name=actor.name, at=at)
    state = state_of(draft, at=at)
    if state.gaps:
        faults = [str(problem.path) for part in state.parts for problem in part.problems]
        log.warning("example %s/%s stays a draft: %s", folder.slug, example.key, faults)
        return None
    return confirm_and_submit(draft, actor, at=at)
