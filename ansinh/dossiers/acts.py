"""What people did in the dossiers of one owner, whoever did it: shown to the owner and to all who may read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from ansinh.dossiers.models import DossierEvent

MOST = 50


def acts_for(owner_id: UUID, *, limit: int = MOST) -> list[DossierEvent]:
    """Acts of accounts (not of the office) in this owner's dossiers, oldest first, the newest `limit` of them."""
    return _newest(_public(owner_id).filter(actor__startswith="account:"), limit)


def acts_of_agent(
    agent: str, *, owner_id: UUID, during: tuple[datetime, datetime], procedures: Collection[str] = (),
    limit: int = MOST,
) -> list[DossierEvent]:  # fmt: skip
    """The same of one account (`account:<id>`) from a moment until another, in dossiers of these procedures (none: of
    all). What others did in between takes no room. Read by way of the owner's dossiers: these are few, an agent may
    act for many.
    """
    first, until = during
    rows = _public(owner_id).filter(actor=agent, at__gte=first, at__lt=until)
    return _newest(rows.filter(dossier__procedure__in=procedures) if procedures else rows, limit)


def _public(owner_id: UUID) -> QuerySet[DossierEvent]:
    return DossierEvent.objects.filter(dossier__owner_id=owner_id, public=True)


def _newest(rows: QuerySet[DossierEvent], limit: int) -> list[DossierEvent]:
    return list(rows.select_related("dossier").order_by("-id")[:limit])[::-1]
