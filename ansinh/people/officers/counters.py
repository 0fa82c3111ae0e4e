"""Counters that close and open again, and the offices to turn to: whoever keeps an office's public face says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.offices import counters
from ansinh.offices.models import CounterPause
from ansinh.people.actors import OfficerActor
from ansinh.people.officers.days import refuse_wrong_days
from ansinh.people.officers.history import record
from ansinh.people.officers.powers import refuse_unless_speaking
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotFound
from ansinh.platform.zone import local_day


def pause(wanted: counters.Pausing, *, actor: OfficerActor, at: datetime) -> CounterPause:
    """The counter takes nothing in person from a day on. Raises NotAllowed, Invalid, Conflict, NotFound."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        refuse_unless_speaking(actor, office_code=wanted.office_code, on=today)
        refuse_wrong_days(wanted.valid_from, wanted.valid_to, today=today)
        return counters.announce(wanted, by=actor.label, at=at)


def reopen(pause_id: UUID, *, on: date, document: str, actor: OfficerActor, at: datetime) -> CounterPause:
    """The counter opens earlier than announced. Raises NotAllowed, NotFound, Conflict, Invalid."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        found = CounterPause.objects.filter(pk=pause_id).first()
        if found is None:
            raise NotFound("pause-unknown", "Không có đợt tạm dừng này. Xin tải lại trang.")
        refuse_unless_speaking(actor, office_code=found.office_id, on=today)
        return counters.reopen(pause_id, on=on, document=document, by=actor.label, at=at, today=today)


def list_nearest(
    office_code: str, ordered: Sequence[str], *, valid_from: date, actor: OfficerActor, at: datetime
) -> None:
    """The ordered list of offices to turn to, from a day on. Raises NotAllowed, Invalid."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        refuse_unless_speaking(actor, office_code=office_code, on=today)
        refuse_wrong_days(valid_from, None, today=today)
        counters.list_nearest(office_code, ordered, valid_from=valid_from)
        record(
            "nearest_listed", actor=actor, office_code=office_code, about=None, at=at,
            offices=list(ordered), begins=valid_from,
        )  # fmt: skip
