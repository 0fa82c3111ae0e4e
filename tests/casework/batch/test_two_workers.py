"""Two workers on one press: two dossiers of one person in two jobs are both signed, once, whoever waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import copy_context
from threading import Thread

import pytest
from django.db import connections, transaction

from ansinh.casework.batch.press import begin
from ansinh.casework.models import BatchPress, BatchRow, Outcome
from ansinh.casework.statement import seal_what_waits
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.jobs.batches import AT_ONCE
from ansinh.platform.models import Job
from ansinh.platform.queue import drain, run_one
from ansinh.registry.models import BookEntry, InsuredPerson
from tests.casework.effects.scene import a_procedure, to_sign
from tests.casework.moves import MONDAY, a_dossier_in_appraisal
from tests.threads import PATIENCE, until_waiting
from tests.walls_of import application_role
from tests.world import LOCAL_OFFICE, SI_NUMBER, World, a_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("R-111")]
BINH = "9000000059"
"""The social insurance number of somebody else."""


@pytest.fixture
def busy_world(transactional_db: None) -> World:
    """The world with a second record and a procedure whose grant writes into the record, committed."""
    world = a_world()
    InsuredPerson.objects.create(
        si_number=BINH, full_name="Lê Thị Bình", search_key="le thi binh", date_of_birth="1980-02-02", sex="female",
        personal_id_number="090180000059", managing_office=LOCAL_OFFICE, updated_on=MONDAY.date(),
    )  # fmt: skip
    a_procedure({"key": "time", "does": "unemployment_time_confirmed"}, calculations=[])
    return world


def pressed(world: World, dossiers: Sequence[Dossier]) -> BatchPress:
    return begin([one.pk for one in dossiers], actor=world["leader"], act="sign", arguments={}, at=MONDAY)


def a_worker(taken: list[int]) -> Thread:
    """One that does the next job as the worker does; how many rows it took is put into `taken`."""

    def work() -> None:
        try:
            with application_role():
                taken.append(run_one(MONDAY))
        finally:
            connections.close_all()

    thread = Thread(target=copy_context().run, args=(work,))
    thread.start()
    return thread


def test_two_dossiers_of_each_of_two_people_crosswise_in_two_jobs(busy_world: World) -> None:
    lan, binh = [[to_sign(busy_world, si_number=number) for _ in range(2)] for number in (SI_NUMBER, BINH)]
    others = [a_dossier_in_appraisal(busy_world) for _ in range(AT_ONCE - 2)]
    Job.objects.all().delete()
    seal_what_waits(at=MONDAY)  # else the first to come seals, and the other one waits for that
    presses = [
        pressed(busy_world, [lan[0], *others, binh[1]]),
        pressed(busy_world, [binh[0], *others, lan[1]]),
    ]
    taken: list[int] = []
    with transaction.atomic():  # nobody finishes a job before the other one has its first record
        list(Dossier.objects.select_for_update().filter(pk__in=[lan[1].pk, binh[1].pk]))
        first = a_worker(taken)
        until_waiting(1)
        second = a_worker(taken)
        until_waiting(2)
    for one in (first, second):
        one.join(PATIENCE)
    assert taken == [AT_ONCE] * 2
    undone = BatchRow.objects.filter(outcome=Outcome.WAITING)
    assert undone.count() == AT_ONCE, "the database ended one of two jobs that waited for each other"
    drain(MONDAY)
    for press in presses:
        said = [row.outcome for row in press.rows.all()]
        assert said == [Outcome.DONE, *[Outcome.REFUSED] * (AT_ONCE - 2), Outcome.DONE]
    assert not undone.exists()
    assert not Job.objects.filter(name="casework.batch_row").exists()
    for dossier in Dossier.objects.filter(pk__in=[one.pk for one in (*lan, *binh)]):
        assert dossier.state == State.GRANTED
        assert dossier.events.filter(kind="granted").count() == 1
        assert IssuedDocument.objects.filter(dossier=dossier, kind="decision").count() == 1
    written = BookEntry.objects.values_list("insured_id", "dossier_id")
    assert sorted(written) == sorted([(SI_NUMBER, one.pk) for one in lan] + [(BINH, one.pk) for one in binh])
