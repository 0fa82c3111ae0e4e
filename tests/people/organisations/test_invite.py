"""Invitations: by personal number, answered after signing in, telling nothing about accounts."""

from datetime import timedelta

import pytest

from ansinh.people.acting.behalves import behalves_of
from ansinh.people.actors import Right
from ansinh.people.models import OrganisationEvent, StaffInvitation
from ansinh.people.organisations.invite import (
    accept_invitation,
    decline_invitation,
    invitations_to,
    invite,
    withdraw_invitation,
)
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.world import a_moment, a_world, delegate
from tests.world_organisations import TODAY, Firm, a_firm, a_person, acting_for

pytestmark = pytest.mark.django_db
AT = a_moment(TODAY)
NUMBER = "090185000104"


@pytest.fixture
def firm() -> Firm:
    """A company with three of its staff."""
    return a_firm()


def invited(firm: Firm, number: str = NUMBER, roles: tuple[str, ...] = ("file", "read")) -> StaffInvitation:
    return invite(firm.company.pk, actor=firm.chief, personal_id_number=number, roles=roles, branches=False, at=AT)


@pytest.mark.requirement("R-080")
def test_an_invited_person_accepts_and_acts(firm: Firm) -> None:
    sen = a_person("Đào Thị Sen", NUMBER)
    made = invited(firm)
    assert behalves_of(sen.account_id, on=TODAY) == []
    assert invitations_to(sen, on=TODAY) == [made]
    accept_invitation(made.pk, actor=sen, at=AT)
    assert acting_for(sen, firm.company).may(Right.FILE)
    assert invitations_to(sen, on=TODAY) == []
    told = OrganisationEvent.objects.get(kind="staff_joined")
    assert (told.actor_name, told.facts["invited_by"]) == ("Đào Thị Sen", firm.chief.name)


def test_the_answer_is_the_same_with_and_without_an_account(firm: Firm) -> None:
    a_person("Đào Thị Sen", NUMBER)
    known, unknown = invited(firm), invited(firm, "090185000199")
    facts = [
        (one.state, one.roles, one.branches, one.answer_by, one.invited_by, one.answered_at) for one in (known, unknown)
    ]
    assert facts[0] == facts[1]
    first, second = OrganisationEvent.objects.filter(kind="staff_invited")
    assert first.facts.keys() == second.facts.keys() and "Sen" not in str([first.facts, second.facts])


def test_an_account_made_later_finds_its_invitation(firm: Firm) -> None:
    made = invited(firm)
    assert invitations_to(a_person("Đào Thị Sen", NUMBER), on=TODAY) == [made]


def test_nobody_else_can_answer(firm: Firm) -> None:
    made = invited(firm)
    other = a_person("Bế Văn Đàn", "090185000105")
    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(NotFound):
            answer(made.pk, actor=other, at=AT)


def test_late_withdrawn_and_declined_invitations_are_over(firm: Firm) -> None:
    sen = a_person("Đào Thị Sen", NUMBER)
    late = invited(firm)
    with pytest.raises(NotFound):
        accept_invitation(late.pk, actor=sen, at=AT + timedelta(days=15))
    withdraw_invitation(late.pk, actor=firm.chief, at=AT)
    withdraw_invitation(late.pk, actor=firm.chief, at=AT)
    with pytest.raises(NotFound):
        accept_invitation(late.pk, actor=sen, at=AT)
    second = invited(firm)
    decline_invitation(second.pk, actor=sen, at=AT)
    with pytest.raises(NotFound):
        accept_invitation(second.pk, actor=sen, at=AT)
    assert behalves_of(sen.account_id, on=TODAY) == []
    assert OrganisationEvent.objects.filter(kind="invitation_withdrawn").count() == 1


def test_one_open_invitation_and_a_new_one_after_it_ran_out(firm: Firm) -> None:
    invited(firm)
    with pytest.raises(Conflict, match="chưa trả lời"):
        invited(firm)
    later = invite(
        firm.company.pk, actor=firm.chief, personal_id_number=NUMBER, roles=["read"], branches=False,
        at=AT + timedelta(days=20),
    )  # fmt: skip
    assert later.state == "open"


def test_staff_are_not_invited_again(firm: Firm) -> None:
    with pytest.raises(Conflict, match="đã là người dùng"):
        invited(firm, "090185000102")


@pytest.mark.parametrize("number", ["", "12", "09018500010x"])
def test_a_wrong_number_is_refused_with_advice(firm: Firm, number: str) -> None:
    with pytest.raises(Invalid) as refused:
        invited(firm, number)
    assert refused.value.code.startswith("personal-id-")


def test_roles_are_chosen_from_the_list(firm: Firm) -> None:
    for roles in ((), ("director",)):
        with pytest.raises(Invalid):
            invited(firm, roles=roles)


def test_only_administrators_and_the_office_invite(firm: Firm) -> None:
    world = a_world()
    for who in (firm.clerk, world["counter"]):
        with pytest.raises(NotAllowed):
            invite(firm.company.pk, actor=who, personal_id_number=NUMBER, roles=["read"], branches=False, at=AT)
    with pytest.raises(NotFound):
        invite(
            firm.company.pk, actor=a_person("Lạ", "090185000177"), personal_id_number=NUMBER, roles=["read"],
            branches=False, at=AT,
        )  # fmt: skip
    delegate(world["counter"], by=world["leader"])
    made = invite(
        firm.company.pk, actor=world["counter"], personal_id_number=NUMBER, roles=["administer"], branches=False, at=AT
    )
    assert made.invited_by == world["counter"].name
