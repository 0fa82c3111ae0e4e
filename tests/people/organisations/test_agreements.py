"""Contracts, collection points and branches: entered by a delegate of the office, dated, and read at each use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ansinh.offices.models import Commune
from ansinh.people.models import CollectionPoint, Organisation, OrganisationEvent, ServiceContract
from ansinh.people.organisations.branches import NewBranch, open_branch
from ansinh.people.organisations.contracts import NewContract, end_contract, enter_contract
from ansinh.people.organisations.points import NewPoint, close_point, open_point
from ansinh.people.organisations.queries import signing_tax_code
from ansinh.people.organisations.staff import behalves_of_staff
from ansinh.people.organisations.transmission import may_transmit, providers
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from tests.world import World, a_moment, a_world, delegate
from tests.world_organisations import AGENT, PROVIDER, a_mandate, a_person, a_provider, an_agent, an_organisation, hired

TODAY = date(2026, 11, 9)
MONDAY = a_moment(TODAY)


@pytest.fixture
def world(db: None) -> World:
    """The counter of the local office holds the director's delegation for organisations."""
    made = a_world()
    delegate(made["counter"], by=made["leader"])
    return made


def enters(world: World, organisation: Organisation, who: str = "counter", **more: Any) -> ServiceContract:
    values = {"number": "12/HĐ", "valid_from": TODAY, **more}
    return enter_contract(organisation.pk, NewContract(**values), actor=world[who], at=MONDAY)


def test_a_provider_transmits_from_the_first_to_the_last_day_of_its_agreement(world: World) -> None:
    provider = an_organisation(PROVIDER, "Truyền Nhận Số Lam Giang", kind="ivan_provider")
    employer = an_organisation()
    a_mandate(employer, provider)

    def transmits(day: date) -> bool:
        return may_transmit(provider.pk, employer.pk, procedure="che-do-om-dau", on=day)

    assert not transmits(TODAY)
    made = enters(world, provider)
    assert transmits(TODAY) and not transmits(TODAY - timedelta(days=1))
    last = TODAY + timedelta(days=20)
    end_contract(made.pk, actor=world["counter"], last_day=last, reason="Văn bản 5/TB", at=MONDAY)
    assert transmits(last) and not transmits(last + timedelta(days=1))
    kinds = list(OrganisationEvent.objects.filter(organisation=provider).values_list("kind", flat=True))
    assert kinds == ["contract_ended", "contract_entered"]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"number": " "}, Invalid),
        ({"valid_to": TODAY - timedelta(days=1)}, Invalid),
    ],
)
def test_what_is_no_contract_is_refused(world: World, more: dict[str, Any], error: type[DomainError]) -> None:
    with pytest.raises(error):
        enters(world, an_organisation(PROVIDER, "Truyền Nhận Số Lam Giang", kind="ivan_provider"), **more)
    assert not ServiceContract.objects.exists()


def test_one_contract_at_a_time_and_none_with_an_employer(world: World) -> None:
    with pytest.raises(Conflict) as runs:
        enters(world, an_agent())
    assert runs.value.code == "contract-in-force"
    with pytest.raises(Conflict) as kind:
        enters(world, an_organisation())
    assert kind.value.code == "contract-by-dossier"


@pytest.mark.parametrize("who", ["specialist", "leader", "other_counter", "province_counter"])
def test_only_a_delegate_of_the_managing_office_enters_and_ends(world: World, who: str) -> None:
    provider = a_provider()
    with pytest.raises(NotAllowed):
        enters(world, an_organisation("9999000085", "Y", kind="ivan_provider"), who)
    row = ServiceContract.objects.get(organisation=provider)
    with pytest.raises(NotAllowed):
        end_contract(row.pk, actor=world[who], last_day=TODAY, reason="x", at=MONDAY)
    assert providers(on=TODAY).filter(pk=provider.pk).exists()


def test_a_contract_is_not_ended_backwards_or_twice_or_without_a_reason(world: World) -> None:
    a_provider()
    row = ServiceContract.objects.get()
    for last, reason in ((TODAY - timedelta(days=1), "x"), (TODAY, " ")):
        with pytest.raises(Invalid):
            end_contract(row.pk, actor=world["counter"], last_day=last, reason=reason, at=MONDAY)
    end_contract(row.pk, actor=world["counter"], last_day=TODAY, reason="x", at=MONDAY)
    with pytest.raises(Conflict):
        end_contract(row.pk, actor=world["counter"], last_day=TODAY, reason="x", at=MONDAY + timedelta(days=1))


NEW_POINT = NewPoint("dt-90-009", "Điểm thu  Cầu Đá", "90101", "9 đường Bờ Sông", TODAY, "0900 000 401")


@pytest.fixture
def commune(world: World) -> str:
    """A commune of the province."""
    Commune.objects.get_or_create(
        code="90101", defaults={"province_code": "90", "name_vi": "Xã Bờ Sông", "valid_from": date(2025, 7, 1)}
    )
    return "90101"


def test_a_point_is_opened_with_its_address_and_closed_after_a_day(world: World, commune: str) -> None:
    agent = an_agent()
    made = open_point(agent.pk, NEW_POINT, actor=world["counter"], at=MONDAY)
    assert (made.code, made.name, made.phone) == ("DT-90-009", "Điểm thu Cầu Đá", "84900000401")
    with pytest.raises(Conflict):
        open_point(agent.pk, NEW_POINT, actor=world["counter"], at=MONDAY)
    with pytest.raises(Invalid):
        close_point(made.pk, actor=world["counter"], last_day=TODAY - timedelta(days=1), at=MONDAY)
    close_point(made.pk, actor=world["counter"], last_day=TODAY, at=MONDAY)
    assert CollectionPoint.objects.get(pk=made.pk).valid_to == TODAY
    tomorrow = MONDAY + timedelta(days=1)
    with pytest.raises(Conflict):
        close_point(made.pk, actor=world["counter"], last_day=TODAY + timedelta(days=1), at=tomorrow)
    again = NewPoint("DT-90-009", "Điểm thu Cầu Đá", commune, "9 đường Bờ Sông", TODAY + timedelta(days=1))
    assert open_point(agent.pk, again, actor=world["counter"], at=tomorrow).phone == ""


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"code": ""}, "point-incomplete"),
        ({"address": " "}, "point-incomplete"),
        ({"commune_code": "00000"}, "point-commune"),
        ({"phone": "12"}, "point-phone"),
    ],
)
def test_a_point_lacking_something_is_refused(world: World, commune: str, more: dict[str, Any], code: str) -> None:
    values = {**vars(NEW_POINT), **more}
    with pytest.raises(Invalid) as refused:
        open_point(an_agent().pk, NewPoint(**values), actor=world["counter"], at=MONDAY)
    assert refused.value.code == code


def test_only_agents_have_points_and_only_their_office_opens_them(world: World, commune: str) -> None:
    with pytest.raises(Conflict):
        open_point(an_organisation().pk, NEW_POINT, actor=world["counter"], at=MONDAY)
    agent = an_agent()
    with pytest.raises(NotAllowed):
        open_point(agent.pk, NEW_POINT, actor=world["other_counter"], at=MONDAY)
    with pytest.raises(NotAllowed):
        close_point(agent.points.first().pk, actor=world["other_counter"], last_day=TODAY, at=MONDAY)  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        close_point(agent.pk, actor=world["counter"], last_day=TODAY, at=MONDAY)


BRANCH = NewBranch("Chi nhánh  Bến xe", "ta0999b", "Lý Thị Thơm", "0900000401")


def test_a_branch_without_a_tax_code_is_signed_for_by_its_parent(world: World) -> None:
    company = an_organisation()
    ngoc = a_person("Vũ Thị Ngọc Ánh", "090085000074")
    hired(company, ngoc, "read", "file", branches=True)
    made = open_branch(company.pk, BRANCH, actor=world["counter"], at=MONDAY)
    assert (made.name, made.unit_code, made.tax_code, made.kind) == ("Chi nhánh Bến xe", "TA0999B", "", "employer")
    made.refresh_from_db()
    assert signing_tax_code(made) == company.tax_code
    assert {one.owner_id for one in behalves_of_staff(ngoc.account_id, TODAY)} == {company.pk, made.pk}
    with pytest.raises(Conflict) as taken:
        open_branch(company.pk, BRANCH, actor=world["counter"], at=MONDAY)
    assert taken.value.code == "unit-code-taken"
    with pytest.raises(Conflict) as deeper:
        open_branch(made.pk, NewBranch("X", "TA0998B", "Y", "0900000401"), actor=world["counter"], at=MONDAY)
    assert deeper.value.code == "branch-of-a-branch"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": ""}, "branch-incomplete"),
        ({"contact_name": " "}, "branch-incomplete"),
        ({"unit_code": "?"}, "unit-code-form"),
        ({"contact_phone": "1"}, "branch-phone"),
    ],
)
def test_a_branch_lacking_something_is_refused(world: World, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_branch(an_organisation().pk, NewBranch(**{**vars(BRANCH), **more}), actor=world["counter"], at=MONDAY)
    assert refused.value.code == code


def test_a_closed_organisation_or_one_elsewhere_gets_no_branch(world: World) -> None:
    closed = an_organisation(state="closed", valid_to=TODAY)
    with pytest.raises(Conflict):
        open_branch(closed.pk, BRANCH, actor=world["counter"], at=MONDAY)
    with pytest.raises(NotAllowed):
        open_branch(an_organisation(AGENT, "Z").pk, BRANCH, actor=world["other_counter"], at=MONDAY)
