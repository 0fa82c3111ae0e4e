"""Registrations are finished at any counter in the country; nobody is returned for a photograph or a print."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ansinh.casework import registration
from ansinh.casework.accept import accept
from ansinh.casework.models import RegistrationCheck
from ansinh.catalogue.queries import folder_in_force
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.requirements import asked_papers
from ansinh.dossiers.words import REGISTRATION as REGISTRATION_SLUG
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Account, AccountState, Person
from ansinh.people.sign_in import sign_in
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed
from tests.casework.moves import MONDAY
from tests.world import (
    ID_NUMBER,
    LOCAL_OFFICE,
    OTHER_OFFICE,
    PASSWORD,
    World,
    a_paper,
    a_registration,
    a_submitted_dossier,
    delegate,
)

TODAY = date(2026, 11, 9)


def photographed(world: World, dossier: Dossier, *, by: OfficerActor) -> Dossier:
    """Both photographs taken at the counter."""
    assert dossier.account_id is not None
    owner = Citizen(dossier.account_id, dossier.account_id, "")
    for kind in ("id_photo", "portrait"):
        paper = a_paper(owner, kind=kind)
        registration.add_paper(dossier.pk, actor=by, requirement=kind, paper=paper, at=MONDAY)
    return dossier


def compared(dossier: Dossier, *, by: OfficerActor, office: str = LOCAL_OFFICE, signed: bool = True) -> None:
    """Identity compared, declaration signed, shown the app."""
    registration.verify(
        dossier.pk, actor=by, office_code=office, identity_matches=True, declaration_signed=signed, app_guided=True,
        at=MONDAY,
    )  # fmt: skip


def codes(dossier: Dossier, *, actor: OfficerActor) -> set[str]:
    """Why this officer cannot approve."""
    return {code for code, _ in registration.approval_blockers(dossier, actor=actor, on=TODAY)}


@pytest.mark.requirement("R-069")
@pytest.mark.requirement("R-070")
@pytest.mark.requirement("R-180")
@pytest.mark.requirement("R-076")
def test_found_by_number_by_si_number_or_by_name_and_birth_date_at_any_office(world: World) -> None:
    dossier = a_registration(world)
    found = {
        "number": registration.find(actor=world["other_counter"], number=f" {dossier.number} "),
        "si_number": registration.find(actor=world["other_counter"], si_number="9000000026"),
        "name": registration.find(actor=world["other_counter"], name="dang minh khoi", born="1988-02-03"),
    }
    assert list(found.values()) == [[dossier]] * 3


def test_a_name_alone_finds_nobody(world: World) -> None:
    with pytest.raises(Invalid, match="họ tên kèm ngày sinh"):
        registration.find(actor=world["counter"], name="Đặng Minh Khôi")


def test_only_the_counter_looks_at_registrations(world: World) -> None:
    dossier = a_registration(world)
    with pytest.raises(NotAllowed):
        registration.find(actor=world["specialist"], number=dossier.number)
    with pytest.raises(NotAllowed):
        registration.the_registration(dossier.pk, actor=world["head"])


def test_a_claim_is_no_registration(world: World) -> None:
    claim = a_submitted_dossier(world)
    assert registration.find(actor=world["counter"], number=claim.number) == []
    with pytest.raises(DomainError):
        registration.the_registration(claim.pk, actor=world["counter"])


@pytest.mark.requirement("R-064")
@pytest.mark.requirement("R-065")
@pytest.mark.requirement("R-067")
def test_missing_photographs_are_added_at_the_counter_and_never_returned(world: World) -> None:
    dossier = a_registration(world)
    assert registration.missing_papers(dossier) == ["id_photo", "portrait"]
    photographed(world, dossier, by=world["counter"])
    assert registration.missing_papers(dossier) == []
    assert dossier.papers.filter(added_by_officer_id=world["counter"].officer_id).count() == 2
    assert dossier.events.filter(kind="paper_added").count() == 2


@pytest.mark.requirement("R-068")
def test_no_printed_declaration_is_asked_of_the_person(world: World) -> None:
    assert "declaration" not in registration.missing_papers(a_registration(world))


@pytest.mark.requirement("R-072")
def test_what_was_declared_stands_beside_the_registry(world: World) -> None:
    dossier = a_registration(world, si_number="9000000018", full_name="Trần Thị Mai Lan")
    rows = {row.key: row for row in registration.compare(dossier)}
    assert not rows["full_name"].differs
    assert (rows["date_of_birth"].declared, rows["date_of_birth"].registry) == ("1988-02-03", "1990-05-12")
    assert rows["date_of_birth"].differs


def test_a_number_the_registry_does_not_hold_differs_in_nothing(world: World) -> None:
    assert not any(row.differs for row in registration.compare(a_registration(world)))


@pytest.mark.requirement("R-063")
def test_approval_is_blocked_with_every_reason_while_incomplete(world: World) -> None:
    dossier = a_registration(world)
    assert codes(dossier, actor=world["counter"]) == {
        "papers-missing", "identity-not-compared", "declaration-not-signed", "no-delegation",
    }  # fmt: skip
    with pytest.raises(Conflict, match="Còn thiếu ảnh"):
        registration.approve(dossier.pk, actor=world["counter"], at=MONDAY)


@pytest.mark.requirement("R-063")
def test_the_database_refuses_an_approval_of_something_incomplete(world: World) -> None:
    dossier = a_registration(world)
    compared(dossier, by=world["counter"], signed=False)
    with pytest.raises(IntegrityError, match="approval_only_when_complete"), transaction.atomic():
        RegistrationCheck.objects.update(approved_at=MONDAY, approved_by_id=world["counter"].officer_id)


@pytest.mark.requirement("R-078")
def test_without_a_delegation_one_verifies_but_does_not_approve(world: World) -> None:
    dossier = photographed(world, a_registration(world), by=world["counter"])
    compared(dossier, by=world["counter"])
    assert codes(dossier, actor=world["counter"]) == {"no-delegation"}


@pytest.mark.requirement("R-060")
@pytest.mark.requirement("R-061")
@pytest.mark.requirement("R-074")
def test_a_named_delegate_approves_and_the_account_opens(world: World) -> None:
    delegation = delegate(world["counter"], by=world["leader"])
    dossier = photographed(world, a_registration(world), by=world["counter"])
    compared(dossier, by=world["counter"])
    account = registration.approve(dossier.pk, actor=world["counter"], at=MONDAY)
    assert (account.state, account.login) == (AccountState.ACTIVE, "090088000027")
    assert sign_in("090088000027", PASSWORD, network="10.0.0.1", at=MONDAY).pk == account.pk
    check = RegistrationCheck.objects.get(dossier=dossier)
    assert (check.delegation, check.approved_by_id) == (delegation, world["counter"].officer_id)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.closed_at) == (State.GRANTED, MONDAY)
    assert dossier.events.get(kind="registration_approved").facts["delegation"] == "12/QĐ-BHXH"


@pytest.mark.parametrize(
    "more",
    [{"valid_from": date(2026, 11, 10)}, {"valid_to": date(2026, 11, 8)}, {"office": OTHER_OFFICE}],
)
def test_a_delegation_of_other_days_or_another_office_does_not_help(world: World, more: dict[str, object]) -> None:
    delegate(world["counter"], by=world["leader"], **more)  # type: ignore[arg-type]
    assert "no-delegation" in codes(a_registration(world), actor=world["counter"])


@pytest.mark.requirement("R-078")
def test_four_eyes_where_the_delegation_says_so(world: World) -> None:
    delegate(world["counter"], by=world["leader"], four_eyes=True)
    dossier = photographed(world, a_registration(world), by=world["counter"])
    compared(dossier, by=world["counter"])
    assert codes(dossier, actor=world["counter"]) == {"four-eyes"}
    delegate(world["other_counter"], by=world["leader"], office=OTHER_OFFICE, four_eyes=True)
    registration.approve(dossier.pk, actor=world["other_counter"], at=MONDAY)


@pytest.mark.requirement("R-076")
@pytest.mark.requirement("R-077")
def test_the_completing_office_may_differ_from_the_chosen_one_and_both_are_kept(world: World) -> None:
    dossier = a_registration(world, office=LOCAL_OFFICE)
    compared(dossier, by=world["other_counter"], office=OTHER_OFFICE)
    dossier.refresh_from_db()
    assert (dossier.chosen_office, dossier.office_code) == (LOCAL_OFFICE, OTHER_OFFICE)
    assert RegistrationCheck.objects.get(dossier=dossier).office_code == OTHER_OFFICE
    assert dossier.number.endswith(LOCAL_OFFICE)


def test_one_completes_only_where_one_works(world: World) -> None:
    with pytest.raises(NotAllowed, match="không được phân công"):
        compared(a_registration(world), by=world["counter"], office=OTHER_OFFICE)


@pytest.mark.requirement("R-075")
def test_guiding_the_person_to_the_app_is_recorded(world: World) -> None:
    dossier = a_registration(world)
    compared(dossier, by=world["counter"])
    assert dossier.events.get(kind="registration_verified").facts["app_guided"] is True


def test_an_account_in_use_is_not_opened_a_second_time(world: World) -> None:
    delegate(world["counter"], by=world["leader"])
    dossier = photographed(world, a_registration(world, id_number=ID_NUMBER), by=world["counter"])
    compared(dossier, by=world["counter"])
    assert codes(dossier, actor=world["counter"]) == {"account-exists"}
    Account.objects.filter(login=ID_NUMBER).update(state=AccountState.CLOSED)
    assert codes(dossier, actor=world["counter"]) == {"account-exists"}, "a closed account keeps its login"


def test_the_si_number_of_another_person_is_refused_with_a_sentence(world: World) -> None:
    delegate(world["counter"], by=world["leader"])
    dossier = photographed(world, a_registration(world, si_number="9000000018"), by=world["counter"])
    compared(dossier, by=world["counter"])
    assert codes(dossier, actor=world["counter"]) == {"si-number-taken"}
    with pytest.raises(Conflict, match="Mã số BHXH"):
        registration.approve(dossier.pk, actor=world["counter"], at=MONDAY)
    assert Person.objects.get(si_number="9000000018").full_name == "Trần Thị Mai Lan"


def test_what_is_approved_is_closed(world: World) -> None:
    delegate(world["counter"], by=world["leader"])
    dossier = photographed(world, a_registration(world), by=world["counter"])
    compared(dossier, by=world["counter"])
    registration.approve(dossier.pk, actor=world["counter"], at=MONDAY)
    with pytest.raises(Conflict, match="đã xử lý xong"):
        registration.approve(dossier.pk, actor=world["counter"], at=MONDAY)
    assert Account.objects.filter(login="090088000027").count() == 1


def test_a_registration_is_not_accepted_like_a_claim(world: World) -> None:
    """Its next step belongs to the counter's comparison, not to the clock."""
    with pytest.raises(DomainError):
        accept(a_registration(world).pk, actor=world["counter"], at=MONDAY)


def test_who_has_no_si_number_yet_can_be_approved(world: World) -> None:
    delegate(world["counter"], by=world["leader"])
    dossier = photographed(world, a_registration(world, si_number=None), by=world["counter"])
    compared(dossier, by=world["counter"])
    account = registration.approve(dossier.pk, actor=world["counter"], at=MONDAY)
    assert account.person is not None
    assert account.person.si_number == ""


def test_a_declaration_with_the_year_of_birth_alone_is_found(world: World) -> None:
    dossier = a_registration(world, date_of_birth="1988")
    assert registration.find(actor=world["counter"], name="Đặng Minh Khôi", born="1988-02-03") == [dossier]
    assert registration.find(actor=world["counter"], name="Đặng Minh Khôi", born="1989-02-03") == []


@pytest.mark.requirement("R-072")
@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, []),
        ({"gender": "female"}, ["personal-id-sex"]),
        ({"date_of_birth": "1989-02-03"}, ["personal-id-birth-year"]),
        ({"gender": "female", "date_of_birth": "1989"}, ["personal-id-sex", "personal-id-birth-year"]),
        ({"id_number": "C1234567", "gender": "female"}, []),
    ],
)
def test_a_number_at_odds_with_sex_or_birth_is_shown_and_blocks_nothing(
    world: World, answers: dict[str, Any], told: list[str]
) -> None:
    dossier = a_registration(world, **answers)
    delegate(world["counter"], by=world["leader"])
    compared(photographed(world, dossier, by=world["counter"]), by=world["counter"])
    assert [one.code for one in registration.odd_number(dossier)] == told
    assert codes(dossier, actor=world["counter"]) == set()


@pytest.mark.requirement("R-064")
@pytest.mark.requirement("R-065")
def test_the_real_registration_keeps_photographs_but_no_file_of_what_is_only_shown(db: None) -> None:
    folder = folder_in_force(REGISTRATION_SLUG, on=TODAY)
    shown = {paper.key for paper in folder.papers if paper.only_shown}
    asked = asked_papers(folder, {}, given=[])
    assert shown == {"identity"}
    assert [(one.key, one.missing) for one in asked] == [("identity_photos", False), ("portrait", False)]


@pytest.mark.requirement("R-067")
def test_nothing_is_filed_as_a_paper_that_is_only_shown(world: World) -> None:
    dossier = a_registration(world)
    assert dossier.account_id is not None
    paper = a_paper(Citizen(dossier.account_id, dossier.account_id, ""), kind="declaration")
    with pytest.raises(Invalid, match="không có mục"):
        registration.add_paper(dossier.pk, actor=world["counter"], requirement="declaration", paper=paper, at=MONDAY)
