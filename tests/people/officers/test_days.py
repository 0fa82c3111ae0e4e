"""Both sides of every border: first day, last day, midnight in Vietnam; and nothing that was given is rewritten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ansinh.offices.models import Office
from ansinh.people import queries
from ansinh.people.happened import RightsChanged
from ansinh.people.models import Account, Assignment, Role, StaffEvent
from ansinh.people.officers.assign import end_assignment
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.events import listen
from ansinh.platform.zone import VIETNAM, local_day
from tests.people.life_cycles.officers import PERSONS, delegated, give_back, post
from tests.people.officers.test_who_may import MONDAY, TODAY, assigns, delegates
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def roles(world: World, name: str, *, on: date) -> set[str]:
    found = queries.officer(Account.objects.get(pk=world[name].account_id), on=on)
    return {one.role for one in found.posts} if found else set()


@pytest.mark.requirement("R-162")
@pytest.mark.parametrize(
    ("day", "held"),
    [(TODAY, False), (TOMORROW, True), (date(2026, 11, 12), True), (date(2026, 11, 13), False)],
)
def test_a_post_counts_from_its_first_day_to_its_last(world: World, day: date, held: bool) -> None:
    assigns(world["leader"], world["counter"], valid_from=TOMORROW, valid_to=date(2026, 11, 12))
    assert (Role.CARD in roles(world, "counter", on=day)) is held


@pytest.mark.parametrize(
    ("moment", "held"),
    [
        (datetime(2026, 11, 9, 23, 59, 59, tzinfo=VIETNAM), True),
        (datetime(2026, 11, 10, tzinfo=VIETNAM), False),
    ],
)
def test_the_last_day_ends_at_midnight_in_vietnam_not_in_greenwich(world: World, moment: datetime, held: bool) -> None:
    give_back(world["counter"].officer_id, by=world["leader"], at=MONDAY, last_day=True)
    assert bool(roles(world, "counter", on=local_day(moment))) is held


def test_what_was_taken_back_this_morning_was_still_held_yesterday(world: World) -> None:
    give_back(world["counter"].officer_id, by=world["leader"], at=MONDAY)
    assert [bool(roles(world, "counter", on=day)) for day in (YESTERDAY, TODAY, TOMORROW)] == [True, False, False]


@pytest.mark.parametrize("minutes", [1, 6 * 60 + 59])
def test_a_moment_before_seven_belongs_to_its_own_day(world: World, minutes: int) -> None:
    """Seven in the morning in Vietnam is midnight in Greenwich."""
    early = datetime(2026, 11, 9, tzinfo=VIETNAM) + timedelta(minutes=minutes)
    give_back(world["counter"].officer_id, by=world["leader"], at=early)
    assert roles(world, "counter", on=TODAY) == set()
    assert roles(world, "counter", on=YESTERDAY) == {Role.INTAKE}


@pytest.mark.parametrize(
    ("day", "held"),
    [(TODAY, False), (TOMORROW, True), (date(2026, 11, 12), True), (date(2026, 11, 13), False)],
)
def test_a_delegation_counts_from_its_first_day_to_its_last(world: World, day: date, held: bool) -> None:
    delegates(world["leader"], world["counter"], valid_from=TOMORROW, valid_to=date(2026, 11, 12))
    found = queries.delegation_to_approve(
        world["counter"].officer_id, office_code=LOCAL_OFFICE, procedure=PERSONS, on=day
    )
    assert (found is not None) is held


def test_nothing_is_given_backwards(world: World) -> None:
    with pytest.raises(Invalid, match="đã qua"):
        assigns(world["leader"], world["counter"], valid_from=YESTERDAY)
    with pytest.raises(Invalid, match="đã qua"):
        delegates(world["leader"], world["counter"], valid_from=YESTERDAY)


def test_the_same_post_is_not_given_twice_for_one_day(world: World) -> None:
    assigns(world["leader"], world["counter"], valid_to=TOMORROW)
    with pytest.raises(Conflict, match="đã được phân công"):
        assigns(world["leader"], world["counter"], valid_from=TOMORROW)
    assigns(world["leader"], world["counter"], valid_from=TOMORROW + timedelta(days=1))


def test_a_post_that_is_over_is_not_ended_again(world: World) -> None:
    mine = post(world["counter"].officer_id)
    give_back(world["counter"].officer_id, by=world["leader"], at=MONDAY)
    with pytest.raises(Conflict, match="đã kết thúc"):
        end_assignment(mine.pk, actor=world["leader"], last_day=None, reason="x", document_number="1", at=MONDAY)


def test_an_end_is_brought_forward_and_never_put_off(world: World) -> None:
    given = assigns(world["leader"], world["counter"], valid_to=TOMORROW)
    with pytest.raises(Invalid, match="văn bản mới"):
        end_assignment(
            given.pk, actor=world["leader"], last_day=date(2026, 12, 1), reason="x", document_number="1", at=MONDAY
        )
    end_assignment(given.pk, actor=world["leader"], last_day=TODAY, reason="x", document_number="1", at=MONDAY)
    assert Assignment.objects.get(pk=given.pk).valid_to == TODAY


def test_no_post_at_an_office_that_is_no_more_and_the_successor_is_named(world: World) -> None:
    Office.objects.filter(pk=LOCAL_OFFICE).update(valid_to=TODAY, merged_into=OTHER_OFFICE)
    assigns(world["director"], world["counter"])
    with pytest.raises(Invalid, match="Cửa Lò"):
        assigns(world["director"], world["counter"], valid_from=TOMORROW, role=Role.HEAD)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_assignment SET role = 'leader'",
        "UPDATE people_assignment SET valid_from = '2019-01-01'",
        "DELETE FROM people_assignment",
        "UPDATE people_delegation SET document_number = 'khác'",
        "DELETE FROM people_delegation",
        "UPDATE people_staffevent SET kind = 'assigned'",
        "DELETE FROM people_staffevent",
    ],
)
@pytest.mark.requirement("R-061")
def test_the_database_rewrites_nothing_that_was_given(world: World, statement: str) -> None:
    delegated(world, world["counter"].officer_id, MONDAY)
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_two_equal_posts(world: World) -> None:
    mine = post(world["counter"].officer_id)
    with pytest.raises(IntegrityError, match="one_equal_assignment"), transaction.atomic():
        Assignment.objects.create(
            officer_id=mine.officer_id, office_code=mine.office_code, function=mine.function, role=mine.role,
            valid_from=TODAY,
        )  # fmt: skip


def test_changed_rights_are_news_for_whoever_closes_what_was_open(world: World) -> None:
    told: list[RightsChanged] = []
    listen(RightsChanged)(told.append)
    delegated(world, world["counter"].officer_id, MONDAY)
    assigns(world["leader"], world["specialist"], valid_from=TOMORROW)
    give_back(world["counter"].officer_id, by=world["leader"], at=MONDAY)
    assert told == [RightsChanged(world["counter"].account_id, MONDAY)] * 2
    assert StaffEvent.objects.count() == 3
