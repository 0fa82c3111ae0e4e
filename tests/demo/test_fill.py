"""The large world, in small: its rows are what the program itself would have written."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from ansinh.casework.search import find
from ansinh.catalogue.freeze import freeze_all
from ansinh.demo import load
from ansinh.demo.fill import ASKED, FILLED, fill
from ansinh.dossiers.models import Dossier, NumberCounter, State
from ansinh.people.models import Account, Person
from ansinh.people.queries import citizen, officer
from ansinh.platform.errors import Invalid
from ansinh.platform.models import AuditEvent
from tests.world import a_moment

AT = a_moment(date(2026, 11, 9))


@pytest.fixture
def filled(transactional_db: None, settings: Settings, tmp_path: Path) -> str:
    """The small world with three hundred people and six hundred dossiers on top; answers the summary."""
    settings.FILES_DIR = tmp_path / "files"
    settings.SIGNING_DIR = tmp_path / "signing"
    freeze_all(at=AT)
    load(at=AT)
    return fill(people=300, dossiers=600, seed=7, at=AT, progress=lambda _: None)


def test_a_filled_world_is_coherent(filled: str) -> None:
    made = Dossier.objects.filter(si_number__startswith="98")
    assert "600" in filled
    assert (Person.objects.filter(si_number__startswith="98").count(), made.count()) == (300, 600)
    # One waits for a time-stamp, which lasts seconds; the other for money, and a filled world has no orders.
    reached = set(State.values) - {State.APPROVED, State.WAITING_FOR_PAYMENT}
    assert set(made.values_list("state", flat=True)) == reached
    assert not made.filter(submitted_at__gt=AT).exists()
    assert not made.filter(events__at__gt=AT).exists()
    _every_number_was_given_in_order()
    assert AuditEvent.objects.filter(table="dossiers_dossier", from_state=None).count() == Dossier.objects.count()
    asked = made.filter(state=State.WAITING_FOR_APPLICANT)
    assert asked.exists()
    assert not asked.exclude(supplement_requests__answered_at=None, supplement_requests__items__isnull=False).exists()
    assert citizen(Account.objects.get(login="098000000000")) is not None


def test_every_wall_stands_again_after_filling(filled: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = ANY(%s::regclass[])",
            [[*FILLED, *ASKED]],
        )
        found = cursor.fetchall()
    assert len([name for name, walled, _ in found if walled]) >= 8
    assert [name for name, walled, forced in found if walled != forced] == []


def test_filling_again_adds_nothing(filled: str) -> None:
    before = Dossier.objects.count()
    assert "nothing added" in fill(people=300, dossiers=600, seed=7, at=AT, progress=lambda _: None)
    assert Dossier.objects.count() == before


def test_dossiers_need_people(db: None) -> None:
    with pytest.raises(Invalid):
        fill(people=0, dossiers=1, seed=1, at=AT, progress=lambda _: None)


def test_an_officer_finds_a_person_by_name_number_and_si_number(filled: str) -> None:
    viewer = officer(Account.objects.get(login="chuyenvien"), on=AT.date())
    assert viewer is not None
    own = Dossier.objects.filter(office_code__in=viewer.office_codes, si_number__startswith="98")
    wanted = own.latest("submitted_at")
    for typed in (wanted.number, wanted.si_number, wanted.applicant_name, wanted.applicant_name.upper()):
        assert wanted in find(viewer, typed), typed
    found = find(viewer, "nguyen", limit=5)
    assert [one.submitted_at for one in found] == sorted((one.submitted_at for one in found), reverse=True)
    assert {one.office_code for one in find(viewer, "an", limit=500)} <= viewer.office_codes
    assert find(viewer, "không ai cả") == []


def _every_number_was_given_in_order() -> None:
    numbers = sorted(
        (number.split("/")[2], int(number.split("/")[1]), int(number.split("/")[0]))
        for number in Dossier.objects.values_list("number", flat=True)
    )
    for (office, year), given in groupby(numbers, key=lambda one: one[:2]):
        running = [number for _, _, number in given]
        assert running == list(range(1, len(running) + 1))
        assert NumberCounter.objects.get(office_code=office, year=year).last == len(running)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_numbercounter")
        assert cursor.fetchone()[0] == len({one[:2] for one in numbers})


def test_a_filled_world_has_every_index_again(filled: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = ANY(%s)", [list(FILLED)])
        there = {name for (name,) in cursor.fetchall()}
    declared = {index.name for model in (Dossier, Person, Account) for index in model._meta.indexes}
    assert declared <= there
