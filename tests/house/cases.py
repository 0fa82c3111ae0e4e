"""What stands beside a dossier, for pages that are asked by its identifier."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ansinh.casework.models import Complaint, Opinion
from tests.world import FILED_AT, LOCAL_OFFICE


def an_opinion(world: Any, dossier: Any, paper: Any) -> UUID:
    """A question to another agency, with a file."""
    made, _ = Opinion.objects.get_or_create(
        dossier=dossier, office_code=LOCAL_OFFICE, asked_by_id=world["counter"].officer_id, asked_at=FILED_AT,
        question="x", wanted_by=FILED_AT.date(), agency="x", file=paper.file,
    )  # fmt: skip
    return made.pk


def a_complaint(world: Any, dossier: Any, paper: Any) -> UUID:
    """One on paper that its own office answers."""
    made, _ = Complaint.objects.get_or_create(
        dossier=dossier, office_code=LOCAL_OFFICE, channel="counter", complainant="x", received_on=FILED_AT.date(),
        typed_by_id=world["counter"].officer_id, scan=paper.file, number=f"KN1-{dossier.number}",
        filed_at=FILED_AT, about="x", wants="x", due_on=FILED_AT.date(), basis_vi="x",
    )  # fmt: skip
    return made.pk
