"""Who may act for a child, by dates, states and age."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ansinh.jobs.acting import tell_of_hand_over
from ansinh.notifications.models import Message, Notice
from ansinh.people.acting.ages import birthday, has_own_say, is_child
from ansinh.people.acting.behalves import behalves_of
from ansinh.people.acting.end import end_guardianship
from ansinh.people.acting.freeze import decide, freeze
from ansinh.people.acting.readers import readers_of
from ansinh.people.acting.rules import rules
from ansinh.people.actors import Right
from ansinh.people.models import Person
from ansinh.people.models_acting import ActingEvent, Guardianship
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.models import Job
from ansinh.platform.zone import VIETNAM
from tests.people.families import a_child, a_guardian, a_person
from tests.world import LONG_AGO, World, a_moment, a_world, delegate

MONDAY = a_moment(date(2026, 11, 9))
TODAY = MONDAY.date()


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


@pytest.mark.parametrize(
    ("born", "years", "expected"),
    [
        ("2008-12-01", 18, date(2026, 12, 1)),
        ("2008-02-29", 18, date(2026, 3, 1)),
        ("2008-02-29", 20, date(2028, 2, 29)),
        ("2008", 18, date(2026, 1, 1)),
    ],
)
def test_the_day_somebody_is_so_old(born: str, years: int, expected: date) -> None:
    assert birthday(born, years=years) == expected


@pytest.mark.requirement("R-059")
def test_on_the_birthday_itself_one_is_no_child() -> None:
    assert is_child("2008-12-01", on=date(2026, 11, 30))
    assert not is_child("2008-12-01", on=date(2026, 12, 1))


def test_a_child_has_its_own_say_from_seven_and_only_since_the_law_says_so() -> None:
    assert has_own_say("2019-11-09", on=date(2026, 11, 9))
    assert not has_own_say("2019-11-10", on=date(2026, 11, 9))
    assert not has_own_say("2010-01-01", on=date(2025, 12, 31))
    assert rules(on=date(2025, 12, 31)).own_consent_vi == ""


@pytest.mark.requirement("R-059")
def test_a_guardian_holds_every_right_until_the_day_before_the_birthday(world: World) -> None:
    child = a_child(born="2008-12-01")
    held = a_guardian(world, child, world.citizen, at=MONDAY)
    [behalf] = behalves_of(world.citizen.account_id, on=TODAY)
    assert (behalf.owner_id, behalf.basis_id, behalf.kind) == (child.pk, held.pk, "ward")
    assert behalf.rights == frozenset(Right) and behalf.until == date(2026, 11, 30)
    assert behalves_of(world.citizen.account_id, on=date(2026, 11, 30))
    assert behalves_of(world.citizen.account_id, on=date(2026, 12, 1)) == []


def test_nobody_is_guardian_twice_at_a_time(world: World) -> None:
    child = a_child()
    held = a_guardian(world, child, world.citizen, at=MONDAY)
    with pytest.raises(Conflict, match="đang là người đại diện"):
        a_guardian(world, child, world.citizen, at=MONDAY)
    with pytest.raises(IntegrityError, match="guardianship_once_at_a_time"), transaction.atomic():
        Guardianship.objects.create(
            child=child, guardian_id=world.citizen.person_id, kind="mother", basis="x", valid_from=date(2027, 1, 1)
        )
    end_guardianship(held.pk, actor=world["counter"], basis="QĐ 1", reason="nhầm", at=MONDAY)
    assert a_guardian(world, child, world.citizen, at=MONDAY).pk != held.pk


def test_something_must_identify_a_person(db: None) -> None:
    with pytest.raises(IntegrityError, match="something_identifies_a_person"), transaction.atomic():
        Person.objects.create(
            full_name="Ai", search_key="ai", date_of_birth="2020-01-01", sex="male", updated_at=LONG_AGO
        )
    for number in ("9000000042", "9000000051"):  # two children without a personal number are two people
        a_child(si_number=number)


def test_the_first_guardian_is_told_of_the_second_and_both_read(world: World) -> None:
    child, father = a_child(), a_person("090085000033", "Lê Quốc Việt")
    a_guardian(world, child, world.citizen, at=MONDAY)
    a_guardian(world, child, father, at=MONDAY, kind="father")
    notice = Notice.objects.get(account_id=world.citizen.account_id)
    assert notice.code == "guardian_joined" and "Lê Quốc Việt" in notice.body_vi
    assert set(readers_of(child.pk, on=TODAY)) == {world.citizen.account_id, father.account_id}


def test_an_end_takes_a_paper_a_reason_and_the_counter(world: World) -> None:
    held = a_guardian(world, a_child(), world.citizen, at=MONDAY)
    with pytest.raises(Invalid, match="giấy tờ làm căn cứ"):
        end_guardianship(held.pk, actor=world["counter"], basis="  ", reason="x", at=MONDAY)
    with pytest.raises(Invalid, match="Chưa ghi lý do"):
        end_guardianship(held.pk, actor=world["counter"], basis="QĐ 1", reason="", at=MONDAY)
    with pytest.raises(NotAllowed):
        end_guardianship(held.pk, actor=world["specialist"], basis="QĐ 1", reason="x", at=MONDAY)
    end_guardianship(held.pk, actor=world["other_counter"], basis="QĐ 1", reason="Tòa giao con", at=MONDAY)
    event = ActingEvent.objects.get(kind="guardianship_ended")
    assert (event.actor_name, event.office_code, event.facts["basis"]) == ("Đỗ Thị Yến", "90002", "QĐ 1")
    with pytest.raises(Conflict):
        end_guardianship(held.pk, actor=world["counter"], basis="QĐ 1", reason="x", at=MONDAY)


def test_a_conflict_stops_both_and_only_a_delegate_decides_it(world: World) -> None:
    child, father = a_child(), a_person("090085000033", "Lê Quốc Việt")
    a_guardian(world, child, world.citizen, at=MONDAY)
    his = a_guardian(world, child, father, at=MONDAY, kind="father")
    freeze(child.pk, actor=world["counter"], reason="Tranh chấp", may_read=True, at=MONDAY)
    for one in (world.citizen, father):
        [behalf] = behalves_of(one.account_id, on=TODAY)
        assert behalf.rights == {Right.READ}
    with pytest.raises(Conflict, match="tạm dừng vì tranh chấp"):
        a_guardian(world, child, a_person("090085000042", "Bà Nội", sex="female"), at=MONDAY, kind="guardian")
    end_guardianship(his.pk, actor=world["counter"], basis="Bản án 3", reason="Tòa giao con", at=MONDAY)
    with pytest.raises(NotAllowed, match="chưa được giám đốc giao"):
        decide(child.pk, actor=world["counter"], basis="Bản án 3", at=MONDAY)
    delegate(world["counter"], by=world["leader"])
    decide(child.pk, actor=world["counter"], basis="Bản án 3", at=MONDAY)
    assert behalves_of(world.citizen.account_id, on=TODAY)[0].rights == frozenset(Right)
    assert behalves_of(father.account_id, on=TODAY) == []


@pytest.mark.requirement("R-059")
def test_before_the_birthday_guardian_and_child_are_told_once_for_each_span(world: World) -> None:
    child = a_child(born="2009-01-08")
    Person.objects.filter(pk=child.pk).update(phone="84905000555")
    a_guardian(world, child, world.citizen, at=MONDAY)
    assert Job.objects.filter(name="acting.tell_of_hand_over").count() == 1
    told = []
    for day in (date(2026, 11, 8), date(2026, 11, 9), date(2026, 12, 20), date(2027, 1, 1), date(2027, 1, 8)):
        at = datetime(day.year, day.month, day.day, 8, tzinfo=VIETNAM)
        with transaction.atomic():
            tell_of_hand_over(at=at)
            tell_of_hand_over(at=at + timedelta(minutes=1))
        told.append(Notice.objects.filter(account_id=world.citizen.account_id).count())
    assert told == [0, 1, 1, 2, 3]
    codes = Notice.objects.order_by("created_at").values_list("code", flat=True)
    assert list(codes) == ["hand_over_soon", "hand_over_soon", "hand_over_done"]
    assert Message.objects.filter(recipient="84905000555", purpose="own_account_soon").count() == 3
