"""Find a person at a counter, after an identity check: by a number, or by name with the birth date."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.law.names import search_key
from ansinh.people.acting.counter import refuse_unless_counter
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Person
from ansinh.people.readings.openings import guarded
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.zone import local_day

MOST = 20


def find_people(*, actor: OfficerActor, number: str = "", name: str = "", born: str = "", at: datetime) -> list[Person]:
    """People of a personal or SI number, or of a name and birth date (YYYY-MM-DD). Raises Invalid, NotAllowed.

    Who is protected is found by a number alone, which stands on a paper in the officer's hand.
    """
    refuse_unless_counter(actor)
    compact = "".join(number.split())
    rows = Person.objects.order_by("full_name", "id")
    if compact:
        return list((rows.filter(personal_id_number=compact) | rows.filter(si_number=compact))[:MOST])
    if name.strip() and born.strip():
        named = rows.filter(search_key=search_key(name), date_of_birth=born)
        return list(named.exclude(pk__in=guarded(on=local_day(at)))[:MOST])
    raise Invalid(
        "person-search-needs-more",
        "Xin nhập số định danh hoặc mã số BHXH, hoặc họ tên kèm ngày sinh sau khi xem giấy tờ tùy thân.",
    )


def the_person_at_counter(person_id: UUID, *, actor: OfficerActor) -> Person:
    """A person, for any counter officer in the country. Raises NotFound, NotAllowed."""
    refuse_unless_counter(actor)
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NotFound("person-not-found", "Không có người này. Xin tìm lại.")
    return found
