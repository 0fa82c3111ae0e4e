"""The loop that does deferred work."""

import threading
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection

from ansinh.jobs.worker import SECONDS_BETWEEN_LOOKS, Worker
from ansinh.platform import queue
from ansinh.platform.models import Job
from ansinh.platform.queue import tasks
from tests.walls_of import owner_role


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Worker, list[str]]]:
    """A worker in a thread, with one handler."""
    done: list[str] = []
    tasks.load_tasks()
    monkeypatch.setattr(tasks, "_tasks", {})

    @queue.task("note")
    def note(*, at: datetime, word: str) -> None:
        done.append(word)

    worker = Worker()

    def run() -> None:
        try:
            worker.run()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield worker, done
    worker.stop()
    thread.join(timeout=10)
    assert not thread.is_alive()


def _wait(done: list[str], count: int) -> None:
    limit = time.monotonic() + 10
    while len(done) < count and time.monotonic() < limit:
        time.sleep(0.01)


def _wait_until_no_job_is_left() -> None:
    """A job's row goes right after its handler has ended."""
    limit = time.monotonic() + 10
    while Job.objects.exists():
        assert time.monotonic() < limit
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_is_queued_and_wakes_at_once(working: tuple[Worker, list[str]]) -> None:
    _, done = working
    time.sleep(2 * SECONDS_BETWEEN_LOOKS)  # it listens by now
    began = time.monotonic()
    for number in range(5):
        time.sleep(0.1)
        queue.defer("note", word=str(number))
        _wait(done, number + 1)
    assert done == ["0", "1", "2", "3", "4"]
    assert time.monotonic() - began < 5 * (0.1 + SECONDS_BETWEEN_LOOKS)
    _wait_until_no_job_is_left()


@pytest.mark.django_db(transaction=True)
def test_a_worker_goes_on_after_its_connections_were_killed(working: tuple[Worker, list[str]]) -> None:
    _, done = working
    queue.defer("note", word="before")
    _wait(done, 1)
    _wait_until_no_job_is_left()
    with owner_role(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    queue.defer("note", word="after")
    _wait(done, 2)
    assert done == ["before", "after"]
