"""Who prepared and who signed a dossier of an organisation: both stand in its history."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, Draft
from ansinh.people.actors import Citizen


def record_who(dossier_id: UUID, *, actor: Citizen, at: datetime) -> None:
    """Add the line in the caller's transaction; nothing where drafts are not shared."""
    if actor.behalf is None or not actor.shares_drafts:
        return
    dossier = Dossier.objects.get(pk=dossier_id)
    draft = Draft.objects.select_related("account").get(pk=dossier.draft_id)
    record(
        dossier,
        "filed_on_behalf",
        actor=actor,
        at=at,
        owner=actor.behalf.name,
        prepared_by=draft.account.display_name if draft.account else actor.name,
        signed_by=actor.name,
    )
