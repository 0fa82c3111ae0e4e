"""Whom the office tells about a matter: every account that may read it that day, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from ansinh.people.acting import guardianships, mandates
from ansinh.people.models import Account, AccountState

Source = Callable[[UUID, date, str], list[UUID]]
"""Accounts that may read the matters of an owner on a day; of one procedure, where it is not empty."""

SOURCES: tuple[Source, ...] = (guardianships.readers, mandates.readers)


def readers_of(owner_id: UUID, *, on: date, procedure: str = "") -> list[UUID]:
    """The owner's own account if it is open, then those who act for the owner; each once."""
    own = Account.objects.filter(person=owner_id, state=AccountState.ACTIVE).values_list("pk", flat=True)
    return list(dict.fromkeys([*own, *(account for source in SOURCES for account in source(owner_id, on, procedure))]))
