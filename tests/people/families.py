"""A family of the invented world: a mother (the citizen), a father, their child; and people who trust each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.dossiers.models import Dossier
from ansinh.law.names import search_key
from ansinh.people.acting.answer_mandate import answer
from ansinh.people.acting.behalves import the_behalf
from ansinh.people.acting.establish import establish
from ansinh.people.acting.give_mandate import Scope, confirm, prepare, request_code
from ansinh.people.actors import Citizen, Right
from ansinh.people.models import Account, Person
from ansinh.people.models_acting import Guardianship, Mandate
from ansinh.platform.actor_context import acting_as
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import local_day
from tests.web.citizen.codes import last_code
from tests.world import LONG_AGO, World, a_submitted_dossier, an_account

FATHER, CHILD_SI = "090085000033", "9000000034"
NETWORK = "203.0.113.7"


def a_person(number: str, name: str, *, born: str = "1985-03-02", sex: str = "male", **more: Any) -> Citizen:
    """A grown person with an account that opens with PASSWORD."""
    person = Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth=born, sex=sex, personal_id_number=number,
        phone="84905000279", updated_at=LONG_AGO, **more,
    )  # fmt: skip
    account = an_account(number, name, person=person, phone="84905000279")
    return Citizen(account_id=account.pk, person_id=person.pk, name=name)


def a_child(*, born: str = "2019-05-04", name: str = "Lê Trần An Nhiên", si_number: str = CHILD_SI) -> Person:
    """A child known by its SI number alone."""
    return Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth=born, sex="female", si_number=si_number,
        updated_at=LONG_AGO,
    )  # fmt: skip


def a_guardian(
    world: World,
    child: Person,
    guardian: Citizen,
    *,
    at: datetime,
    kind: str = "mother",
    valid_to: date | None = None,
) -> Guardianship:
    """The counter approved this guardian."""
    officer = world["counter"]
    with transaction.atomic(), acting_as(officer.label):
        return establish(
            child=child,
            guardian_id=guardian.person_id,
            kind=kind,
            basis="Giấy khai sinh số 125/2019",
            valid_from=local_day(at),
            valid_to=valid_to,
            dossier_id=uuid7(),
            actor=officer,
            office_code="90001",
            at=at,
        )


def a_mandate(
    principal: Citizen,
    agent: Citizen,
    *,
    at: datetime,
    rights: frozenset[Right] = frozenset({Right.READ, Right.FILE, Right.SIGN}),
    procedures: tuple[str, ...] = (),
    valid_to: date = date(2027, 3, 31),
    paper_basis: str = "",
    accepted: bool = True,
) -> Mandate:
    """Given with a code as a principal gives it, and accepted."""
    number = Person.objects.get(pk=agent.person_id).personal_id_number
    made = prepare(
        actor=principal,
        agent_number=number,
        agent_name=agent.name,
        scope=Scope(rights, procedures, local_day(at), valid_to, paper_basis),
        known=procedures,
        network=NETWORK,
        at=at,
    )
    code = request_code(made.pk, actor=principal, session_key="k" * 48, network=NETWORK, at=at)
    confirm(made.pk, actor=principal, code_id=code.pk, typed=last_code(), session_key="k" * 48, at=at)
    if accepted:
        answer(made.pk, actor=agent, accepts=True, at=at)
    return Mandate.objects.get(pk=made.pk)


def acting(actor: Citizen, basis_id: UUID, *, on: date) -> Citizen:
    """The actor in the place of whom the row names, as each request computes it; oneself when it gives nothing."""
    account = Account.objects.get(pk=actor.account_id)
    return replace(actor, behalf=the_behalf(account.pk, basis_id, on=on))


def filed_for(world: World, actor: Citizen, **more: Any) -> Dossier:
    """A dossier this actor filed, in whose place it may be."""
    return a_submitted_dossier(World(citizen=actor, officers=world.officers), **more)
