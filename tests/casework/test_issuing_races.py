"""Two hands at once: nobody gets two numbers, no number and no blank goes twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from ansinh.casework.issuing.act import mark_printed
from ansinh.casework.models import Blank, IssueItem
from ansinh.platform.identifiers import uuid7
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import InsuredPerson, IssuedNumber
from ansinh.registry.numbers.issue import Newcomer, issue_number
from ansinh.registry.numbers.ranges import enter_range
from tests.casework.moves import MONDAY
from tests.casework.test_issuing import given_on, printer
from tests.casework.test_races import at_once
from tests.world import LOCAL_OFFICE, World, a_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy_world(transactional_db: None) -> World:
    """The world and a range of numbers, committed."""
    world = a_world()
    enter_range(
        "9900000001", "9900000099", province="", valid_from=date(2026, 1, 1), ground="Công văn 1", by="x", at=MONDAY
    )
    return world


def issued(identity: str) -> str:
    ground = Ground(uuid7(), "1/2026", MONDAY)
    with transaction.atomic():
        return issue_number(
            Newcomer("Nguyễn Văn An", "1998-05-04", identity, "male"), office_code=LOCAL_OFFICE, ground=ground
        )[0].pk


@pytest.mark.requirement("R-172")
def test_the_same_person_filed_twice_at_once_has_one_number(busy_world: World) -> None:
    numbers = at_once(*[lambda: issued("045198001234")] * 4)
    assert len(set(numbers)) == 1
    assert InsuredPerson.objects.filter(personal_id_number="045198001234").count() == 1


@pytest.mark.requirement("R-172")
def test_different_people_at_once_have_different_numbers(busy_world: World) -> None:
    numbers = at_once(*(lambda n=n: issued(f"04519800{n:04}") for n in range(4)))
    assert sorted(numbers) == [f"990000000{n}" for n in (1, 2, 3, 4)]
    assert IssuedNumber.objects.count() == 4


def test_one_card_printed_by_two_officers_at_once_uses_one_blank(busy_world: World) -> None:
    given_on(busy_world)
    item, officer = IssueItem.objects.get(kind="card"), printer()
    answers = at_once(
        *(
            lambda serial=serial: mark_printed([item.pk], first_serial=serial, actor=officer, at=MONDAY)
            for serial in ("AB0001234", "AB0001299")
        )
    )
    assert sorted(getattr(one, "code", "done") for one in answers) == ["done", "issue-wrong-state"]
    assert Blank.objects.count() == 1
