"""Whom a signed-in person may ask: the ways of the province chosen, or of the own address (R-117)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ansinh.offices.face import Support, support

OWN = "(SELECT contact_address ->> 'province' FROM people_person WHERE id = %(person)s)"


def support_for(person_id: UUID | None, *, province_code: str, on: date) -> Support:
    """The ways of a reader, in one query."""
    if person_id is None:
        return support(province_code, on=on)
    return support(province_code, on=on, own_sql=OWN, parameters={"person": person_id})
