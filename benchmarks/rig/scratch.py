"""A scratch database with every table and guard, on the test server; gone at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@contextmanager
def scratch_database() -> Iterator[Path]:
    """Django set up on an empty migrated database, as superuser; answers the folder that stands for `var`."""
    from ansinh.platform.postgres.shared import shared_test_server

    with tempfile.TemporaryDirectory(prefix="ansinh-bench-") as folder, shared_test_server(checkout=CHECKOUT) as server:
        os.environ |= {
            "ANSINH_VAR": folder,
            "ANSINH_DEMO": "1",
            "DATABASE_URL": server.url("postgres"),
            "ANSINH_DATABASE_AS": "owner",
            "ANSINH_TEST_DATABASE": f"bench_ansinh_{os.getpid()}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django

        django.setup()
        from django.db import connection

        from tests.prepared_database import PreparedDatabase

        prepared = PreparedDatabase()  # migrating takes longer than most measurements
        prepared.choose()
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        prepared.keep()
        try:
            yield Path(folder)
        finally:
            connection.creation.destroy_test_db("postgres", verbosity=0)
