"""Write one line of a dossier's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ansinh.dossiers.models import Dossier, DossierEvent
from ansinh.people.actors import Actor, Citizen, OfficerActor


def record(
    dossier: Dossier, kind: str, /, *, actor: Actor, at: datetime, public: bool = True, **facts: Any
) -> DossierEvent:
    """Append an event in the caller's transaction; `facts` are JSON values that complete its sentence.

    Of somebody who acts for another it also keeps for whom.
    """
    behalf = actor.behalf if isinstance(actor, Citizen) else None
    acted_for = {"on_behalf_of": behalf.name} if behalf else {}
    return DossierEvent.objects.create(
        dossier=dossier,
        at=at,
        kind=kind,
        actor=actor.label,
        actor_name=actor.name,
        actor_title=actor.title if isinstance(actor, OfficerActor) else "",
        office_code=dossier.office_code,
        facts={**facts, **acted_for},
        public=public,
    )
