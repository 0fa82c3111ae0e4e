"""A death is written down: whatever the person gave or held ends with it, and the account closes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.acting import history
from ansinh.people.acting.counter import office_of, refuse_unless_counter, required
from ansinh.people.actors import OfficerActor
from ansinh.people.happened import ActingChanged
from ansinh.people.models import Account, AccountState, Person
from ansinh.people.models_acting import Guardianship, GuardianshipState, Mandate, MandateState
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day


def record_death(person_id: UUID, *, actor: OfficerActor, died_on: date, basis: str, at: datetime) -> None:
    """Keep the day of death with the paper: every right over and of the person is gone at once.

    Raises Invalid for a day to come, Conflict when a death is recorded already.
    """
    refuse_unless_counter(actor)
    paper = required(basis, name="basis")
    with transaction.atomic(), acting_as(actor.label):
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        if person is None:
            raise NotFound("person-not-found", "Không có người này. Xin tìm lại.")
        if person.died_on is not None:
            raise Conflict("death-recorded", "Đã ghi người này qua đời. Xin tải lại trang.")
        if died_on > local_day(at) or died_on.isoformat() < person.date_of_birth[:10]:
            raise Invalid(
                "death-day-wrong", "Ngày mất phải sau ngày sinh và không sau hôm nay. Xin xem lại giấy chứng tử."
            )
        person.died_on, person.updated_at = died_on, at
        person.save(update_fields=["died_on", "updated_at"])
        Account.objects.filter(person=person, state=AccountState.ACTIVE).update(state=AccountState.CLOSED)
        history.record(
            "death_recorded",
            owner_id=person.pk,
            basis_id=person.pk,
            actor=actor,
            at=at,
            office_code=office_of(actor),
            died_on=died_on.isoformat(),
            basis=paper,
        )
        told = _concerned(person)
        if told:
            publish(ActingChanged(told, "acting_ended_by_death", at, {"person": person.full_name}))


def _concerned(person: Person) -> tuple[UUID, ...]:
    """Accounts on the other side of what ends: guardians, agents, principals."""
    guardianships = Guardianship.objects.exclude(state=GuardianshipState.ENDED)
    mandates = Mandate.objects.filter(state__in=[MandateState.OFFERED, MandateState.IN_FORCE])
    people = {
        *guardianships.filter(child=person).values_list("guardian", flat=True),
        *mandates.filter(principal=person).values_list("agent", flat=True),
        *mandates.filter(agent=person).values_list("principal", flat=True),
    }
    open_accounts = Account.objects.filter(person__in=people, state=AccountState.ACTIVE)
    return tuple(open_accounts.order_by("pk").values_list("pk", flat=True))
