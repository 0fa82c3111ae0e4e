"""Who may act for a child on a day, read from present rows: state, dates, deaths and the child's age."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ansinh.offices.models import valid_on
from ansinh.people.acting.ages import is_child, of_age_on
from ansinh.people.actors import Behalf, Right
from ansinh.people.models import AccountState
from ansinh.people.models_acting import Guardianship, GuardianshipState
from ansinh.platform.errors import NotFound

READING = frozenset({Right.READ})


def behalves(account_id: UUID, on: date) -> list[Behalf]:
    """The children this account acts for that day; while frozen only to read, where an officer allowed it."""
    return [
        Behalf(
            kind="ward",
            owner_id=one.child_id,
            name=one.child.full_name,
            rights=rights_of(one),
            basis_id=one.pk,
            until=last_day(one, on=on),
        )
        for one in guardianships_on(on).filter(guardian__account=account_id)
        if rights_of(one) and is_child(one.child.date_of_birth, on=on)
    ]


def rights_of(guardianship: Guardianship) -> frozenset[Right]:
    """What the guardianship gives while it lasts: everything, when frozen reading or nothing."""
    if guardianship.state == GuardianshipState.FROZEN:
        return READING if guardianship.frozen_read else frozenset()
    return frozenset(Right)


def last_day(guardianship: Guardianship, *, on: date) -> date:
    """The last day it gives a right: the day before the child is of age, or the one the decision names."""
    before = of_age_on(guardianship.child.date_of_birth, on=on) - timedelta(days=1)
    return min(before, guardianship.valid_to) if guardianship.valid_to else before


def guardianships_on(on: date) -> QuerySet[Guardianship]:
    """Rows not ended, within their dates, of a living child and a living guardian; age is looked at by who reads."""
    return (
        Guardianship.objects.filter(valid_on(on), child__died_on__isnull=True, guardian__died_on__isnull=True)
        .exclude(state=GuardianshipState.ENDED)
        .select_related("child", "guardian")
        .order_by("child__date_of_birth", "id")
    )


def guardianships_of(child_id: UUID) -> list[Guardianship]:
    """Everyone who is or was guardian of this child, newest first."""
    return list(
        Guardianship.objects.filter(child=child_id).select_related("child", "guardian").order_by("-valid_from", "-id")
    )


def wards_of(person_id: UUID) -> list[Guardianship]:
    """The children this person is or was guardian of, newest first."""
    return list(
        Guardianship.objects.filter(guardian=person_id)
        .select_related("child", "guardian")
        .order_by("-valid_from", "-id")
    )


def the_wardship(guardianship_id: UUID, *, person_id: UUID) -> Guardianship:
    """A guardianship of this guardian, whatever became of it; raises NotFound."""
    found = Guardianship.objects.select_related("child").filter(pk=guardianship_id, guardian=person_id).first()
    if found is None:
        raise NotFound("guardianship-not-found", "Không có việc đại diện này. Xin xem lại trang Làm thay.")
    return found


def readers(owner_id: UUID, on: date, procedure: str) -> list[UUID]:
    """Accounts of guardians who may read this child's matters that day, whatever the procedure."""
    return [
        account_id
        for one in guardianships_on(on)
        .filter(child=owner_id, guardian__account__state=AccountState.ACTIVE)
        .select_related("guardian__account")
        if Right.READ in rights_of(one)
        and is_child(one.child.date_of_birth, on=on)
        and (account_id := one.guardian.account.pk)
    ]
