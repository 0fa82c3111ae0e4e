"""Dossiers that may be the same as this one, or of the same person under another record: shown, never decided here.

Two questions: did this person ask for the same before (same owner and procedure, open or closed lately), and is there
somebody else's dossier with the same SI number, or the same name and birth date (the person may be recorded twice)?
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from django.db import transaction
from django.db.models import Q

from ansinh.casework.access import the_dossier
from ansinh.casework.models import DossierLink, DuplicateVerdict, LinkKind, Verdict
from ansinh.casework.related.links import join
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

MOST = 20


@dataclass(frozen=True)
class Alike:
    """Another dossier that looks the same: only its number, office, service and state, and what is the same."""

    dossier_id: UUID
    number: str
    office_code: str
    procedure: str
    state: State
    submitted_at: datetime
    same: tuple[str, ...]
    """person, procedure, si_number, name_and_birth."""


def alike(dossier: Dossier, *, on: date) -> list[Alike]:
    """What looks the same and was not judged yet, newest first; of every office in the country."""
    if dossier.procedure in REGISTRATIONS:
        return []
    since = on - timedelta(days=_closed_within(on))
    lately = Q(closed_at__isnull=True) | Q(closed_at__date__gte=since)
    twice = Q(owner_id=dossier.owner_id, procedure=dossier.procedure) & lately
    another = Q(pk__in=[])
    if dossier.si_number:
        another |= Q(si_number=dossier.si_number)
    if dossier.applicant_born and dossier.applicant_key:
        another |= Q(applicant_key=dossier.applicant_key, applicant_born=dossier.applicant_born)
    judged = DuplicateVerdict.objects.filter(Q(dossier=dossier) | Q(other=dossier)).values_list(
        "dossier_id", "other_id"
    )
    with as_the_house():  # a second request is worth knowing wherever it lies; content stays behind the wall
        known = {one for pair in judged for one in pair} | {dossier.pk}
        columns = (
            "id", "number", "office_code", "procedure", "state", "submitted_at", "owner_id", "si_number",
            "applicant_key", "applicant_born",
        )  # fmt: skip
        newest_first = Dossier.objects.only(*columns).order_by("-submitted_at")
        others = newest_first.filter(another).exclude(owner_id=dossier.owner_id)
        rows = list(newest_first.filter(twice)[:MOST].union(others[:MOST], all=True))
    found = {row.pk: _alike(row, dossier) for row in rows if row.pk not in known and row.procedure not in REGISTRATIONS}
    return sorted(found.values(), key=lambda one: one.submitted_at, reverse=True)[:MOST]


def judge(
    dossier_id: UUID, *, actor: OfficerActor, other_id: UUID, verdict: str, reason: str, at: datetime
) -> DuplicateVerdict:
    """Keep what the officer found; "same" also links the two. Nothing else happens to either.

    Raises NotFound, Invalid, Conflict.
    """
    if verdict not in Verdict.values:
        raise Invalid("verdict-missing", "Chưa chọn trùng hay không trùng.")
    if not reason.strip():
        raise Invalid("verdict-needs-reason", "Chưa ghi căn cứ. Xin viết một câu để người sau khỏi hỏi lại.")
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        found = next((one for one in alike(dossier, on=local_day(at)) if one.dossier_id == other_id), None)
        if found is None or found.office_code not in actor.office_codes:
            if DuplicateVerdict.objects.filter(dossier=dossier, other_id=other_id).exists():
                raise Conflict("judged-already", "Đã có kết luận về hồ sơ này. Xin tải lại trang.")
            raise NotFound("not-alike", "Hồ sơ đó không nằm trong danh sách nghi trùng. Xin tải lại trang.")
        with as_the_house():
            other = Dossier.objects.get(pk=other_id)
            kept = DuplicateVerdict.objects.create(
                dossier=dossier, other=other, other_number=other.number, verdict=verdict, same=list(found.same),
                reason=reason.strip()[:500], officer_id=actor.officer_id, at=at,
            )  # fmt: skip
            record(
                dossier, "duplicate_judged", actor=actor, at=at, public=False, number=other.number, verdict=verdict,
                reason=reason.strip()[:500],
            )  # fmt: skip
            linked = DossierLink.objects.filter(
                Q(dossier=dossier, other=other) | Q(dossier=other, other=dossier),
                kind=LinkKind.SAME_MATTER,
                ended_at=None,
            )
            if verdict == Verdict.SAME and not linked.exists():
                join(dossier, other, kind=LinkKind.SAME_MATTER, actor=actor, at=at)
    return kept


def _alike(row: Dossier, dossier: Dossier) -> Alike:
    same = []
    if row.owner_id == dossier.owner_id:
        same.append("person")
    if row.si_number and row.si_number == dossier.si_number:
        same.append("si_number")
    if (row.applicant_key, row.applicant_born) == (
        dossier.applicant_key,
        dossier.applicant_born,
    ) and row.applicant_born:
        same.append("name_and_birth")
    if row.procedure == dossier.procedure:
        same.append("procedure")
    return Alike(row.pk, row.number, row.office_code, row.procedure, State(row.state), row.submitted_at, tuple(same))


@cache
def _closed_within(on: date) -> int:
    rows = yaml.safe_load(Path(__file__).with_name("duplicates.yaml").read_text(encoding="utf-8"))
    return int(max((row for row in rows if row["from"] <= on), key=lambda row: row["from"])["closed_within_days"])
