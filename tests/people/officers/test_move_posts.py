"""An office ends: what it was goes on at its successor, dated, and nothing runs at both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ansinh.offices.models import Office
from ansinh.people import queries
from ansinh.people.models import Assignment, Deputy, Officer, Role, StaffEvent, UnitCharge
from ansinh.people.officers.move_posts import move_posts, to_move
from ansinh.people.officers.units import Unit, give_unit
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.people.life_cycles.officers import colleague, deputy_of
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment

TODAY = date(2026, 11, 9)
MONDAY = a_moment(TODAY)


def ends(last_day: date) -> None:
    """The other local office becomes the local one."""
    Office.objects.filter(pk=OTHER_OFFICE).update(valid_to=last_day, merged_into=LOCAL_OFFICE)


def offices_of(world: World, name: str, day: date) -> set[str]:
    actor = queries.officer(Officer.objects.get(pk=world[name].officer_id).account, on=day)
    return set(actor.office_codes) if actor else set()


@pytest.mark.requirement("R-159")
def test_before_the_last_day_everything_is_planned_for_the_day_after(world: World) -> None:
    last = TODAY + timedelta(days=20)
    ends(last)
    move = move_posts(OTHER_OFFICE, actor=world["director"], document_number="9/QĐ-BHXH", at=MONDAY)
    assert {row.officer.full_name for row in move.posts} == {"Đỗ Thị Yến", "Bùi Văn Long"}
    assert offices_of(world, "other_counter", last) == {OTHER_OFFICE}
    assert offices_of(world, "other_counter", last + timedelta(days=1)) == {LOCAL_OFFICE}
    new = Assignment.objects.get(officer_id=world["other_counter"].officer_id, office_code=LOCAL_OFFICE)
    assert (new.role, new.valid_from, new.document_number) == (Role.INTAKE, last + timedelta(days=1), "9/QĐ-BHXH")
    event = StaffEvent.objects.get(officer_id=world["other_counter"].officer_id, kind="post_moved")
    assert (event.facts["from_office"], event.office_code) == (OTHER_OFFICE, LOCAL_OFFICE)


def test_after_the_last_day_it_goes_on_from_today_and_not_backwards(world: World) -> None:
    ends(TODAY - timedelta(days=9))
    move_posts(OTHER_OFFICE, actor=world["director"], document_number="9/QĐ-BHXH", at=MONDAY)
    assert offices_of(world, "other_specialist", TODAY) == {LOCAL_OFFICE}
    new = Assignment.objects.get(officer_id=world["other_specialist"].officer_id, office_code=LOCAL_OFFICE)
    assert new.valid_from == TODAY
    assert to_move(OTHER_OFFICE, on=TODAY) is None
    with pytest.raises(Conflict) as refused:
        move_posts(OTHER_OFFICE, actor=world["director"], document_number="9/QĐ-BHXH", at=MONDAY)
    assert refused.value.code == "nothing-to-move"


def test_units_go_along_with_whom_to_call_there(world: World) -> None:
    give_unit(
        Unit(OTHER_OFFICE, "TB0456B", "Xưởng may Cửa Sông", "Lý Thị Thơm", "0900000401"),
        officer_id=world["other_specialist"].officer_id, function="benefits", actor=world["director"],
        valid_from=TODAY, at=MONDAY,
    )  # fmt: skip
    last = TODAY + timedelta(days=20)
    ends(last)
    move_posts(OTHER_OFFICE, actor=world["director"], document_number="9/QĐ-BHXH", at=MONDAY)
    before, after = UnitCharge.objects.order_by("valid_from")
    assert (before.office_code, before.valid_to) == (OTHER_OFFICE, last)
    assert (after.office_code, after.valid_from, after.contact_phone) == (
        LOCAL_OFFICE, last + timedelta(days=1), "84900000401",
    )  # fmt: skip


def test_somebody_who_has_the_post_there_already_is_not_given_it_twice(world: World) -> None:
    Assignment.objects.create(
        officer_id=world["other_counter"].officer_id, office_code=LOCAL_OFFICE, function="benefits", role=Role.INTAKE,
        valid_from=date(2025, 1, 1),
    )  # fmt: skip
    ends(TODAY)
    move_posts(OTHER_OFFICE, actor=world["director"], document_number="9/QĐ-BHXH", at=MONDAY)
    rows = Assignment.objects.filter(officer_id=world["other_counter"].officer_id, office_code=LOCAL_OFFICE)
    assert rows.count() == 1


def test_a_deputy_of_the_office_that_ended_is_nobodys_deputy_elsewhere(world: World) -> None:
    named = deputy_of(world, "counter", colleague(), MONDAY)
    Office.objects.filter(pk=LOCAL_OFFICE).update(valid_to=TODAY, merged_into=OTHER_OFFICE)
    move_posts(LOCAL_OFFICE, actor=world["director"], document_number="9/QĐ-BHXH", at=MONDAY)
    assert Deputy.objects.get(pk=named.pk).office_code == LOCAL_OFFICE
    tomorrow = queries.officer(Officer.objects.get(pk=named.officer_id).account, on=TODAY + timedelta(days=1))
    assert tomorrow is not None and not any(post.deputy_for for post in tomorrow.posts)


@pytest.mark.parametrize(("who", "error"), [("leader", NotFound), ("admin", NotFound)])
def test_only_who_manages_both_offices_moves(world: World, who: str, error: type[Exception]) -> None:
    ends(TODAY)
    with pytest.raises(error):
        move_posts(OTHER_OFFICE, actor=world[who], document_number="9/QĐ-BHXH", at=MONDAY)


def test_a_leader_moves_nobody_to_an_office_of_another_leader_and_never_oneself(world: World) -> None:
    Office.objects.filter(pk=LOCAL_OFFICE).update(valid_to=TODAY, merged_into=OTHER_OFFICE)
    with pytest.raises(NotAllowed):
        move_posts(LOCAL_OFFICE, actor=world["leader"], document_number="9/QĐ-BHXH", at=MONDAY)
    with pytest.raises(Invalid):
        move_posts(LOCAL_OFFICE, actor=world["director"], document_number=" ", at=MONDAY)


def test_an_office_that_goes_on_has_nothing_to_move(world: World) -> None:
    assert to_move(LOCAL_OFFICE, on=TODAY) is None
    with pytest.raises(Conflict):
        move_posts(LOCAL_OFFICE, actor=world["director"], document_number="9/QĐ-BHXH", at=MONDAY)
