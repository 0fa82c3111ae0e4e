"""A look is written once in its span, whoever hurries; a first look is never lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Reading
from ansinh.people.readings import Ground, PageKind, Shown, Why, record
from ansinh.platform.errors import DomainError
from ansinh.platform.identifiers import uuid7
from tests.threads import together
from tests.world import LOCAL_OFFICE, World, a_moment, a_world

NINE = a_moment(date(2026, 11, 9), 9, 0)
DOSSIER, PERSON = uuid7(), uuid7()


def look(
    reader: OfficerActor,
    *,
    at: datetime = NINE,
    ground: Ground = Ground.CASE,
    page: PageKind = PageKind.DOSSIER,
    dossier: UUID | None = DOSSIER,
    person: UUID | None = PERSON,
) -> None:
    """One look."""
    record([(Shown(person, dossier, "x"), Why(ground, "Thẩm định", "", LOCAL_OFFICE))], reader=reader, page=page, at=at)


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


@pytest.mark.parametrize(("minutes", "kept"), [(0, 1), (14, 1), (15, 2)])
def test_the_same_look_is_written_once_in_its_span(world: World, minutes: int, kept: int) -> None:
    look(world["specialist"])
    look(world["specialist"], at=NINE + timedelta(minutes=minutes))
    assert Reading.objects.count() == kept
    assert Reading.objects.earliest("id").at == NINE, "the first look is the one that stays"


def test_what_differs_in_anything_is_another_look(world: World) -> None:
    reader = world["specialist"]
    look(reader)
    look(world["head"])
    look(reader, ground=Ground.PURPOSE)
    look(reader, page=PageKind.EVIDENCE)
    look(reader, dossier=uuid7())
    look(reader, person=uuid7())
    look(reader, dossier=None)
    look(reader, person=None)
    assert Reading.objects.count() == 8


def test_a_look_at_nobody_is_a_fault(world: World) -> None:
    with pytest.raises(DomainError):
        look(world["specialist"], dossier=None, person=None)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_exactly_one_is_kept() -> None:
    reader = a_world()["specialist"]

    def one(_: int) -> None:
        look(reader)

    together(one, range(20), threads=5)
    assert Reading.objects.count() == 1
