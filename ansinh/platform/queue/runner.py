"""Doing the work: take, do and delete are one transaction, so a killed worker loses nothing and repeats nothing."""

import logging
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, transaction

from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import DomainError, NotNow
from ansinh.platform.models import Job
from ansinh.platform.queue.tasks import Task, find_task

MAX_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(hours=1)
_LONGEST_WAIT_FOR_OTHERS = timedelta(minutes=1)

log = logging.getLogger(__name__)


def run_one(at: datetime) -> int:
    """Do the next job that may run at `at` (with its companions, if its task takes batches).

    Returns how many jobs were taken; 0 when none may run. A failing job stays queued for later with its error;
    a job refused by a DomainError, which time does not cure, and one that failed too often are put aside. One that
    waits for something outside (NotNow) is tried at least once a minute until that answers again.
    """
    with transaction.atomic():
        first = _take(at)
        if first is None:
            return 0
        companions = _take_companions(first, at)
        _do([first, *companions], at)
    return 1 + len(companions)


def drain(at: datetime, *, limit: int | None = None) -> int:
    """Do every job that may run at `at`, also those queued meanwhile, at most `limit`; returns how many."""
    done = 0
    while limit is None or done < limit:
        taken = run_one(at)
        if not taken:
            break
        done += taken
    return done


def wait_before(attempt: int) -> timedelta:
    """How long a job rests before its attempt number `attempt` + 1: 10 s, doubling to one hour."""
    doublings = min(attempt - 1, 20)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)


def _take(at: datetime) -> Job | None:
    return (
        Job.objects.select_for_update(skip_locked=True)
        .filter(dead_at=None, run_at__lte=at)
        .order_by("priority", "run_at", "id")
        .first()
    )


def _take_companions(first: Job, at: datetime) -> list[Job]:
    size = _batch_size(first)
    if size == 1:
        return []
    return list(
        Job.objects.select_for_update(skip_locked=True)
        .filter(dead_at=None, run_at__lte=at, name=first.name, attempts=0)
        .exclude(pk=first.pk)
        .order_by("id")[: size - 1]
    )


def _batch_size(first: Job) -> int:
    try:
        # What failed once is done alone, so that one bad job does not hold up its companions for ever.
        return find_task(first.name).batch if first.attempts == 0 else 1
    except DomainError:
        return 1


def _do(jobs: Sequence[Job], at: datetime) -> None:
    try:
        with transaction.atomic():
            _call(find_task(jobs[0].name), jobs, at)
    except (InterfaceError, KeyboardInterrupt, SystemExit):
        raise
    except Exception as error:  # the boundary of other people's code: kept in the row and logged
        if _connection_lost(error):
            raise
        if len(jobs) > 1:
            _part(jobs)
        else:
            _keep(jobs[0], error, at)
    else:
        Job.objects.filter(pk__in=[job.pk for job in jobs]).delete()


def _call(task: Task, jobs: Sequence[Job], at: datetime) -> None:
    with acting_as(f"job:{task.name}"):
        if task.batch > 1:
            task.handler(batch=[job.arguments for job in jobs], at=at)
        else:
            task.handler(at=at, **jobs[0].arguments)


def _part(jobs: Sequence[Job]) -> None:
    """Have each job of a failed batch tried alone, at once."""
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(attempts=1)


def _keep(job: Job, error: Exception, at: datetime) -> None:
    job.attempts += 1
    job.last_error = "".join(traceback.format_exception(error))[-4000:]
    job.run_at = at + wait_before(job.attempts)
    if isinstance(error, NotNow):
        job.attempts = min(job.attempts, MAX_ATTEMPTS)
        job.run_at = at + min(wait_before(job.attempts), _LONGEST_WAIT_FOR_OTHERS)
    elif isinstance(error, DomainError) or job.attempts >= MAX_ATTEMPTS:
        job.dead_at = at
    job.save(update_fields=["attempts", "last_error", "run_at", "dead_at"])
    log.error("job %s failed, attempt %d%s", job, job.attempts, ", given up" if job.dead_at else "", exc_info=error)


def _connection_lost(error: Exception) -> bool:
    return isinstance(error, DatabaseError) and not transaction.get_connection().is_usable()
