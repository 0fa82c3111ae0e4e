"""Announcements by whoever keeps an office's public face: a province to itself, the centre to everybody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.offices import announcements
from ansinh.offices.models import Announcement, Level, Office
from ansinh.offices.queries import office
from ansinh.people.actors import OfficerActor
from ansinh.people.officers.powers import refuse_unless_speaking
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.zone import local_day

WHO_ANNOUNCES = (
    "BHXH tỉnh thông báo cho tỉnh mình; thông báo cho tỉnh khác, cả nước do BHXH Việt Nam ghi. "
    "Cơ quan khác xin gửi nội dung cho BHXH tỉnh."
)


def announces(held: Office) -> bool:
    """Whether an office makes announcements: a banner is on every page of a whole province, or everywhere."""
    return held.level in (Level.PROVINCE, Level.CENTRAL)


def announce(wanted: announcements.Wanted, *, actor: OfficerActor, at: datetime) -> Announcement:
    """Announce in the name of an office. Raises NotAllowed, Invalid, NotFound."""
    with transaction.atomic(), acting_as(actor.label):
        refuse_unless_speaking(actor, office_code=wanted.office_code, on=local_day(at))
        held = office(wanted.office_code)
        elsewhere = held.level != Level.CENTRAL and set(wanted.provinces) != {held.province_code}
        if elsewhere or not announces(held):
            raise NotAllowed("announces-to-own-province", WHO_ANNOUNCES)
        return announcements.announce(wanted, by=actor.label, at=at)


def withdraw(announcement_id: UUID, *, actor: OfficerActor, at: datetime) -> Announcement:
    """Take an announcement of one's office back. Raises NotFound, NotAllowed, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        found = Announcement.objects.filter(pk=announcement_id).first()
        if found is None:
            raise NotFound("announcement-unknown", "Không có thông báo này. Xin tải lại trang.")
        refuse_unless_speaking(actor, office_code=found.office_id, on=local_day(at))
        return announcements.withdraw(announcement_id, at=at)
