"""The officer's profile: locked after five wrong passwords, unused after 45 days; a citizen is never locked out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from ansinh.notifications.models import Notice
from ansinh.people.doors import officers, sessions
from ansinh.people.doors.rules import door_rules
from ansinh.people.models import Account, DoorGuard
from ansinh.people.queries import officer
from ansinh.people.sign_in import sign_in
from ansinh.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from tests.doors import give_an_app
from tests.threads import together
from tests.world import ID_NUMBER, PASSWORD, World, a_moment, a_world

MONDAY = a_moment(date(2026, 11, 9))
RULES = door_rules(MONDAY.date()).officer


@pytest.fixture
def world(db: None) -> World:
    """The invented world; its officers were at work lately."""
    made = a_world()
    for one in made.officers.values():
        give_an_app(one.account_id, at=MONDAY)
    return made


def typed(login: str, password: str, *, network: str, at: datetime = MONDAY) -> str:
    """The code of the refusal, or empty."""
    try:
        sign_in(login, password, network=network, at=at)
    except DomainError as refused:
        return refused.code
    return ""


def attack(login: str, times: int, *, at: datetime = MONDAY) -> None:
    """Wrong passwords, each from a network of its own."""
    for number in range(times):
        typed(login, "sai", network=f"198.51.{number}.1", at=at)


def test_the_rules_say_where_they_come_from() -> None:
    assert "QCVN 12:2026" in door_rules(MONDAY.date()).source
    assert (RULES.wrong_passwords, RULES.locked.total_seconds(), RULES.idle.total_seconds(), RULES.unused.days) == (
        5, 12 * 3600, 15 * 60, 45,
    )  # fmt: skip
    assert RULES.second_factor and door_rules(date(2000, 1, 1)) == door_rules(MONDAY.date())


def test_the_staff_of_the_world_is_as_its_register_says(world: World) -> None:
    for actor in world.officers.values():
        assert officer(Account.objects.get(pk=actor.account_id), on=MONDAY.date()) == actor


@pytest.mark.requirement("R-050")
def test_a_citizen_signs_in_from_home_during_an_attack(world: World) -> None:
    for number in range(60):
        typed(ID_NUMBER, "sai", network=f"198.51.100.{number % 20 + 1}")
    assert typed(ID_NUMBER, PASSWORD, network="203.0.113.7") == ""


def test_the_fifth_wrong_password_locks_an_officer_for_twelve_hours(world: World) -> None:
    attack("can-bo-counter", 4)
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7") == "", "a right one takes the four back"
    attack("can-bo-counter", 5)
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7") == "sign-in-refused"
    almost = MONDAY + RULES.locked - timedelta(seconds=1)
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7", at=almost) == "sign-in-refused"
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7", at=MONDAY + RULES.locked) == ""
    assert Notice.objects.filter(code="password_locked").count() == 1


def test_after_the_lock_there_are_five_tries_again(world: World) -> None:
    attack("can-bo-counter", 5)
    after = MONDAY + RULES.locked
    attack("can-bo-counter", 4, at=after)
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7", at=after) == ""


def test_the_answer_does_not_tell_that_an_account_is_locked_or_there(world: World) -> None:
    attack("can-bo-counter", 5)
    told = []
    for login, password in (("can-bo-counter", PASSWORD), ("can-bo-counter", "sai"), ("can-bo-khong-co", "sai")):
        with pytest.raises(NotAllowed) as refused:
            sign_in(login, password, network="203.0.113.9", at=MONDAY)
        told.append(str(refused.value))
    assert len(set(told)) == 1 and "12 giờ" in told[0]


@pytest.mark.django_db(transaction=True)
def test_of_thirty_passwords_at_once_five_are_looked_at(transactional_db: None) -> None:
    account = Account.objects.get(pk=a_world()["counter"].account_id)

    def count(_: int) -> bool:
        return officers.count_password(account, at=MONDAY)

    assert sum(together(count, range(30), threads=10)) == RULES.wrong_passwords


def test_whoever_leads_the_office_unlocks_and_nobody_else(world: World) -> None:
    attack("can-bo-counter", 5)
    locked = world["counter"].account_id
    assert [(one.account_id, one.locked) for one in officers.shut_colleagues(world["leader"], at=MONDAY)] == [
        (locked, True)
    ]
    for stranger in ("specialist", "province_leader", "other_counter"):
        assert officers.shut_colleagues(world[stranger], at=MONDAY) == []
        with pytest.raises(NotFound):
            officers.let_in_again(locked, by=world[stranger], at=MONDAY)
    officers.let_in_again(locked, by=world["head"], at=MONDAY)
    guard = DoorGuard.objects.get(pk=locked)
    assert (guard.unlocked_by, guard.unlocked_at) == (world["head"].officer_id, MONDAY)
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7") == ""
    with pytest.raises(Conflict):
        officers.let_in_again(locked, by=world["leader"], at=MONDAY)


def test_nobody_unlocks_oneself(world: World) -> None:
    attack("can-bo-leader", 5)
    assert officers.shut_colleagues(world["leader"], at=MONDAY) == []
    with pytest.raises(NotFound):
        officers.let_in_again(world["leader"].account_id, by=world["leader"], at=MONDAY)


def test_an_account_nobody_used_for_45_days_is_shut(world: World) -> None:
    last = MONDAY + RULES.unused
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7", at=last) == ""
    after = last + timedelta(seconds=1)
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7", at=after) == "officer-unused"
    assert typed("can-bo-counter", "sai", network="203.0.113.7", at=after) == "sign-in-refused", "told to nobody else"
    assert typed(ID_NUMBER, PASSWORD, network="203.0.113.7", at=after) == "", "a citizen may come once in ten years"


def test_whoever_leads_the_office_wakes_an_unused_account(world: World) -> None:
    late = MONDAY + RULES.unused + timedelta(days=1)
    give_an_app(world["leader"].account_id, at=late)
    unused = {one.account_id for one in officers.shut_colleagues(world["leader"], at=late) if not one.locked}
    assert world["counter"].account_id in unused and world["other_counter"].account_id not in unused
    officers.let_in_again(world["counter"].account_id, by=world["leader"], at=late)
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7", at=late) == ""


def test_being_at_work_keeps_the_account_open(world: World) -> None:
    account = Account.objects.get(pk=world["counter"].account_id)
    later = MONDAY + timedelta(days=40)
    sessions.begin(account, method="password", factor="totp", device="", network="", at=later)
    assert typed("can-bo-counter", PASSWORD, network="203.0.113.7", at=later + timedelta(days=40)) == ""
