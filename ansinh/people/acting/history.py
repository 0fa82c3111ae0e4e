"""Write and read what happened to the right to act for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from ansinh.people.actors import Actor, OfficerActor
from ansinh.people.models_acting import ActingEvent


def record(
    kind: str, /, *, owner_id: UUID, basis_id: UUID, actor: Actor, at: datetime, office_code: str = "", **facts: Any
) -> ActingEvent:
    """Append an event in the caller's transaction; `facts` are JSON values that complete its sentence."""
    return ActingEvent.objects.create(
        owner_id=owner_id,
        basis_id=basis_id,
        at=at,
        kind=kind,
        actor=actor.label,
        actor_name=actor.name,
        actor_title=actor.title_vi if isinstance(actor, OfficerActor) else "",
        office_code=office_code,
        facts=facts,
    )


def events_about(owner_id: UUID) -> list[ActingEvent]:
    """Everything that happened to rights over one person, oldest first."""
    return list(ActingEvent.objects.filter(owner_id=owner_id))


def events_of(basis_ids: Iterable[UUID]) -> list[ActingEvent]:
    """What happened to these guardianships or mandates, oldest first."""
    return list(ActingEvent.objects.filter(basis_id__in=list(basis_ids)))
