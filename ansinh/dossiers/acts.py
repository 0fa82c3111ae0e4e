"""What people did in the dossiers of one owner, whoever did it: shown to the owner and to all who may read."""

from __future__ import annotations

from uuid import UUID

from ansinh.dossiers.models import DossierEvent

MOST = 50


def acts_for(owner_id: UUID, *, limit: int = MOST) -> list[DossierEvent]:
    """Acts of accounts (not of the office) in this owner's dossiers, oldest first, the newest `limit` of them."""
    rows = DossierEvent.objects.filter(dossier__owner_id=owner_id, actor__startswith="account:", public=True)
    return list(rows.select_related("dossier").order_by("-id")[:limit])[::-1]
