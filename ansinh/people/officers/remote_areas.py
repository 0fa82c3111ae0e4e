"""Far and difficult areas: entered, ended and corrected by whoever keeps the public facts of the office."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.offices import remote
from ansinh.offices.models import RemoteArea
from ansinh.people.actors import OfficerActor
from ansinh.people.officers.powers import refuse_unless_speaking
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotFound
from ansinh.platform.zone import local_day


def enter(
    office_code: str, *, commune_code: str, document: str, valid_from: date, actor: OfficerActor, at: datetime
) -> RemoteArea:
    """Write an area down. Raises NotAllowed, NotFound, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        refuse_unless_speaking(actor, office_code=office_code, on=local_day(at))
        return remote.enter(
            office_code, commune_code=commune_code, document=document, valid_from=valid_from, by=actor.label, at=at
        )


def end(area_id: UUID, *, last_day: date | None, actor: OfficerActor, at: datetime) -> RemoteArea:
    """It holds until a day, or (None) was wrong from the first. Raises NotAllowed, NotFound, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        found = RemoteArea.objects.filter(pk=area_id).first()
        if found is None:
            raise NotFound("remote-unknown", "Không có địa bàn này. Xin tải lại trang.")
        refuse_unless_speaking(actor, office_code=found.office_id, on=local_day(at))
        return remote.end(area_id, last_day=last_day, by=actor.label, at=at)
