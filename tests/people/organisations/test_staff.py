"""Who acts for an organisation: by the roles of today, in branches only where said, and not after leaving."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ansinh.people.acting.behalves import behalves_of, the_behalf
from ansinh.people.actors import Right
from ansinh.people.models import Account, OrganisationEvent, StaffMember
from ansinh.people.organisations.access import the_organisation
from ansinh.people.organisations.change_staff import change_roles, end_membership
from ansinh.people.organisations.register import close_organisation, move_branch
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.world import a_moment, a_world, delegate
from tests.world_organisations import (
    BRANCH,
    OTHER,
    SINCE,
    TODAY,
    Firm,
    a_firm,
    a_person,
    acting_for,
    an_organisation,
    hired,
)

pytestmark = pytest.mark.django_db
AT = a_moment(TODAY)


@pytest.fixture
def firm() -> Firm:
    """A company with three of its staff."""
    return a_firm()


def member(firm: Firm, who: str) -> StaffMember:
    return StaffMember.objects.get(organisation=firm.company, account_id=getattr(firm, who).account_id)


@pytest.mark.requirement("R-080")
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("chief", {Right.READ, Right.FILE, Right.SIGN, Right.PAY}),
        ("clerk", {Right.READ, Right.FILE}),
        ("reader", {Right.READ}),
    ],
)
def test_the_roles_of_today_are_the_rights(firm: Firm, who: str, may: set[Right]) -> None:
    (behalf,) = behalves_of(getattr(firm, who).account_id, on=TODAY)
    assert (behalf.kind, behalf.owner_id, behalf.name) == ("organisation", firm.company.pk, firm.company.name)
    assert behalf.rights == may


def test_who_signs_reads_too_and_who_only_administers_does_not(firm: Firm) -> None:
    signer, keeper = a_person("Đào Thị Sen", "090185000104"), a_person("Bế Văn Đàn", "090185000105")
    hired(firm.company, signer, "sign")
    hired(firm.company, keeper, "administer")
    assert acting_for(signer, firm.company).may(Right.READ)
    assert behalves_of(keeper.account_id, on=TODAY) == []


def test_nobody_acts_before_the_first_day_or_after_the_last(firm: Firm) -> None:
    helper = a_person("Đào Thị Sen", "090185000104")
    hired(firm.company, helper, "file", valid_from=TODAY, valid_to=TODAY + timedelta(days=9))
    days = {
        offset: bool(behalves_of(helper.account_id, on=TODAY + timedelta(days=offset))) for offset in (-1, 0, 9, 10)
    }
    assert days == {-1: False, 0: True, 9: True, 10: False}


def test_two_memberships_of_one_person_never_overlap(firm: Firm) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        hired(firm.company, firm.clerk, "sign", valid_from=TODAY)
    end_membership(member(firm, "clerk").pk, actor=firm.chief, at=AT)
    again = hired(firm.company, firm.clerk, "sign", valid_from=TODAY)
    assert the_behalf(firm.clerk.account_id, again.pk, on=TODAY) is not None


def test_a_member_has_a_known_role(firm: Firm) -> None:
    for roles in ([], ["director"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            hired(firm.company, a_person("Đào Thị Sen", f"0901850001{len(roles)}9"), *roles)


@pytest.mark.requirement("R-080")
def test_a_branch_is_seen_from_the_parent_only_where_said(firm: Firm) -> None:
    branch = an_organisation(BRANCH, "Chi nhánh Cam Ranh", parent=firm.company)
    assert {one.owner_id for one in behalves_of(firm.chief.account_id, on=TODAY)} == {firm.company.pk}
    with pytest.raises(NotFound):
        the_organisation(branch.pk, actor=firm.chief, on=TODAY)
    change_roles(member(firm, "chief").pk, actor=firm.chief, roles=["sign", "administer"], branches=True, at=AT)
    in_branch = acting_for(firm.chief, branch)
    assert in_branch.may(Right.SIGN) and not in_branch.may(Right.PAY)
    assert the_organisation(branch.pk, actor=firm.chief, on=TODAY) == branch


def test_a_branchs_own_staff_see_nothing_of_the_parent(firm: Firm) -> None:
    branch = an_organisation(BRANCH, "Chi nhánh Cam Ranh", parent=firm.company)
    local = a_person("Đào Thị Sen", "090185000104")
    hired(branch, local, "sign", "administer", branches=True)
    assert [one.owner_id for one in behalves_of(local.account_id, on=TODAY)] == [branch.pk]


@pytest.mark.requirement("R-080")
def test_narrowed_roles_hold_at_once_and_stand_in_the_history(firm: Firm) -> None:
    basis = acting_for(firm.clerk, firm.company).behalf
    assert basis is not None
    change_roles(member(firm, "clerk").pk, actor=firm.chief, roles=["read"], branches=False, at=AT)
    behalf = the_behalf(firm.clerk.account_id, basis.basis_id, on=TODAY)
    assert behalf is not None and behalf.rights == {Right.READ}
    event = OrganisationEvent.objects.filter(kind="roles_changed").get()
    assert (event.actor_name, event.facts["before"], event.facts["roles"]) == (
        firm.chief.name,
        ["read", "file"],
        ["read"],
    )


@pytest.mark.requirement("R-080")
def test_who_left_is_out_at_once(firm: Firm) -> None:
    end_membership(member(firm, "clerk").pk, actor=firm.chief, at=AT)
    end_membership(member(firm, "clerk").pk, actor=firm.chief, at=AT)
    assert behalves_of(firm.clerk.account_id, on=TODAY) == []
    with pytest.raises(NotFound):
        the_organisation(firm.company.pk, actor=firm.clerk, on=TODAY)
    assert OrganisationEvent.objects.filter(kind="staff_left").count() == 1


def test_one_may_leave_by_oneself(firm: Firm) -> None:
    end_membership(member(firm, "reader").pk, actor=firm.reader, at=AT)
    assert behalves_of(firm.reader.account_id, on=TODAY) == []


def test_the_last_administrator_stays_until_there_is_another(firm: Firm) -> None:
    chief = member(firm, "chief").pk
    with pytest.raises(Conflict, match="người quản lý cuối cùng"):
        end_membership(chief, actor=firm.chief, at=AT)
    with pytest.raises(Conflict, match="người quản lý cuối cùng"):
        change_roles(chief, actor=firm.chief, roles=["read"], branches=False, at=AT)
    change_roles(member(firm, "clerk").pk, actor=firm.chief, roles=["administer"], branches=False, at=AT)
    end_membership(chief, actor=firm.chief, at=AT)
    assert behalves_of(firm.chief.account_id, on=TODAY) == []


def test_an_administrator_whose_account_is_closed_is_no_successor(firm: Firm) -> None:
    second = a_person("Đào Thị Sen", "090185000104")
    hired(firm.company, second, "administer")
    Account.objects.filter(pk=second.account_id).update(state="closed")
    with pytest.raises(Conflict):
        end_membership(member(firm, "chief").pk, actor=firm.chief, at=AT)


def test_only_administrators_change_staff(firm: Firm) -> None:
    for who in (firm.clerk, firm.reader):
        with pytest.raises(NotAllowed):
            change_roles(member(firm, "reader").pk, actor=who, roles=["sign"], branches=False, at=AT)
    stranger = a_person("Đào Thị Sen", "090185000104")
    with pytest.raises(NotFound):
        end_membership(member(firm, "reader").pk, actor=stranger, at=AT)
    with pytest.raises(Invalid):
        change_roles(member(firm, "reader").pk, actor=firm.chief, roles=[], branches=False, at=AT)


def test_the_office_ends_the_last_administrator_by_delegation_only(firm: Firm) -> None:
    world = a_world()
    chief = member(firm, "chief").pk
    for who in ("counter", "other_counter"):
        with pytest.raises(NotAllowed):
            end_membership(chief, actor=world[who], at=AT)
    delegate(world["counter"], by=world["leader"])
    end_membership(chief, actor=world["counter"], at=AT)
    assert behalves_of(firm.chief.account_id, on=TODAY) == []


def test_nobody_acts_for_a_closed_organisation_nor_by_it_for_its_successor(firm: Firm) -> None:
    world = a_world()
    delegate(world["counter"], by=world["leader"])
    successor = an_organisation(OTHER, "Công ty May Đồng Xanh Mới")
    close_organisation(
        firm.company.pk, actor=world["counter"], reason="Sáp nhập theo 12/QĐ", successor_id=successor.pk, at=AT
    )
    for who in (firm.chief, firm.clerk, firm.reader):
        assert behalves_of(who.account_id, on=TODAY) == []


def test_a_moved_branch_is_no_longer_the_former_parents(firm: Firm) -> None:
    world = a_world()
    delegate(world["counter"], by=world["leader"])
    other = an_organisation(OTHER, "Công ty Dệt Cửa Lò")
    branch = an_organisation(BRANCH, "Chi nhánh Cam Ranh", parent=firm.company)
    watcher = a_person("Đào Thị Sen", "090185000104")
    hired(firm.company, watcher, "read", branches=True)
    assert len(behalves_of(watcher.account_id, on=TODAY)) == 2
    move_branch(branch.pk, actor=world["counter"], parent_id=other.pk, at=AT)
    assert [one.owner_id for one in behalves_of(watcher.account_id, on=TODAY)] == [firm.company.pk]


def test_the_history_only_grows(firm: Firm) -> None:
    end_membership(member(firm, "reader").pk, actor=firm.chief, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        OrganisationEvent.objects.update(kind="nothing")


def test_one_tax_code_is_one_open_organisation(firm: Firm) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        an_organisation(name="Công ty khác")
    firm.company.state, firm.company.valid_to = "closed", date(2026, 2, 1)
    firm.company.save()
    assert an_organisation(name="Công ty mở lại").valid_from == SINCE
