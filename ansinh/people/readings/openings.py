"""Open a dossier outside one's own work: for a while, with a purpose in words, told to the person (threat 16)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from ansinh.people.actors import OfficerActor
from ansinh.people.happened import GlassBroken
from ansinh.people.models import Opening, Protection
from ansinh.people.models_readings import Ground
from ansinh.people.readings import rules
from ansinh.people.readings.write import Shown, Why
from ansinh.platform.actor_context import acting_as
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day

_PROTECTED: Final = """
SELECT subject_id FROM people_protection
WHERE subject_id = ANY(%(wanted)s) AND valid_from <= %(on)s AND coalesce(valid_to >= %(on)s, true)
"""


def open_with_purpose(
    shown: Shown, *, reader: OfficerActor, office_code: str, purpose: str, sentence: str, at: datetime
) -> Opening:
    """Open a dossier of one's office for a purpose of the dated list. Raises Invalid for no purpose or no reason."""
    return _open(shown, reader=reader, office_code=office_code, code=purpose, words=sentence, glass=False, at=at)


def break_glass(
    shown: Shown, *, reader: OfficerActor, office_code: str, legal_ground: str, sentence: str, at: datetime
) -> Opening:
    """Open a dossier that is not one's own to see; the person and the reviewers learn of it at once. Raises Invalid."""
    with transaction.atomic(), acting_as(reader.label):
        made = _open(
            shown, reader=reader, office_code=office_code, code=legal_ground, words=sentence, glass=True, at=at
        )
        publish(GlassBroken(made.pk, made.dossier_id, office_code, at))
    return made


def the_opening(dossier_id: UUID, *, reader: OfficerActor, at: datetime, glass_only: bool = False) -> Opening | None:
    """The reader's opening of this dossier that still holds, the newest; with `glass_only` a broken glass."""
    held = Opening.objects.filter(
        officer_id=reader.officer_id, dossier_id=dossier_id, opened_at__lte=at, ends_at__gt=at
    )
    if glass_only:
        held = held.filter(break_glass=True)
    return held.order_by("-break_glass", "-opened_at").first()


def why_opened(opening: Opening) -> Why:
    """The purpose of an opening in the words the person reads."""
    choice = rules.named(opening.purpose)
    return Why(
        ground=Ground.BREAK_GLASS if opening.break_glass else Ground.PURPOSE,
        text_vi=f"{choice.name_vi}: {opening.sentence}",
        text_en=f"{choice.name_en}: {opening.sentence}",
        office_code=opening.office_code,
        opening_id=opening.pk,
    )


def protected(subject_ids: Iterable[UUID | None], *, at: datetime) -> frozenset[UUID]:
    """Which of these are protected on the day of `at`."""
    wanted = [one for one in subject_ids if one is not None]
    if not wanted:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_PROTECTED, {"wanted": wanted, "on": local_day(at)})
        return frozenset(subject_id for (subject_id,) in cursor.fetchall())


def guarded(*, on: date) -> QuerySet[Protection, Any]:
    """Identifiers (`subject_id`) of everybody protected on a day, for queries that leave them out."""
    held = Protection.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    return held.values("subject_id")


def _open(
    shown: Shown, *, reader: OfficerActor, office_code: str, code: str, words: str, glass: bool, at: datetime
) -> Opening:
    day = local_day(at)
    assert shown.dossier_id is not None
    return Opening.objects.create(
        officer_id=reader.officer_id,
        office_code=office_code,
        dossier_id=shown.dossier_id,
        dossier_number=shown.dossier_number,
        subject_id=shown.subject_id,
        break_glass=glass,
        purpose=rules.chosen(code, break_glass=glass, on=day).code,
        sentence=rules.sentence(words, on=day),
        opened_at=at,
        ends_at=at + rules.opening_time(break_glass=glass, on=day),
        review_by=at + rules.review_time(on=day) if glass else None,
    )
