"""A migrated database kept on our own test server: a run copies it instead of migrating again.

Its name is the digest of what makes it, so that a changed migration, wall or guard is never tested on an old one. A
server somebody else gave us (DATABASE_URL) gets no such copy: nothing of ours stays there.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "prepared_"
_LOCK = 0x616E7369


def name_of() -> str:
    """The name the copy of today's migrations has."""
    digest = hashlib.sha256()
    for path in sorted(_makes_it()):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return f"{PREFIX}{digest.hexdigest()[:24]}"


class PreparedDatabase:
    """The copy as one run uses it: `choose` before the test database is made, `keep` after."""

    def __init__(self) -> None:
        self._name = name_of()
        self._server = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        self._server.execute("SELECT pg_advisory_lock_shared(%s)", [_LOCK])  # nobody removes it while we copy
        if not self._is_there():  # one run migrates, the others wait for its copy
            self._server.execute("SELECT pg_advisory_unlock_shared(%s)", [_LOCK])
            self._server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])

    def choose(self) -> None:
        """Let the test database be made from the copy, if there is one."""
        if self._is_there():
            connection.settings_dict["TEST"]["TEMPLATE"] = self._name

    def keep(self) -> None:
        """Copy a database just migrated for the next run, and remove the copies of other days."""
        if not self._is_there():
            connection.close()  # a database is copied only while nobody is in it
            self._make(str(connection.settings_dict["NAME"]))
        self._server.close()  # and the lock is free

    def _is_there(self) -> bool:
        found = self._server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._name])
        return found.fetchone() is not None

    def _make(self, migrated: str) -> None:
        kept = self._server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        for (old,) in kept.fetchall():
            self._server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        self._server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(self._name), sql.Identifier(migrated))
        )


def prepared_database() -> PreparedDatabase | None:
    """None on a server that is not ours."""
    return PreparedDatabase() if "ANSINH_OWN_TEST_SERVER" in os.environ else None


def _makes_it() -> Iterator[Path]:
    for context in ("platform", "walls", "offices"):  # what migrations call beside themselves
        yield from (path for path in (ROOT / "ansinh" / context).rglob("*.*") if path.suffix != ".pyc")
    for path in (ROOT / "ansinh").rglob("migrations/*.py"):
        if path.relative_to(ROOT).parts[1] not in ("platform", "walls", "offices"):
            yield path
