"""A second press of the same button: did this officer act on the dossier since the form was shown?"""

from __future__ import annotations

from uuid import UUID

from ansinh.dossiers.models import DossierEvent
from ansinh.people.actors import OfficerActor


def last_event(dossier_id: UUID) -> int:
    """The number of the newest event, which a form carries; 0 before any."""
    numbers = DossierEvent.objects.filter(dossier_id=dossier_id).order_by("-pk").values_list("pk", flat=True)
    return numbers.first() or 0


def acted_since(dossier_id: UUID, *, actor: OfficerActor, event: int | None) -> bool:
    """Whether the actor's own event is newer than `event`; an unknown one proves nothing."""
    if event is None:
        return False
    return DossierEvent.objects.filter(dossier_id=dossier_id, pk__gt=event, actor=actor.label).exists()
