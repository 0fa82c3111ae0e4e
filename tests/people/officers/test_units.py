"""Units and their officers: one for a function, with days, a contact, and a hand-over of all at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ansinh.people.models import Role, StaffEvent, UnitCharge
from ansinh.people.officers.units import (
    Unit,
    change_contact,
    end_unit,
    give_unit,
    hand_over_units,
    in_charge_of,
    orphaned,
    units_of,
)
from ansinh.platform.errors import Invalid, NotAllowed, NotFound
from tests.people.life_cycles.officers import give_back
from tests.people.officers.test_who_may import MONDAY, TODAY, assigns
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World

SCHOOL = Unit(LOCAL_OFFICE, "TA0123A", "Trường Tiểu học Bờ Sông", "Lý Thị Thơm", "0900 000 401")
NEXT_WEEK = TODAY + timedelta(days=7)


def give(world: World, name: str, unit: Unit = SCHOOL, *, function: str = "benefits", **more: Any) -> UnitCharge:
    values = {"actor": world["leader"], "valid_from": TODAY, "at": MONDAY, **more}
    return give_unit(unit, officer_id=world[name].officer_id, function=function, **values)


def in_charge(day: date) -> dict[str, str]:
    return {
        function: officer.full_name
        for function, officer in in_charge_of("TA0123A", office_code=LOCAL_OFFICE, on=day).items()
    }


@pytest.mark.requirement("R-159")
@pytest.mark.requirement("R-160")
def test_a_unit_has_an_officer_for_each_function_and_somebody_to_call(world: World) -> None:
    assigns(world["leader"], world["collector"], function="collection", role=Role.UNIT)
    charge = give(world, "specialist")
    give(world, "collector", function="collection")
    assert in_charge(TODAY) == {"benefits": "Lê Quang Huy", "collection": "Phạm Văn Đức"}
    assert (charge.contact_name, charge.contact_phone) == ("Lý Thị Thơm", "84900000401")


@pytest.mark.requirement("R-162")
def test_the_next_officer_begins_the_day_the_last_one_ends(world: World) -> None:
    give(world, "specialist")
    give(world, "head", valid_from=NEXT_WEEK)
    assert in_charge(NEXT_WEEK - timedelta(days=1)) == {"benefits": "Lê Quang Huy"}
    assert in_charge(NEXT_WEEK) == {"benefits": "Trần Minh Châu"}
    assert UnitCharge.objects.count() == 2


def test_only_somebody_of_that_function_looks_after_a_unit(world: World) -> None:
    with pytest.raises(Invalid, match="không có nhiệm vụ mảng việc đó"):
        give(world, "specialist", function="finance")
    with pytest.raises(Invalid, match="không có nhiệm vụ mảng việc đó"):
        give(world, "other_specialist")


@pytest.mark.parametrize(
    ("unit", "says"),
    [
        (Unit(LOCAL_OFFICE, "mã-sai", "Trường", "Lý Thị Thơm", "0900000401"), "Mã đơn vị"),
        (Unit(LOCAL_OFFICE, "TA0123A", " ", "Lý Thị Thơm", "0900000401"), "tên đơn vị"),
        (Unit(LOCAL_OFFICE, "TA0123A", "Trường", "Lý Thị Thơm", "12"), "Số điện thoại"),
    ],
)
def test_what_is_wrong_about_a_unit_is_said(world: World, unit: Unit, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        give(world, "specialist", unit)


@pytest.mark.requirement("R-162")
def test_all_units_are_handed_over_at_once_with_their_contacts(world: World) -> None:
    give(world, "specialist")
    give(world, "specialist", Unit(LOCAL_OFFICE, "TB0456B", "Xưởng Mây Tre", "Lò Văn Bền", "0900000402"))
    n = hand_over_units(
        world["specialist"].officer_id, to_officer=world["head"].officer_id, office_code=LOCAL_OFFICE,
        does=["benefits"], document_number="11/BB-BHXH", actor=world["leader"], valid_from=NEXT_WEEK, at=MONDAY,
    )  # fmt: skip
    assert n == 2
    assert units_of(world["specialist"].officer_id, on=NEXT_WEEK).count() == 0
    assert [row.contact_name for row in units_of(world["head"].officer_id, on=NEXT_WEEK)] == [
        "Lý Thị Thơm",
        "Lò Văn Bền",
    ]
    assert units_of(world["specialist"].officer_id, on=NEXT_WEEK - timedelta(days=1)).count() == 2
    kinds = {event.kind: event.facts["n"] for event in StaffEvent.objects.filter(kind__contains="over")}
    assert kinds == {"units_handed_over": 2, "units_taken_over": 2}


def test_units_of_somebody_who_left_wait_visibly(world: World) -> None:
    give(world, "specialist")
    assert orphaned(LOCAL_OFFICE, on=TODAY) == []
    give_back(world["specialist"].officer_id, by=world["leader"], at=MONDAY)
    assert [row.unit_code for row in orphaned(LOCAL_OFFICE, on=TODAY)] == ["TA0123A"]
    assert in_charge(TODAY) == {}


def test_the_history_keeps_the_contact_before(world: World) -> None:
    charge = give(world, "specialist")
    change_contact(charge.pk, name="Mùa A Tính", phone="0900000409", actor=world["admin"], at=MONDAY)
    assert UnitCharge.objects.get().contact_name == "Mùa A Tính"
    facts = StaffEvent.objects.get(kind="contact_changed").facts
    assert facts["before"] == "Lý Thị Thơm, 84900000401"


def test_another_offices_manager_neither_gives_nor_takes_units(world: World) -> None:
    charge = give(world, "specialist")
    with pytest.raises(NotAllowed):
        give(world, "other_specialist", Unit(OTHER_OFFICE, "TC1", "Trạm", "Lò Văn Bền", "0900000402"))
    stranger = world["counter"]
    with pytest.raises(NotFound):
        end_unit(charge.pk, actor=stranger, reason="x", at=MONDAY)


def test_the_taker_needs_every_function(world: World) -> None:
    assigns(world["leader"], world["specialist"], function="collection", role=Role.UNIT)
    give(world, "specialist")
    give(world, "specialist", function="collection")
    with pytest.raises(Invalid, match="không có nhiệm vụ mảng việc đó"):
        hand_over_units(
            world["specialist"].officer_id, to_officer=world["head"].officer_id, office_code=LOCAL_OFFICE,
            does=["benefits", "collection"], document_number="11", actor=world["leader"], valid_from=TODAY, at=MONDAY,
        )  # fmt: skip
    assert units_of(world["specialist"].officer_id, on=TODAY).count() == 2
