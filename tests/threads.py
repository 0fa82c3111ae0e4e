"""Many hands at once: threads that look at the database as the test does, each through a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from django.db import connection, connections, transaction

from ansinh.platform.errors import DomainError

Turn = TypeVar("Turn")
Answer = TypeVar("Answer")
PATIENCE = 20.0
_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


def together(act: Callable[[Turn], Answer], turns: Iterable[Turn], *, threads: int) -> list[Answer]:
    """What each turn answers, so many of them at a time. A thread alone would look as nobody, and see no row."""

    def run(turn: Turn) -> Answer:
        try:
            return act(turn)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return [one.result() for one in [pool.submit(copy_context().run, run, turn) for turn in turns]]


def aside(act: Callable[[], Answer]) -> Answer:
    """What it answers, done in one other thread: pyHanko wants an event loop, and Playwright keeps one in ours."""
    return together(lambda _: act(), [None], threads=1)[0]


def until_waiting(count: int) -> None:
    """Until so many connections wait for what this one holds."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited")


def refusal_of_the_slower(quicker: Callable[[], object], slower: Callable[[], object]) -> str:
    """The code with which the second act is refused that met the first one before that was committed."""

    def run() -> str:
        try:
            slower()
        except DomainError as refused:
            return refused.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            quicker()
            answer = pool.submit(copy_context().run, run)
            until_waiting(1)
        return answer.result()
