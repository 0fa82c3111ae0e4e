"""A database to try things in, beside the real one: made once, kept empty, thrown away when the tables change."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

from ansinh.platform.database_url import DATABASE_AS, OWNER
from ansinh.platform.postgres.shared import shared_test_server

ROOT = Path(__file__).resolve().parents[2]
PREFIX, READY = "ansinh_try_", "ready"
_READY = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"


@contextmanager
def scratch_installation() -> Iterator[Path]:
    """Django set up on the scratch database, with a folder of its own for files and keys; nothing real is touched."""
    with shared_test_server(checkout=ROOT) as cluster, tempfile.TemporaryDirectory(prefix="ansinh-try-") as folder:
        name = PREFIX + _migrations_digest()
        cluster.ensure_database(name)
        os.environ |= {
            "DATABASE_URL": cluster.url(name), DATABASE_AS: OWNER, "ANSINH_VAR": folder, "ANSINH_DEMO": "1",
            "ANSINH_PROOF_PLACES": f"{folder}/first:{folder}/second",
        }  # fmt: skip
        django.setup()
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as server:
            server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])  # one makes it, another waits
            if server.execute(_READY, [name]).fetchone() != (READY,):
                _make(name, server)
        yield Path(folder)


def _make(name: str, server: psycopg.Connection) -> None:
    """The tables; only when all of them are there the database is marked, so that half a one is finished."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    words = psycopg.sql.SQL("COMMENT ON DATABASE {} IS {}")
    server.execute(words.format(psycopg.sql.Identifier(name), psycopg.sql.Literal(READY)))


def _migrations_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "ansinh").rglob("migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
