"""PostgreSQL with the viewer told at the beginning of each transaction, in the round trip of its first statement.

The settings are transaction-local, so a pooled connection carries nothing over: a statement outside a transaction gets
one of its own (a pipeline makes it implicitly), and ending or undoing a transaction forgets what was told.
"""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final, cast

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg import Pipeline, ServerCursor
from psycopg.pq import TransactionStatus

from ansinh.platform.row_security.viewer import NOBODY, Viewer, present

_RESTED: Final = 5.0
"""Seconds after which a connection that nothing was asked through is asked whether it still answers."""
_TELL: Final = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in NOBODY.settings())


class _Telling:
    """Of a cursor: before a statement runs, its transaction knows who looks."""

    db: DatabaseWrapper
    cursor: Any

    def _execute(self, sql: str, params: Any, *ignored: Any) -> Any:
        with self.db.told_to(self.cursor, bare=params is None):
            return super()._execute(sql, params, *ignored)  # type: ignore[misc]

    @property
    def rowcount(self) -> int:
        """How many rows the statement touched; of one that was sent ahead the answer is waited for."""
        self.db.catch_up()
        return int(self.cursor.rowcount)

    @property
    def description(self) -> Any:
        """The columns of what was found; of a statement that was sent ahead the answer is waited for."""
        self.db.catch_up()
        return self.cursor.description

    def _executemany(self, sql: str, param_list: Any, *ignored: Any) -> Any:
        with self.db.told_to(self.cursor):
            return super()._executemany(sql, param_list, *ignored)  # type: ignore[misc]


class _Cursor(_Telling, CursorWrapper):
    pass


class _DebugCursor(_Telling, base.CursorDebugWrapper):
    pass


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper of a connection that also remembers what its open transaction was told."""

    _told: Viewer | None = NOBODY
    """What the open transaction knows; None: not sure, so that the next statement tells it again."""
    _ahead: Pipeline | None = None
    """Statements are sent without waiting for answers: what is told goes the same way."""
    _seen, _rest = 0.0, 0.0
    """When a request last began or ended with this connection, and how long it had rested before that."""

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        """A cursor that tells who looks."""
        return _Cursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> CursorWrapper:  # type: ignore[override]
        """The same, keeping its statements for tests."""
        return _DebugCursor(cursor, self)

    @contextmanager
    def told_to(self, cursor: Any, *, bare: bool = False) -> Iterator[None]:
        """The statement of the block runs in a transaction that knows the present viewer.

        A `bare` one has no parameters: it may be several commands, which no pipeline takes, or one that runs in no
        transaction (VACUUM, CREATE INDEX CONCURRENTLY). Alone it is told nothing, and so sees no row of a person.
        """
        viewer, alone = present(), self.autocommit
        if viewer == (NOBODY if alone else self._told) or (bare and alone) or self._failed():
            yield
            return
        self._told = None
        with self.wrap_database_errors, self._together(bare or isinstance(cursor, ServerCursor), alone=alone):
            self.connection.execute(_TELL, list(viewer.settings().values()))
            yield
        self._told = None if alone else viewer

    def _failed(self) -> bool:
        """The open transaction takes nothing but its end, or the way back to a savepoint."""
        return bool(self.needs_rollback or self.connection.info.transaction_status == TransactionStatus.INERROR)

    @contextmanager
    def sent_ahead(self) -> Iterator[None]:
        """Statements of the block go to the server without waiting for the answers to those before.

        Whoever reads an answer waits for it; an error comes with the next answer, at the latest at the end.
        """
        if self._ahead:
            yield
            return
        self.ensure_connection()
        with self.wrap_database_errors, self.connection.pipeline() as self._ahead:
            try:
                yield
            finally:
                self._ahead = None

    def catch_up(self) -> None:
        """Wait for the answers to what was sent ahead."""
        if self._ahead is not None:
            with self.wrap_database_errors:
                self._ahead.sync()

    def close_if_unusable_or_obsolete(self) -> None:
        """At both ends of a request."""
        now = time.monotonic()
        self._rest, self._seen = now - self._seen, now
        super().close_if_unusable_or_obsolete()

    def is_usable(self) -> bool:
        """Whether the server answers. In use a moment ago and nothing come since, not even the end: it does."""
        if self._rest < _RESTED and self.connection is not None and not self.errors_occurred:
            arrivals = select.poll()
            arrivals.register(self.connection.fileno(), select.POLLIN)
            if not arrivals.poll(0):
                return True
        return bool(super().is_usable())

    def _together(self, one_by_one: bool, *, alone: bool) -> AbstractContextManager[Any]:
        if self._ahead:
            return nullcontext()
        if not one_by_one:
            return cast("AbstractContextManager[Any]", self.connection.pipeline())
        return cast("AbstractContextManager[Any]", self.connection.transaction()) if alone else nullcontext()

    def init_connection_state(self) -> None:
        """A fresh connection knows nobody."""
        self._told = NOBODY
        super().init_connection_state()

    def _commit(self) -> None:
        self._told = NOBODY
        super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        self._told = NOBODY
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None  # PostgreSQL went back to what the savepoint knew

    def _set_autocommit(self, autocommit: bool) -> None:
        self._told = NOBODY
        super()._set_autocommit(autocommit)  # type: ignore[misc]
