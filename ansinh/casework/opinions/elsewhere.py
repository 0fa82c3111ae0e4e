"""A colleague at another office is asked: reads that one dossier until the answer or the day, and answers, no more.

The right is the open question itself, looked up at each request: nothing is granted that would have to be taken back.
While it stands the colleague's pages hold the key of this dossier alone (`learn(opened=…)`), so that the database
shows its rows and no other (ansinh.walls).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from ansinh.casework.models import Opinion, OpinionState
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.platform.row_security.viewer import as_the_house, learn


@dataclass(frozen=True)
class AskedElsewhere:
    """A question from another office as the queue names it: by the number of the dossier, without a person."""

    dossier_id: UUID
    dossier: Dossier
    asker: str
    office_code: str
    question: str
    wanted_by: date


def questions_from_elsewhere(viewer: OfficerActor, *, on: date) -> list[AskedElsewhere]:
    """What other offices asked the viewer and still wait for, soonest wanted first."""
    with as_the_house():  # before it is opened no row of the dossier is seen
        rows = standing_elsewhere(viewer, on=on).select_related("asked_by", "dossier").order_by("wanted_by", "asked_at")
        return [
            AskedElsewhere(
                one.dossier_id, one.dossier, one.asked_by.full_name, one.office_code, one.question, one.wanted_by
            )
            for one in rows
        ]


def reads_as_asked(dossier_id: UUID, *, reader: OfficerActor, on: date) -> bool:
    """Whether an open question of another office lets this officer read the dossier on a day."""
    with as_the_house():
        return standing_elsewhere(reader, on=on).filter(dossier_id=dossier_id).exists()


def open_as_asked(dossier_id: UUID, *, reader: OfficerActor, on: date, lock: bool = False) -> Dossier | None:
    """The dossier, for the officer of another office who was asked about it; None for everybody else."""
    if not reads_as_asked(dossier_id, reader=reader, on=on):
        return None
    learn(opened=dossier_id)
    rows = Dossier.objects.select_for_update() if lock else Dossier.objects.all()
    return rows.filter(pk=dossier_id).first()


def standing_elsewhere(viewer: OfficerActor, *, on: date) -> QuerySet[Opinion]:
    """Open questions of other offices to the viewer at an office of today's posts, not past their day, of open
    dossiers that have not moved on; the dossiers are behind the wall, so that only the house finds them."""
    return asked_elsewhere(viewer.officer_id, viewer.office_codes, on=on)


def asked_elsewhere(officer_id: UUID, office_codes: Collection[str], *, on: date) -> QuerySet[Opinion]:
    """The same of an officer with posts at these offices."""
    return Opinion.objects.filter(
        to_officer_id=officer_id, to_office__in=office_codes, state=OpinionState.ASKED,
        wanted_by__gte=on, dossier__closed_at__isnull=True, dossier__office_code=F("office_code"),
    )  # fmt: skip
