"""Internal notes: for colleagues of the office that has the dossier, never for the applicant."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import the_dossier
from ansinh.casework.models import InternalNote
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid

LONGEST = 1000


def note(dossier_id: UUID, *, actor: OfficerActor, text: str, at: datetime) -> InternalNote:
    """Write a note beside a dossier of the actor's office, open or closed. Raises NotFound, Invalid."""
    said = text.strip()
    if not said:
        raise Invalid("note-empty", "Ghi chú chưa có nội dung. Xin viết một câu.")
    if len(said) > LONGEST:
        raise Invalid("note-too-long", "Ghi chú dài quá {most} chữ. Xin viết gọn lại.", most=LONGEST)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor)
        return InternalNote.objects.create(
            dossier=dossier, office_code=dossier.office_code, officer_id=actor.officer_id, text=said, at=at
        )


def notes_of(dossier: Dossier) -> list[InternalNote]:
    """The notes of a dossier, newest first."""
    return list(dossier.notes.select_related("officer").order_by("-at", "-id"))
