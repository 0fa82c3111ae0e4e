"""A child is registered by its parent, finished at any counter, and hangs on the guardian's account (R-056 … R-059)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.casework import registration
from ansinh.casework.reading import why_own
from ansinh.casework.second_guardian import tell_present_guardians
from ansinh.catalogue.models import ProcedureVersion
from ansinh.catalogue.queries import folder_in_force
from ansinh.dossiers.access import dossiers_of
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import CHILD_REGISTRATION
from ansinh.notifications.models import Notice
from ansinh.people.acting.behalves import behalves_of
from ansinh.people.actors import Citizen
from ansinh.people.models import Account, Person
from ansinh.people.models_acting import Guardianship
from ansinh.people.queries import delegation_to_approve
from ansinh.people.readings import Ground
from ansinh.platform.errors import Conflict
from tests.casework.moves import MONDAY
from tests.casework.test_registration import codes, compared
from tests.people.families import a_person, acting, filed_for
from tests.world import (
    OTHER_OFFICE,
    World,
    a_paper,
    a_registration,
    a_submitted_dossier,
    delegate,
)

TODAY = date(2026, 11, 9)


@pytest.fixture(autouse=True)
def real_procedures(world: World) -> None:
    """The registration of a child as it is in force."""
    folder = folder_in_force(CHILD_REGISTRATION, on=TODAY)
    ProcedureVersion.objects.create(
        slug=folder.slug,
        in_force_from=folder.in_force_on,
        digest=folder.digest,
        content=folder.content,
        frozen_at=MONDAY,
    )


def a_child_registration(world: World, parent: Citizen, **answers: Any) -> Dossier:
    """What a parent files, without any photograph."""
    account = Account.objects.select_related("person").get(pk=parent.account_id)
    assert account.person is not None
    given = {
        "full_name": "Lê Trần An Nhiên", "date_of_birth": "2019-05-04", "gender": "female", "nationality": "VN",
        "si_number": "9000000034", "guardian_relation": "mother", "guardian_name": parent.name,
        "guardian_id_number": account.person.personal_id_number, "phone": account.phone,
        "contact_address": {"province": "90", "commune": "90101", "detail": "5 đường Bờ Sông"},
        "chosen_office": "90001", "truth_commitment": True,
        **answers,
    }  # fmt: skip
    applicant = World(citizen=parent, officers=world.officers)
    return a_submitted_dossier(applicant, CHILD_REGISTRATION, papers=(), office="90001", **given)


def completed(world: World, dossier: Dossier, *, office: str = OTHER_OFFICE, more: tuple[str, ...] = ()) -> None:
    """Photographed, compared and approved at another office than the chosen one."""
    officer = world["other_counter"]
    assert dossier.account_id is not None
    for kind in ("birth_certificate", *more):
        paper = a_paper(Citizen(dossier.account_id, dossier.account_id, ""), kind=kind)
        registration.add_paper(dossier.pk, actor=officer, requirement=kind, paper=paper, at=MONDAY)
    compared(dossier, by=officer, office=office)
    if not officer_is_delegate(world):
        delegate(officer, by=world["leader"], office=OTHER_OFFICE)
    registration.approve(dossier.pk, actor=officer, at=MONDAY)


def officer_is_delegate(world: World) -> bool:
    """Whether the other counter was delegated before."""
    return (
        delegation_to_approve(
            world["other_counter"].officer_id, office_code=OTHER_OFFICE, procedure=CHILD_REGISTRATION, on=TODAY
        )
        is not None
    )


@pytest.mark.requirement("R-056")
@pytest.mark.requirement("R-057")
@pytest.mark.requirement("R-058")
@pytest.mark.requirement("R-059")
def test_approval_at_any_office_makes_the_child_and_its_guardian(world: World) -> None:
    dossier = a_child_registration(world, world.citizen)
    completed(world, dossier)
    child = Person.objects.get(si_number="9000000034")
    assert (child.personal_id_number, hasattr(child, "account")) == ("", False)
    held = Guardianship.objects.get(child=child)
    assert (held.guardian_id, held.kind, held.dossier_id) == (world.citizen.person_id, "mother", dossier.pk)
    assert [one.owner_id for one in behalves_of(world.citizen.account_id, on=TODAY)] == [child.pk]
    dossier.refresh_from_db()
    assert (dossier.state, dossier.owner_id) == (State.GRANTED, world.citizen.person_id)


@pytest.mark.requirement("R-066")
def test_a_missing_birth_certificate_is_photographed_at_the_counter(world: World) -> None:
    dossier = a_child_registration(world, world.citizen)
    assert registration.missing_papers(dossier) == ["birth_certificate"]
    by_decision = a_child_registration(
        world, world.citizen, guardian_relation="guardian", guardianship_decision="12/QĐ", si_number="9000000042"
    )
    assert registration.missing_papers(by_decision) == ["birth_certificate", "guardianship_paper"]
    assert "papers-missing" in codes(dossier, actor=world["counter"])


def test_any_counter_reads_it_as_work_of_the_counter_until_it_is_approved(world: World) -> None:
    dossier = a_child_registration(world, world.citizen)
    why = why_own(dossier, reader=world["other_counter"])
    assert why is not None and (why.ground, why.office_code) == (Ground.COUNTER, OTHER_OFFICE)
    assert why_own(dossier, reader=world["specialist"]) is None
    completed(world, dossier)
    dossier.refresh_from_db()
    assert why_own(dossier, reader=world["other_counter"]) is None


@pytest.mark.requirement("R-058")
def test_it_is_found_at_any_counter_by_its_numbers_or_name(world: World) -> None:
    dossier = a_child_registration(world, world.citizen)
    other = world["other_counter"]
    assert registration.find(actor=other, number=dossier.number) == [dossier]
    assert registration.find(actor=other, si_number="9000000034") == [dossier]
    assert registration.find(actor=other, name="le tran an nhien", born="2019-05-04") == [dossier]


def test_a_second_guardian_joins_the_same_child_and_the_first_is_told_before_and_after(world: World) -> None:
    completed(world, a_child_registration(world, world.citizen))
    father = a_person("090085000033", "Lê Quốc Việt")
    second = a_child_registration(world, father, guardian_relation="father", full_name="LÊ TRẦN AN NHIÊN")
    tell_present_guardians(second, at=MONDAY)
    completed(world, second)
    assert Person.objects.filter(si_number="9000000034").count() == 1
    assert {one.kind for one in Guardianship.objects.all()} == {"mother", "father"}
    told = Notice.objects.filter(account_id=world.citizen.account_id, dossier_id=None).order_by("created_at", "id")
    assert [one.code for one in told] == ["guardian_asks", "guardian_joined"]
    assert second not in dossiers_of(world.citizen)  # nobody reads the other's own declaration


def test_what_stands_against_the_approval(world: World) -> None:
    completed(world, a_child_registration(world, world.citizen))
    again = a_child_registration(world, world.citizen)
    other_name = a_child_registration(world, world.citizen, full_name="Ai Khác")
    grown = a_child_registration(world, world.citizen, date_of_birth="2008-11-09", si_number="9000000042")
    officer = world["other_counter"]
    assert "guardian-already" in codes(again, actor=officer)
    assert "child-differs" in codes(other_name, actor=officer)
    assert "of-age" in codes(grown, actor=officer)
    with pytest.raises(Conflict):
        registration.approve(again.pk, actor=officer, at=MONDAY)


@pytest.mark.requirement("R-059")
def test_the_grown_child_registers_itself_and_keeps_every_dossier(world: World) -> None:
    completed(world, a_child_registration(world, world.citizen))
    child = Person.objects.get(si_number="9000000034")
    [behalf] = behalves_of(world.citizen.account_id, on=TODAY)
    filed = filed_for(world, acting(world.citizen, behalf.basis_id, on=TODAY))
    own = a_registration(
        world, full_name="Lê Trần An Nhiên", date_of_birth="2019-05-04", gender="female", id_number="090319000030",
        si_number="9000000034",
    )  # fmt: skip
    officer = world["other_counter"]
    assert own.account_id is not None
    for kind in ("id_photo", "portrait"):
        paper = a_paper(Citizen(own.account_id, own.account_id, ""), kind=kind)
        registration.add_paper(own.pk, actor=officer, requirement=kind, paper=paper, at=MONDAY)
    compared(own, by=officer, office=OTHER_OFFICE)
    account = registration.approve(own.pk, actor=officer, at=MONDAY)
    assert account.person_id == child.pk
    grown = Citizen(account.pk, child.pk, account.display_name)
    assert {one.pk for one in dossiers_of(grown)} == {filed.pk, own.pk}
