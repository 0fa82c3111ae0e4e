"""Letters that are for everybody: issued, with a recipient “to publish” (R-154, R-184)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from ansinh.directives.models import Letter, LetterState, Purpose
from ansinh.offices.models import Level
from ansinh.platform.errors import NotFound


def published(province_code: str = "") -> QuerySet[Letter]:
    """Published letters, the last first: of the offices of a province and of the centre, or of every office."""
    rows = Letter.objects.filter(state=LetterState.ISSUED, recipients__purpose=Purpose.PUBLISH).distinct()
    if province_code:
        rows = rows.filter(Q(office__level=Level.CENTRAL) | Q(office__province_code=province_code))
    return rows.select_related("office").order_by("-issued_on", "-number")


def the_published(letter_id: UUID) -> Letter:
    """A published letter. Raises NotFound."""
    found = published().filter(pk=letter_id).first()
    if found is None:
        raise NotFound("letter-not-public", "Không có văn bản công khai này.")
    return found
