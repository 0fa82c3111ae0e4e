"""Which office answers a person about one's own data."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import open_offices, receiving_office
from ansinh.people.models import Person
from ansinh.registry.queries import insured_person


def responsible_office(owner_id: UUID, *, on: date) -> str:
    """The office that manages the person, else the one of the newest dossier, else the first that is open that day."""
    person = Person.objects.filter(pk=owner_id).first()
    insured = insured_person(person.si_number) if person else None
    if insured is not None:
        found = receiving_office(managing_office=insured.managing_office, commune_code="", on=on)
        if found:
            return found
    newest = Dossier.objects.filter(owner_id=owner_id).order_by("-submitted_at").values_list("office_code", flat=True)
    return newest.first() or open_offices(on=on)[0].code
