"""Deferred work happens once, survives failure, and is put aside when it is hopeless."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from ansinh.platform import queue
from ansinh.platform.errors import Conflict
from ansinh.platform.models import AuditEvent, Job
from ansinh.platform.queue import runner, tasks

AT = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Handlers of these tests, on a registry of their own."""
    happened: list[Any] = []
    tasks.load_tasks()
    monkeypatch.setattr(tasks, "_tasks", {})

    @queue.task("note")
    def note(*, at: datetime, word: str) -> None:
        happened.append(word)

    @queue.task("break")
    def break_down(*, at: datetime) -> None:
        Job.objects.create(name="note", arguments={"word": "must not stay"})
        raise OSError("the network is away")

    @queue.task("refuse")
    def refuse(*, at: datetime) -> None:
        raise Conflict("too-late", "Quá hạn.")

    @queue.task("many", batch=10)
    def many(*, at: datetime, batch: list[dict[str, Any]]) -> None:
        if any(arguments["n"] == 13 for arguments in batch):
            raise ValueError("thirteen")
        happened.append([arguments["n"] for arguments in batch])

    yield happened


@pytest.mark.django_db
def test_jobs_run_in_the_order_they_were_queued_unless_one_has_priority(done: list[Any]) -> None:
    queue.defer("note", word="first")
    queue.defer("note", word="second")
    queue.defer("note", word="urgent", priority=-1)
    assert queue.drain(AT) == 3
    assert done == ["urgent", "first", "second"]
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_job_for_later_waits_for_its_hour(done: list[Any]) -> None:
    queue.defer("note", word="tomorrow", run_at=AT + timedelta(days=1))
    assert queue.drain(AT) == 0
    assert queue.drain(AT + timedelta(days=1)) == 1
    assert done == ["tomorrow"]


@pytest.mark.django_db
def test_a_failed_job_leaves_no_trace_of_its_work_and_rests(done: list[Any]) -> None:
    queue.defer("break")
    assert queue.drain(AT, limit=1) == 1
    (job,) = Job.objects.all()
    assert (job.name, job.attempts, job.run_at) == ("break", 1, AT + timedelta(seconds=10))
    assert "the network is away" in job.last_error


@pytest.mark.django_db
def test_a_job_that_always_fails_is_put_aside_with_its_error_and_can_be_revived(done: list[Any]) -> None:
    queue.defer("break")
    moment = AT
    for _ in range(runner.MAX_ATTEMPTS):
        assert queue.run_one(moment) == 1
        moment += timedelta(hours=2)
    assert queue.run_one(moment) == 0
    (dead,) = queue.dead_letters()
    assert dead.attempts == runner.MAX_ATTEMPTS
    assert queue.revive(dead.pk)
    assert queue.run_one(moment) == 1


@pytest.mark.django_db
def test_a_job_that_the_domain_refuses_is_not_tried_again(done: list[Any]) -> None:
    queue.defer("refuse")
    queue.drain(AT)
    assert [job.attempts for job in queue.dead_letters()] == [1]


@pytest.mark.django_db
def test_a_job_that_nobody_does_is_put_aside_and_stops_no_other(done: list[Any]) -> None:
    queue.defer("unheard-of")
    queue.defer("note", word="after")
    queue.drain(AT)
    assert done == ["after"]
    assert [job.name for job in queue.dead_letters()] == ["unheard-of"]


@pytest.mark.django_db
def test_small_jobs_of_one_name_are_done_together(done: list[Any]) -> None:
    queue.defer_many("many", [{"n": n} for n in range(12)])
    assert queue.run_one(AT) == 10
    assert queue.run_one(AT) == 2
    assert done == [list(range(10)), [10, 11]]


@pytest.mark.django_db
def test_one_bad_job_of_a_batch_does_not_hold_up_the_others(done: list[Any]) -> None:
    queue.defer_many("many", [{"n": n} for n in (11, 12, 13, 14)])
    queue.drain(AT)
    assert done == [[11], [12], [14]]
    (left,) = Job.objects.all()
    assert left.arguments == {"n": 13}
    assert "thirteen" in left.last_error


@pytest.mark.django_db
def test_the_wait_between_attempts_doubles_up_to_an_hour() -> None:
    assert [runner.wait_before(attempt).total_seconds() for attempt in (1, 2, 3, 20)] == [10, 20, 40, 3600]


@pytest.mark.django_db(transaction=True)
def test_work_of_an_undone_transaction_is_never_done(done: list[Any]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue.defer("note", word="never")
        raise RuntimeError
    assert queue.drain(AT) == 0
    assert done == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_do_nothing_twice(done: list[Any]) -> None:
    queue.defer_many("note", [{"word": str(n)} for n in range(60)])

    def work() -> None:
        try:
            queue.drain(AT)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done, key=int) == [str(n) for n in range(60)]


@pytest.mark.django_db
def test_sql_can_queue_by_naming_nothing_but_the_job(done: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO platform_job (name, arguments) VALUES ('note', '{\"word\": \"by sql\"}')")
    queue.drain(AT)
    assert done == ["by sql"]
    assert not AuditEvent.objects.exists()
