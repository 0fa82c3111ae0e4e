"""Write one line of an organisation's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ansinh.people.actors import Actor
from ansinh.people.models_organisations import Organisation, OrganisationEvent


def record(organisation: Organisation, kind: str, /, *, actor: Actor, at: datetime, **facts: Any) -> OrganisationEvent:
    """Append an event in the caller's transaction; `facts` are JSON values that complete its sentence."""
    return OrganisationEvent.objects.create(
        organisation=organisation, at=at, kind=kind, actor=actor.label, actor_name=actor.name, facts=facts
    )
