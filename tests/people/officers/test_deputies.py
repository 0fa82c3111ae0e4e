"""Who stands in during leave, for what, and what never comes with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ansinh.casework.accept import accept
from ansinh.casework.sign import sign
from ansinh.dossiers.models import IssuedDocument
from ansinh.people import queries
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.officers.absences import name_deputy, record_absence
from ansinh.people.officers.powers import managed_offices
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.storage import open_file
from tests.casework.letters import text_of
from tests.casework.moves import a_dossier_to_sign
from tests.people.life_cycles.officers import (
    PERSONS,
    approves,
    away,
    colleague,
    delegated,
    deputy_of,
    give_back,
    now,
    signs,
)
from tests.people.officers.test_who_may import MONDAY, TODAY, delegates
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_submitted_dossier, an_officer


def deputised(actor: OfficerActor) -> set[tuple[str, str]]:
    return {(post.role, post.deputy_for) for post in actor.posts if post.deputy_for}


def test_the_deputy_has_the_post_and_history_says_for_whom(world: World) -> None:
    other = colleague(role=Role.APPROVER)
    deputy_of(world, "counter", other, MONDAY)
    actor = now(other.officer_id, MONDAY)
    assert deputised(actor) == {(Role.INTAKE, "Nguyễn Thị Hoa")}
    dossier = accept(a_submitted_dossier(world).pk, actor=actor, at=MONDAY)
    event = dossier.events.get(kind="accepted")
    assert (event.actor_name, event.actor_title) == ("Vũ Thị Mơ", "Cán bộ tiếp nhận, làm thay Nguyễn Thị Hoa")


def test_who_has_the_post_oneself_acts_in_ones_own_name(world: World) -> None:
    other = colleague(role=Role.INTAKE)
    deputy_of(world, "counter", other, MONDAY)
    dossier = accept(a_submitted_dossier(world).pk, actor=now(other.officer_id, MONDAY), at=MONDAY)
    assert dossier.events.get(kind="accepted").actor_title == "Cán bộ tiếp nhận"


def test_a_deputy_of_a_signer_signs_under_the_document_and_the_letter_says_so(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    other = an_officer("pho", "Chu Văn An", "Tổ trưởng", ((LOCAL_OFFICE, Role.HEAD),))
    deputy_of(world, "leader", other, MONDAY, capacity="TUQ. GIÁM ĐỐC")
    issued = sign(dossier.pk, actor=now(other.officer_id, MONDAY), at=MONDAY)
    assert isinstance(issued, IssuedDocument)
    with open_file(issued.sha256) as file:
        text = " ".join(text_of(file.read()).split()).casefold()
    assert "tuq. giám đốc" in text
    assert "làm thay võ đình nam" in text


def test_without_kt_or_tuq_nobody_signs_for_a_leader(world: World) -> None:
    with pytest.raises(Invalid, match=r"KT\. hoặc TUQ\."):
        deputy_of(world, "leader", world["head"], MONDAY)
    assert not signs(world["head"].officer_id)(MONDAY)


@pytest.mark.parametrize(
    ("capacity", "document", "says"), [("TL. GIÁM ĐỐC", "8", "bắt đầu bằng"), ("KT. GIÁM ĐỐC", " ", "số văn bản")]
)
def test_a_capacity_has_its_form_and_its_document(world: World, capacity: str, document: str, says: str) -> None:
    leave = away(world, "leader", MONDAY)
    with pytest.raises(Invalid, match=says):
        name_deputy(
            leave.pk, actor=world["director"], deputy_id=world["head"].officer_id, office_code=LOCAL_OFFICE,
            capacity=capacity, document_number=document, at=MONDAY,
        )  # fmt: skip


def test_an_administrator_gives_no_right_to_sign(world: World) -> None:
    leave = away(world, "head", MONDAY)
    other = colleague(role=Role.HEAD)
    with pytest.raises(NotAllowed, match="Chỉ giám đốc"):
        name_deputy(
            leave.pk, actor=world["admin"], deputy_id=other.officer_id, office_code=LOCAL_OFFICE,
            capacity="KT. GIÁM ĐỐC", document_number="8", at=MONDAY,
        )  # fmt: skip


def test_a_deputy_neither_approves_nor_manages_nor_delegates(world: World) -> None:
    """No way up by standing in: delegations and powers stay with whom they were given to."""
    delegated(world, world["counter"].officer_id, MONDAY)
    other = colleague(role=Role.APPROVER)
    deputy_of(world, "counter", other, MONDAY)
    assert approves(world["counter"].officer_id)(MONDAY)
    assert not approves(other.officer_id)(MONDAY)
    deputy_of(world, "leader", world["head"], MONDAY, capacity="TUQ. GIÁM ĐỐC")
    head = now(world["head"].officer_id, MONDAY)
    assert (Role.LEADER, "Võ Đình Nam") in deputised(head)
    assert managed_offices(head, on=TODAY) == frozenset()
    with pytest.raises(NotAllowed, match="Chỉ giám đốc"):
        delegates(head, other)


def test_there_are_no_chains(world: World) -> None:
    """B stands in for A, C for B: C has nothing of A."""
    second, third = colleague("hai", Role.INTAKE), colleague("ba", Role.APPROVER)
    deputy_of(world, "counter", second, MONDAY)
    leave = record_absence(second.officer_id, actor=world["leader"], valid_from=TODAY, valid_to=TODAY, at=MONDAY)
    name_deputy(
        leave.pk, actor=world["leader"], deputy_id=third.officer_id, office_code=LOCAL_OFFICE, at=MONDAY
    )  # fmt: skip
    assert deputised(now(third.officer_id, MONDAY)) == {(Role.INTAKE, "Vũ Thị Mơ")}
    assert deputised(now(second.officer_id, MONDAY)) == set()


def test_there_is_no_circle(world: World) -> None:
    other = colleague(role=Role.INTAKE)
    leave = record_absence(other.officer_id, actor=world["leader"], valid_from=TODAY, valid_to=TODAY, at=MONDAY)
    with pytest.raises(Invalid, match="cũng vắng mặt"):
        deputy_of(world, "counter", other, MONDAY)
    with pytest.raises(Invalid, match="cũng vắng mặt"):
        name_deputy(
            leave.pk, actor=world["leader"], deputy_id=world["counter"].officer_id, office_code=LOCAL_OFFICE, at=MONDAY
        )


@pytest.mark.parametrize("who", ["collector", "other_counter", "counter"])
def test_only_a_fitting_colleague_of_the_same_office_stands_in(world: World, who: str) -> None:
    with pytest.raises(Invalid):
        deputy_of(world, "counter", world[who], MONDAY)


def test_the_manager_does_not_name_oneself(world: World) -> None:
    leave = away(world, "counter", MONDAY)
    boss = an_officer("ql", "Hà Thị Ngần", "Quản trị", ((LOCAL_OFFICE, Role.SYSTEM_ADMIN), (LOCAL_OFFICE, Role.INTAKE)))
    with pytest.raises(NotAllowed, match="chính mình"):
        name_deputy(leave.pk, actor=boss, deputy_id=boss.officer_id, office_code=LOCAL_OFFICE, at=MONDAY)


def test_one_deputy_at_a_time(world: World) -> None:
    named = deputy_of(world, "counter", colleague("hai"), MONDAY)
    with pytest.raises(Conflict, match="đã có người thay"):
        name_deputy(
            named.absence_id, actor=world["leader"], deputy_id=colleague("ba").officer_id, office_code=LOCAL_OFFICE,
            at=MONDAY,
        )  # fmt: skip


@pytest.mark.parametrize(("day", "stands_in"), [(-1, False), (0, True), (2, True), (3, False)])
def test_it_runs_from_the_first_day_of_leave_to_the_last(world: World, day: int, stands_in: bool) -> None:
    begins, other = TODAY + timedelta(days=1), colleague(role=Role.APPROVER)
    leave = record_absence(
        world["counter"].officer_id, actor=world["leader"], valid_from=begins, valid_to=begins + timedelta(days=2),
        at=MONDAY,
    )  # fmt: skip
    name_deputy(leave.pk, actor=world["leader"], deputy_id=other.officer_id, office_code=LOCAL_OFFICE, at=MONDAY)
    moment = MONDAY + timedelta(days=1 + day)
    assert bool(deputised(now(other.officer_id, moment))) is stands_in


def test_leave_of_somebody_elsewhere_does_not_exist_for_a_manager(world: World) -> None:
    with pytest.raises(NotFound):
        record_absence(
            world["other_counter"].officer_id, actor=world["leader"], valid_from=TODAY, valid_to=TODAY, at=MONDAY
        )


def test_a_leave_recorded_late_gives_nothing_for_days_gone(world: World) -> None:
    other = colleague(role=Role.APPROVER)
    leave = record_absence(
        world["counter"].officer_id, actor=world["leader"], valid_from=date(2026, 11, 5), valid_to=TODAY, at=MONDAY
    )
    name_deputy(leave.pk, actor=world["leader"], deputy_id=other.officer_id, office_code=LOCAL_OFFICE, at=MONDAY)
    assert deputised(now(other.officer_id, MONDAY))
    with pytest.raises(Invalid, match="Ngày cuối"):
        record_absence(
            world["specialist"].officer_id, actor=world["leader"], valid_from=date(2026, 11, 5),
            valid_to=date(2026, 11, 8), at=MONDAY,
        )  # fmt: skip


def test_a_leader_names_the_own_deputy(world: World) -> None:
    leave = record_absence(
        world["leader"].officer_id, actor=world["leader"], valid_from=TODAY, valid_to=TODAY, at=MONDAY
    )
    name_deputy(
        leave.pk, actor=world["leader"], deputy_id=world["head"].officer_id, office_code=LOCAL_OFFICE,
        capacity="TUQ. GIÁM ĐỐC", document_number="8/QĐ-BHXH", at=MONDAY,
    )  # fmt: skip
    assert (
        queries.capacity_to_sign(world["head"].officer_id, office_code=LOCAL_OFFICE, role=Role.LEADER, on=TODAY)
        == "TUQ. GIÁM ĐỐC"
    )


def test_a_former_colleague_is_not_seen_through_the_deputy(world: World) -> None:
    other = colleague(role=Role.APPROVER)
    deputy_of(world, "counter", other, MONDAY)
    give_back(world["counter"].officer_id, by=world["leader"], at=MONDAY)
    assert deputised(now(other.officer_id, MONDAY)) == set()
    assert OTHER_OFFICE not in now(other.officer_id, MONDAY).office_codes
    assert (
        queries.delegation_to_approve(other.officer_id, office_code=LOCAL_OFFICE, procedure=PERSONS, on=TODAY) is None
    )
