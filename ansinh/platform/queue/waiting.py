"""The waiting list: putting work on it, and looking after what was given up."""

import json
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Min

from ansinh.platform.models import AT_ONCE, Job

CHANNEL = "ansinh_jobs"
"""Workers listen here."""
QUEUE = "INSERT INTO platform_job (name, arguments, run_at, priority) VALUES (%s, %s::jsonb, %s, %s)"

# NOTIFY inside the causing transaction would make every commit wait for one lock of the whole server while its
# WAL is flushed. So it is sent after the commit, and seldom: who works already looks again by itself.
_SECONDS_BETWEEN_WAKES = 0.05
_last_wake = 0.0


def defer(name: str, *, run_at: datetime | None = None, priority: int = 0, **arguments: Any) -> None:
    """Queue one job in the current transaction; without `run_at` it runs as soon as that is committed.

    `arguments` are JSON values for the handler. Smaller `priority` goes first.
    """
    defer_many(name, [arguments], run_at=run_at, priority=priority)


def defer_many(
    name: str, batch: Iterable[Mapping[str, Any]], *, run_at: datetime | None = None, priority: int = 0
) -> None:
    """Queue a job for each set of arguments in one round trip."""
    rows = [(name, json.dumps(arguments), run_at or AT_ONCE, priority) for arguments in batch]
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(QUEUE, rows[0])
        else:
            cursor.executemany(QUEUE, rows)
    transaction.on_commit(wake)


def wake() -> None:
    """Tell listening workers that there is work. Only after a commit; for SQL that queued by itself."""
    global _last_wake
    now = time.monotonic()
    if connection.in_atomic_block or now - _last_wake < _SECONDS_BETWEEN_WAKES:
        return
    _last_wake = now
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


def is_queued(name: str) -> bool:
    """Whether a job of this name waits for its first attempt."""
    return Job.objects.filter(name=name, dead_at=None, attempts=0).exists()


def next_run_at() -> datetime | None:
    """When the earliest waiting job may run; None when nothing waits."""
    earliest: datetime | None = Job.objects.filter(dead_at=None).aggregate(earliest=Min("run_at"))["earliest"]
    return earliest


def dead_letters() -> list[Job]:
    """Jobs that were given up, oldest first, each with its last error."""
    return list(Job.objects.exclude(dead_at=None).order_by("id"))


def revive(job_id: int) -> bool:
    """Give a dead job another full row of attempts; False when there is no such dead job."""
    revived = Job.objects.filter(pk=job_id).exclude(dead_at=None).update(dead_at=None, attempts=0, run_at=AT_ONCE)
    transaction.on_commit(wake)
    return revived == 1
