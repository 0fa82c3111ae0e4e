"""What a kept approval waits for: time-stamps, or the token with the keys."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from ansinh.dossiers.models import DossierEvent


def what_is_away(dossier_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Why each approval was kept: the code of the refusal ("timestamps-down", "token-down")."""
    events = DossierEvent.objects.filter(dossier_id__in=dossier_ids, kind="approved").order_by("pk")
    return {event.dossier_id: str(event.facts.get("why", "")) for event in events}
