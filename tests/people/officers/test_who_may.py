"""Who may assign and delegate where: own office, office below, other office, other province, post ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Assignment, Delegation, Role, StaffEvent
from ansinh.people.officers.assign import assign, end_assignment
from ansinh.people.officers.delegate import delegate, revoke
from ansinh.people.officers.powers import managed_offices
from ansinh.platform.errors import Invalid, NotAllowed, NotFound
from tests.people.life_cycles.officers import PERSONS, delegated, give_back, now, post
from tests.people.life_cycles.staged import can
from tests.people.officers.conftest import NEXT_PROVINCE
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, PROVINCE_OFFICE, World, a_moment, an_officer

TODAY = date(2026, 11, 9)
MONDAY = a_moment(TODAY)


def assigns(
    actor: OfficerActor, officer: OfficerActor, *, office: str = LOCAL_OFFICE, role: str = Role.CARD, **more: Any
) -> Assignment:
    values = {"function": "book_card", "document_number": "7/QĐ-BHXH", "valid_from": TODAY, "at": MONDAY, **more}
    return assign(officer.officer_id, actor=actor, office_code=office, role=role, **values)


def delegates(actor: OfficerActor, to: OfficerActor, *, office: str = LOCAL_OFFICE, **more: Any) -> Delegation:
    values = {"document_number": "9/QĐ-BHXH", "four_eyes": False, "valid_from": TODAY, "at": MONDAY, **more}
    return delegate(actor=actor, office_code=office, to=to.officer_id, procedures=[PERSONS], **values)


@pytest.mark.requirement("R-060")
@pytest.mark.parametrize(
    ("who", "office", "assigning", "delegating"),
    [
        ("leader", LOCAL_OFFICE, True, True),
        ("admin", LOCAL_OFFICE, True, False),
        ("director", LOCAL_OFFICE, True, True),
        ("province_leader", LOCAL_OFFICE, True, True),
        ("next_director", LOCAL_OFFICE, False, False),
        ("head", LOCAL_OFFICE, False, False),
        ("counter", LOCAL_OFFICE, False, False),
        ("leader", OTHER_OFFICE, False, False),
        ("admin", OTHER_OFFICE, False, False),
        ("director", OTHER_OFFICE, True, True),
        ("leader", PROVINCE_OFFICE, False, False),
        ("director", PROVINCE_OFFICE, True, True),
        ("director", NEXT_PROVINCE, False, False),
        ("next_director", NEXT_PROVINCE, True, True),
    ],
)
def test_who_assigns_and_delegates_where(
    world: World, next_director: OfficerActor, who: str, office: str, assigning: bool, delegating: bool
) -> None:
    actor = next_director if who == "next_director" else world[who]
    somebody = an_officer("ai-do", "Ông Văn Ích", "Cán bộ tiếp nhận", ((office, Role.INTAKE),))
    assert can(lambda: assigns(actor, somebody, office=office)) is assigning
    assert can(lambda: delegates(actor, somebody, office=office)) is delegating


@pytest.mark.parametrize("who", ["leader", "admin", "province_leader"])
def test_whose_post_ended_manages_nobody(world: World, who: str) -> None:
    give_back(world[who].officer_id, by=world["director"], at=MONDAY)
    with pytest.raises(NotAllowed):
        now(world[who].officer_id, MONDAY)


def test_the_powers_end_with_the_managing_post_though_another_stays(world: World) -> None:
    assigns(world["director"], world["leader"])
    leaders = Assignment.objects.get(officer_id=world["leader"].officer_id, role=Role.LEADER)
    end_assignment(
        leaders.pk, actor=world["director"], last_day=None, reason="Miễn nhiệm", document_number="5/QĐ-BHXH", at=MONDAY
    )
    former = now(world["leader"].officer_id, MONDAY)
    assert managed_offices(former, on=TODAY) == frozenset()
    assert not can(lambda: assigns(former, world["specialist"]))
    assert not can(lambda: delegates(former, world["counter"]))


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("leader", Role.LEADER, False),
        ("leader", Role.SYSTEM_ADMIN, False),
        ("leader", Role.HEAD, True),
        ("admin", Role.LEADER, False),
        ("admin", Role.SYSTEM_ADMIN, False),
        ("admin", Role.APPROVER, True),
        ("director", Role.LEADER, True),
        ("director", Role.PROVINCIAL_DIRECTOR, False),
        ("director", Role.CENTRAL, False),
    ],
)
def test_nobody_gives_a_post_as_high_as_ones_own(world: World, who: str, role: str, may: bool) -> None:
    assert can(lambda: assigns(world[who], world["specialist"], role=role)) is may


@pytest.mark.parametrize("who", ["admin", "leader", "director"])
def test_nobody_gives_a_right_to_oneself(world: World, who: str) -> None:
    office = PROVINCE_OFFICE if who == "director" else LOCAL_OFFICE
    with pytest.raises(NotAllowed, match="tự giao việc cho chính mình"):
        assigns(world[who], world[who], office=office)
    if who != "admin":
        with pytest.raises(NotAllowed, match="tự giao việc cho chính mình"):
            delegates(world[who], world[who], office=office)


def test_posts_and_delegations_of_other_offices_do_not_exist_for_a_manager(world: World) -> None:
    theirs = post(world["other_counter"].officer_id)
    with pytest.raises(NotFound):
        end_assignment(theirs.pk, actor=world["leader"], last_day=None, reason="x", document_number="1", at=MONDAY)
    given = delegates(world["director"], world["other_counter"], office=OTHER_OFFICE)
    with pytest.raises(NotFound):
        revoke(given.pk, actor=world["leader"], reason="x", at=MONDAY)


def test_an_administrator_does_not_revoke_what_a_director_delegated(world: World) -> None:
    given = delegated(world, world["counter"].officer_id, MONDAY)
    with pytest.raises(NotAllowed, match="Chỉ giám đốc"):
        revoke(given.pk, actor=world["admin"], reason="x", at=MONDAY)


def test_nothing_is_delegated_to_somebody_of_another_office(world: World) -> None:
    with pytest.raises(Invalid, match="không có nhiệm vụ ở cơ quan này"):
        delegates(world["leader"], world["other_counter"])


@pytest.mark.requirement("R-061")
def test_the_history_says_who_gave_what_when_and_under_which_document(world: World) -> None:
    assigns(world["leader"], world["counter"])
    event = StaffEvent.objects.get(officer_id=world["counter"].officer_id)
    assert (event.kind, event.actor_id, event.at, event.document_number) == (
        "assigned", world["leader"].officer_id, MONDAY, "7/QĐ-BHXH",
    )  # fmt: skip
    assert event.facts["role"] == Role.CARD


@pytest.mark.parametrize("missing", ["document_number"])
def test_a_right_without_a_document_is_refused(world: World, missing: str) -> None:
    with pytest.raises(Invalid, match="số văn bản"):
        assigns(world["leader"], world["counter"], **{missing: "  "})
    with pytest.raises(Invalid, match="số văn bản"):
        delegates(world["leader"], world["counter"], **{missing: ""})
