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
PREFIX = "ansinh_try_"


@contextmanager
def scratch_installation() -> Iterator[Path]:
    """Django set up on the scratch database, with a folder of its own for files and keys; nothing real is touched."""
    with shared_test_server(checkout=ROOT) as cluster, tempfile.TemporaryDirectory(prefix="ansinh-try-") as folder:
        name = PREFIX + _migrations_digest()
        fresh = cluster.ensure_database(name)
        os.environ |= {
            "DATABASE_URL": cluster.url(name), DATABASE_AS: OWNER, "ANSINH_VAR": folder, "ANSINH_DEMO": "1",
            "ANSINH_PROOF_PLACES": f"{folder}/first:{folder}/second",
        }  # fmt: skip
        django.setup()
        if fresh:
            _make(name, cluster.url("postgres"))
        yield Path(folder)


def _make(name: str, server: str) -> None:
    """The tables; a half-made database is dropped, so that the next run makes it again."""
    from django.core.management import call_command
    from django.db import connection

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except BaseException:
        connection.close()
        with psycopg.connect(server, autocommit=True) as database:
            database.execute(psycopg.sql.SQL("DROP DATABASE {}").format(psycopg.sql.Identifier(name)))
        raise


def _migrations_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "ansinh").rglob("migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
