"""Somebody protected by hand: found by a paper in the hand only, marked, nameless in lists, and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ansinh.notifications.models import Notice
from ansinh.people.acting.find import find_people
from ansinh.people.models import Protection
from ansinh.people.readings.openings import protected
from ansinh.people.readings.protect import end_protection, protect, protections_at
from ansinh.people.recovery.find import Wanted, accounts
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.world import ID_NUMBER, LOCAL_OFFICE, OTHER_OFFICE, SI_NUMBER, World, a_moment, a_world

MONDAY = a_moment(date(2026, 11, 9))
WHY = "Bị đe dọa sau vụ án gia đình."


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


def protects(world: World, who: str = "leader", *, number: str = ID_NUMBER, reason: str = WHY) -> Protection:
    return protect(number, actor=world[who], office_code=LOCAL_OFFICE, reason=reason, last_day=None, at=MONDAY)


@pytest.mark.parametrize("number", [ID_NUMBER, SI_NUMBER, "090 190 000 018"])
def test_a_head_protects_by_either_number_and_the_person_is_told(world: World, number: str) -> None:
    made = protects(world, "head", number=number)
    assert protected([world.citizen.person_id], at=MONDAY) == {made.subject_id}
    assert Notice.objects.get(account_id=world.citizen.account_id).code == "protection_set"
    assert [one.pk for one in protections_at(world["leader"], on=date(2026, 11, 9))] == [made.pk]


def test_it_ends_with_a_reason_and_only_where_it_was_set(world: World) -> None:
    made = protects(world)
    with pytest.raises(Invalid):
        end_protection(made.pk, actor=world["head"], reason="ừ", at=MONDAY)
    end_protection(made.pk, actor=world["head"], reason="Người đó xin thôi bảo vệ.", at=MONDAY)
    assert not protected([world.citizen.person_id], at=MONDAY)
    with pytest.raises(Conflict):
        end_protection(made.pk, actor=world["head"], reason="Người đó xin thôi bảo vệ.", at=MONDAY)
    told = Notice.objects.filter(account_id=world.citizen.account_id).values_list("code", flat=True)
    assert set(told) == {"protection_set", "protection_ended"}


def test_another_office_neither_sees_nor_ends_it(world: World) -> None:
    made = protect(
        ID_NUMBER, actor=world["province_leader"], office_code="90000", reason=WHY, last_day=None, at=MONDAY
    )  # fmt: skip
    assert protections_at(world["leader"], on=date(2026, 11, 9)) == []
    with pytest.raises(NotFound):
        end_protection(made.pk, actor=world["leader"], reason=WHY, at=MONDAY)


def test_it_ends_by_itself_after_its_last_day(world: World) -> None:
    last = date(2026, 11, 12)
    protect(ID_NUMBER, actor=world["leader"], office_code=LOCAL_OFFICE, reason=WHY, last_day=last, at=MONDAY)
    assert protected([world.citizen.person_id], at=a_moment(last))
    assert not protected([world.citizen.person_id], at=a_moment(last + timedelta(days=1)))


@pytest.mark.parametrize(
    ("who", "office", "error"),
    [
        ("specialist", LOCAL_OFFICE, NotAllowed),
        ("counter", LOCAL_OFFICE, NotAllowed),
        ("admin", LOCAL_OFFICE, NotAllowed),
        ("leader", OTHER_OFFICE, NotAllowed),
    ],
)
def test_who_may_not(world: World, who: str, office: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        protect(ID_NUMBER, actor=world[who], office_code=office, reason=WHY, last_day=None, at=MONDAY)


def test_twice_nobody_without_a_reason_or_into_the_past(world: World) -> None:
    with pytest.raises(NotFound):
        protects(world, number="090190000999")
    with pytest.raises(Invalid):
        protects(world, reason="vì thế")
    with pytest.raises(Invalid):
        protect(
            ID_NUMBER, actor=world["leader"], office_code=LOCAL_OFFICE, reason=WHY, last_day=date(2026, 11, 8),
            at=MONDAY,
        )  # fmt: skip
    protects(world)
    with pytest.raises(Conflict):
        protects(world, "head")


@pytest.mark.requirement("R-167")
def test_nobody_is_found_by_name_who_is_protected(world: World) -> None:
    name, born, counter = "Trần Thị Mai Lan", "1990-05-12", world["counter"]
    assert find_people(actor=counter, name=name, born=born, at=MONDAY)
    assert accounts(Wanted(name=name, born=born), actor=counter, at=MONDAY)
    protects(world)
    assert find_people(actor=counter, name=name, born=born, at=MONDAY) == []
    assert accounts(Wanted(name=name, born=born), actor=counter, at=MONDAY) == []
    assert find_people(actor=counter, number=ID_NUMBER, at=MONDAY)
    assert accounts(Wanted(number=ID_NUMBER), actor=counter, at=MONDAY)
