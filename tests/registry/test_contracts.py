"""Treatment contracts: one at a time for a facility, changed by annexes, ended early, and what anybody may know."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ansinh.people.models import Organisation, OrganisationEvent
from ansinh.platform.errors import Conflict, Invalid
from ansinh.registry.contracts.end import end_contract
from ansinh.registry.contracts.enter import NewAnnex, NewContract, put_annex, put_in_force
from ansinh.registry.contracts.queries import contract_record, contracted, contracts_at, contracts_of, facility_record
from ansinh.registry.models import ContractAnnex, TreatmentContract
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_world
from tests.world_organisations import FACILITY, TODAY, an_organisation

pytestmark = pytest.mark.django_db
AT = a_moment(TODAY, hour=9)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NEXT = (date(2027, 1, 1), date(2027, 12, 31))


@pytest.fixture
def world(db: None) -> World:
    """Offices and officers."""
    return a_world()


@pytest.fixture
def facility(world: World) -> Organisation:
    """A clinic without a contract."""
    return an_organisation(FACILITY, "Phòng khám Sao Mai", kind="health_facility", facility_code="90C01")


def signed(facility: Organisation, world: World, days: tuple[date, date] = YEAR, **more: Any) -> TreatmentContract:
    """A contract both sides signed."""
    values = {
        "number": f"{days[0].year}/HĐKCB-BHYT", "office_code": LOCAL_OFFICE, "valid_from": days[0],
        "valid_to": days[1], "technical_level": "basic", "scope": ("outpatient",),
        "declared": {"licence_no": "12/GPHĐ", "bank_account": {"number": "123"}}, **more,
    }  # fmt: skip
    return put_in_force(facility.pk, NewContract(**values), actor=world["leader"], at=AT)


def test_a_first_contract_and_the_one_that_follows_it(facility: Organisation, world: World) -> None:
    first, following = signed(facility, world), signed(facility, world, NEXT)
    assert (first.is_first, following.is_first) == (True, False)
    assert [one.state for one in contracts_of(facility.pk, on=TODAY)] == ["coming", "in_force"]
    assert [one.state for one in contracts_of(facility.pk, on=date(2027, 3, 1))] == ["in_force", "over"]
    assert contract_record(facility, on=TODAY)["contract_no"] == first.number
    assert contract_record(facility, on=date(2028, 1, 1))["contract_no"] == following.number
    kinds = OrganisationEvent.objects.filter(organisation=facility).values_list("kind", flat=True)
    assert list(kinds) == ["treatment_contract_signed"] * 2


def test_after_a_gap_a_contract_is_a_first_one_again(facility: Organisation, world: World) -> None:
    signed(facility, world)
    assert signed(facility, world, (date(2027, 1, 2), date(2027, 12, 31))).is_first


@pytest.mark.parametrize("days", [(date(2026, 12, 31), date(2027, 6, 1)), (date(2025, 1, 1), date(2026, 1, 1)), YEAR])
def test_a_facility_has_one_contract_at_a_time(
    facility: Organisation, world: World, days: tuple[date, date]
) -> None:  # fmt: skip
    signed(facility, world)
    with pytest.raises(Conflict, match="01/01/2026 đến 31/12/2026") as refusal:
        signed(facility, world, days, number="other")
    assert refusal.value.code == "contract-overlaps"


def test_the_database_too_refuses_two_at_a_time(facility: Organisation, world: World) -> None:
    signed(facility, world)
    with pytest.raises(IntegrityError, match="one_treatment_contract_at_a_time"), transaction.atomic():
        TreatmentContract.objects.create(
            facility=facility, facility_code="90C01", number="x", office_code=OTHER_OFFICE,
            valid_from=YEAR[1], valid_to=NEXT[1],
        )  # fmt: skip


def test_only_a_facility_with_a_code_signs_and_days_level_and_scope_must_fit(
    facility: Organisation, world: World
) -> None:
    company = an_organisation()
    with pytest.raises(Invalid, match="không phải cơ sở khám chữa bệnh"):
        signed(company, world)
    for wrong in ({"technical_level": "best"}, {"technical_level": ""}, {"scope": ()}, {"scope": ("surgery",)}):
        with pytest.raises(Invalid, match="cấp chuyên môn"):
            signed(facility, world, **wrong)
    with pytest.raises(Invalid, match="Ngày cuối"):
        signed(facility, world, (YEAR[1], YEAR[0]))
    assert not TreatmentContract.objects.exists()


def test_an_annex_changes_level_and_scope_from_its_day_on(facility: Organisation, world: World) -> None:
    signed(facility, world)
    annex = NewAnnex(
        number="PL01", valid_from=date(2026, 9, 1), summary="Thêm nội trú", scope=("outpatient", "inpatient")
    )  # fmt: skip
    put_annex(facility.pk, annex, actor=world["leader"], at=AT)
    (before,) = contracts_of(facility.pk, on=date(2026, 8, 31))
    (after,) = contracts_of(facility.pk, on=date(2026, 9, 1))
    assert (before.scope, after.scope) == (("outpatient",), ("outpatient", "inpatient"))
    assert after.technical_level == "basic"
    with pytest.raises(Conflict, match="không có hợp đồng"):
        put_annex(
            facility.pk, NewAnnex("PL02", date(2027, 5, 1), "Thêm xe"), actor=world["leader"], at=AT
        )  # fmt: skip
    assert ContractAnnex.objects.count() == 1


def test_a_contract_ended_early_makes_room_for_another(facility: Organisation, world: World) -> None:
    held = signed(facility, world)
    end_contract(
        facility.pk, on=date(2026, 10, 31), why="Cơ sở ngừng hoạt động", dossier_id=None,
        actor=world["leader"], at=AT,
    )  # fmt: skip
    held.refresh_from_db()
    assert (held.state, held.valid_to, held.agreed_to) == ("ended", date(2026, 10, 31), YEAR[1])
    assert [one.state for one in contracts_of(facility.pk, on=TODAY)] == ["ended"]
    assert contracted(on=TODAY) == ([], 0)
    assert signed(facility, world, (date(2026, 11, 1), date(2026, 12, 31)), number="again").pk
    with pytest.raises(Invalid, match="vì sao"):
        end_contract(facility.pk, on=TODAY, why=" ", dossier_id=None, actor=world["leader"], at=AT)


def test_the_public_list_says_what_is_public_and_finds_by_name_and_code(facility: Organisation, world: World) -> None:
    signed(facility, world)
    for text in ("", "sao mai", "90c01"):
        ([one], total) = contracted(on=TODAY, text=text)
        assert (one.name, one.facility_code, total) == ("Phòng khám Sao Mai", "90C01", 1)
    assert not hasattr(one, "declared") and not hasattr(one, "number")
    assert contracted(on=TODAY, text="hoa mai") == ([], 0)
    assert contracted(on=TODAY, level="advanced") == ([], 0)
    assert contracted(on=YEAR[1] + timedelta(days=1)) == ([], 0)


def test_an_office_sees_what_it_signed_and_a_declaration_is_filled_from_the_last_one(
    facility: Organisation, world: World
) -> None:
    signed(facility, world)
    assert [one.contract.number for one in contracts_at([LOCAL_OFFICE], on=TODAY, text="sao")] == ["2026/HĐKCB-BHYT"]
    assert contracts_at([OTHER_OFFICE], on=TODAY) == []
    known = facility_record(facility)
    assert (known["facility_code"], known["licence_no"], known["technical_level"]) == ("90C01", "12/GPHĐ", "basic")
    assert known["contact_name"] == facility.contact_name
    assert contract_record(an_organisation("9999000084", "Trạm xá", kind="health_facility"), on=TODAY) == {}
