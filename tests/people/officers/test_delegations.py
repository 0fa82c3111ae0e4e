"""Delegations by procedure and department, four eyes, and the document on every approval."""

from __future__ import annotations

import pytest

from ansinh.casework.registration import approval_blockers, approve, verify
from ansinh.people.models import Delegation, Role
from ansinh.people.officers.delegate import delegate
from ansinh.people.officers.delegations import RECOVERY, delegation_to_approve
from ansinh.platform.errors import Conflict, Invalid
from tests.casework.test_registration import photographed
from tests.people.life_cycles.officers import PERSONS, colleague, department, now
from tests.people.officers.test_who_may import MONDAY, TODAY, delegates
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_registration


def found(world: World, name: str, *, procedure: str = PERSONS, office: str = LOCAL_OFFICE) -> Delegation | None:
    return delegation_to_approve(world[name].officer_id, office_code=office, procedure=procedure, on=TODAY)


@pytest.mark.requirement("R-060")
def test_a_delegation_is_for_its_procedures_only(world: World) -> None:
    given = delegates(world["leader"], world["counter"])
    assert found(world, "counter") == given
    assert found(world, "counter", procedure="dang-ky-gdt-duoi-18") is None
    assert found(world, "counter", procedure=RECOVERY) is None
    assert found(world, "counter", office=OTHER_OFFICE) is None


def test_what_cannot_be_delegated_is_refused(world: World) -> None:
    for procedures in ([], ["huong-bhxh-mot-lan"]):
        with pytest.raises(Invalid, match="Chưa chọn thủ tục"):
            delegate(
                actor=world["leader"], office_code=LOCAL_OFFICE, to=world["counter"].officer_id, procedures=procedures,
                document_number="9", four_eyes=False, valid_from=TODAY, at=MONDAY,
            )  # fmt: skip


@pytest.mark.requirement("R-060")
@pytest.mark.requirement("R-061")
@pytest.mark.requirement("R-078")
def test_a_department_approves_with_four_eyes_and_every_approval_names_the_document(world: World) -> None:
    room = department(world, "Bộ phận Một cửa", MONDAY, "benefits")
    delegate(
        actor=world["director"], office_code=LOCAL_OFFICE, to=room, procedures=[PERSONS], document_number="77/QĐ-BHXH",
        four_eyes=True, valid_from=TODAY, at=MONDAY,
    )  # fmt: skip
    first, second = world["counter"], now(colleague(role=Role.APPROVER).officer_id, MONDAY)
    dossier = photographed(world, a_registration(world), by=first)
    verify(
        dossier.pk, actor=first, office_code=LOCAL_OFFICE, identity_matches=True, declaration_signed=True,
        app_guided=False, at=MONDAY,
    )  # fmt: skip
    assert {code for code, _ in approval_blockers(dossier, actor=first, on=TODAY)} == {"four-eyes"}
    with pytest.raises(Conflict):
        approve(dossier.pk, actor=first, at=MONDAY)
    approve(dossier.pk, actor=second, at=MONDAY)
    assert dossier.events.get(kind="registration_approved").facts["delegation"] == "77/QĐ-BHXH"


def test_four_eyes_of_a_department_are_not_closed_by_a_delegation_by_name(world: World) -> None:
    room = department(world, "Bộ phận Một cửa", MONDAY, "benefits")
    strict = delegate(
        actor=world["leader"], office_code=LOCAL_OFFICE, to=room, procedures=[PERSONS], document_number="77/QĐ-BHXH",
        four_eyes=True, valid_from=TODAY, at=MONDAY,
    )  # fmt: skip
    delegates(world["leader"], world["counter"])
    assert found(world, "counter") == strict


def test_a_department_of_another_function_does_not_approve(world: World) -> None:
    room = department(world, "Văn phòng", MONDAY, "office")
    delegate(
        actor=world["leader"], office_code=LOCAL_OFFICE, to=room, procedures=[PERSONS], document_number="77/QĐ-BHXH",
        four_eyes=False, valid_from=TODAY, at=MONDAY,
    )  # fmt: skip
    assert found(world, "counter") is None
