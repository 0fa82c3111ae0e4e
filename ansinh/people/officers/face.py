"""The public face of an office, written by whoever keeps it; lines for a region only by the central office."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ansinh.offices import face
from ansinh.offices.models import FaceEntry
from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import Role
from ansinh.people.officers.days import refuse_wrong_days
from ansinh.people.officers.powers import refuse_unless_speaking
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.zone import local_day


def write(entry: face.Entry, *, valid_from: date, actor: OfficerActor, at: datetime) -> FaceEntry:
    """The line holds from a day on. Raises NotAllowed, Invalid, Conflict, NotFound."""
    with transaction.atomic(), acting_as(actor.label):
        today = local_day(at)
        refuse_unless_speaking(actor, office_code=entry.office_code, on=today)
        refuse_wrong_days(valid_from, None, today=today)
        if entry.provinces and not any(post.role == Role.CENTRAL for post in actor.own_posts):
            raise NotAllowed("region-is-central", "Đường dây nóng cho nhiều tỉnh do BHXH Việt Nam ghi.")
        return face.write(entry, valid_from=valid_from, by=actor.label, at=at)


def end(entry_id: UUID, *, office_code: str, actor: OfficerActor, at: datetime) -> FaceEntry:
    """The line of an office holds until yesterday. Raises NotAllowed, NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        today = local_day(at)
        refuse_unless_speaking(actor, office_code=office_code, on=today)
        if not FaceEntry.objects.filter(pk=entry_id, office_id=office_code).exists():
            raise NotFound("face-entry-unknown", "Không có mục này. Xin tải lại trang.")
        return face.end(entry_id, last_day=today - timedelta(days=1), at=at)
