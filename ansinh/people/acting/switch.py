"""Begin to act for somebody: looked up among the rows of today, and kept in the owner's history."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.acting import history
from ansinh.people.acting.behalves import the_behalf
from ansinh.people.actors import Behalf, Citizen
from ansinh.people.models import Person
from ansinh.platform.errors import NotFound
from ansinh.platform.zone import local_day


def begin_acting(basis_id: UUID, *, actor: Citizen, at: datetime) -> Behalf:
    """The behalf that this row gives the actor today; the owner and other guardians see that it was taken up.

    Raises NotFound when the row gives nothing today.
    """
    with transaction.atomic():
        behalf = the_behalf_of(actor, basis_id, on=local_day(at))
        if Person.objects.filter(pk=behalf.owner_id).exists():
            history.record("acting_begun", owner_id=behalf.owner_id, basis_id=basis_id, actor=actor, at=at)
    return behalf


def the_behalf_of(actor: Citizen, basis_id: UUID, *, on: date) -> Behalf:
    """What this row gives the actor that day; raises NotFound when it gives nothing."""
    behalf = the_behalf(actor.account_id, basis_id, on=on)
    if behalf is None:
        raise NotFound("behalf-not-found", "Ông/bà không làm thay được người này lúc này. Xin xem lại trang Làm thay.")
    return behalf
