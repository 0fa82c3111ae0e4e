"""What the tests of a file all begin with, made once: each runs in a savepoint, and all is undone at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker

from ansinh.platform.row_security.viewer import as_the_house


@contextmanager
def standing(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Around the `yield` of a fixture for a module, after what it makes; not where a test of the module commits."""
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@contextmanager
def making(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Inside `standing`: look at the database as tests do."""
    with blocker.unblock(), as_the_house():
        yield
