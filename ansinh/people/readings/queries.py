"""What was looked at, as the person and the reviewer read it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from ansinh.people.actors import Citizen
from ansinh.people.models import Reading

PAGE = 50


def owners(citizen: Citizen) -> tuple[UUID, ...]:
    """Whose matters the citizen sees: of whom one acts for; for oneself also those before the account was approved."""
    return (citizen.owner_id,) if citizen.behalf else (citizen.person_id, citizen.account_id)


def readings_of(
    owners: Collection[UUID], *, dossier_id: UUID | None = None, start: int = 0, limit: int = PAGE
) -> list[Reading]:
    """Looks at the matters of these owners, newest first; `dossier_id` keeps to one dossier."""
    rows = Reading.objects.filter(subject_id__in=owners)
    if dossier_id is not None:
        rows = rows.filter(dossier_id=dossier_id)
    return list(rows.order_by("-at", "-id")[start : start + limit])


def count_of(owners: Collection[UUID], *, dossier_id: UUID | None = None) -> int:
    """How many there are."""
    rows = Reading.objects.filter(subject_id__in=owners)
    return rows.filter(dossier_id=dossier_id).count() if dossier_id is not None else rows.count()


def the_reading(reading_id: int, *, owners: Collection[UUID]) -> Reading | None:
    """One look at a matter of these owners; None for a stranger's."""
    return Reading.objects.filter(pk=reading_id, subject_id__in=owners).first()


def readings_under(opening_id: UUID) -> list[Reading]:
    """What was looked at under one opening, oldest first."""
    return list(Reading.objects.filter(opening_id=opening_id).order_by("at", "id"))
