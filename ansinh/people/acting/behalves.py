"""For whom an account may act on a day. Asked again at each request: a right that ended is gone at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from ansinh.people.acting import guardianships, mandates
from ansinh.people.actors import Behalf
from ansinh.people.organisations.staff import behalves_of_staff
from ansinh.platform.row_security.viewer import at_the_door

Source = Callable[[UUID, date], list[Behalf]]
"""Behalves that one kind of row gives to an account on a day."""

SOURCES: tuple[Source, ...] = (guardianships.behalves, mandates.behalves, behalves_of_staff)


@at_the_door()  # it says whose rows are seen, so it is asked before
def behalves_of(account_id: UUID, *, on: date) -> list[Behalf]:
    """Everybody for whom the account may act that day, in the order of the kinds."""
    return [behalf for source in SOURCES for behalf in source(account_id, on)]


def the_behalf(account_id: UUID, basis_id: UUID, *, on: date) -> Behalf | None:
    """The behalf that one row gives, or None when it gives none that day."""
    return next((one for one in behalves_of(account_id, on=on) if one.basis_id == basis_id), None)
