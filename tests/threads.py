"""Many hands at once: threads that look at the database as the test does, each through a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from django.db import connections

Turn = TypeVar("Turn")
Answer = TypeVar("Answer")


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
