"""Fewer journeys to the database: statements that need not wait for each other's answers."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, cast

from django.db import connections

if TYPE_CHECKING:
    from ansinh.platform.row_security.backend.base import DatabaseWrapper


def sent_ahead() -> AbstractContextManager[None]:
    """Statements of the block go to the server without waiting for the answers to those before.

    Put it inside a transaction. Whoever reads an answer waits for it; an error comes with the next answer, at the
    latest at the end of the block, before anything is committed.
    """
    return cast("DatabaseWrapper", connections["default"]).sent_ahead()
