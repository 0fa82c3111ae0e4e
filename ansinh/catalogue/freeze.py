"""Freeze the procedure folders as immutable versions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.catalogue.models import ProcedureVersion
from ansinh.catalogue.queries import folders


def freeze_all(*, at: datetime) -> int:
    """Freeze each folder whose content is new; answers how many versions were added."""
    with transaction.atomic():
        known = set(ProcedureVersion.objects.values_list("slug", "in_force_from", "digest"))
        fresh = [
            ProcedureVersion.objects.create(  # one by one: as text in an array a whole content takes ten times as long
                slug=folder.slug,
                in_force_from=folder.in_force_on,
                digest=folder.digest,
                content=folder.content,
                frozen_at=at,
            )
            for folder in folders()
            if (folder.slug, folder.in_force_on, folder.digest) not in known
        ]
    return len(fresh)
