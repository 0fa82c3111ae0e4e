"""A real PgBouncer in transaction mode before the measured database, signed in as the application itself."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.db import connection, connections

from ansinh.platform.row_security.roles import APPLICATION

CONFIGURATION = """[databases]
{database} = host={host} port={port} user={user}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = {size}
min_pool_size = {size}
logfile = {folder}/pgbouncer.log
"""


def program() -> str | None:
    """Where PgBouncer is, if it is installed."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def pooler(size: int) -> Iterator[Path]:
    """PgBouncer with `size` server connections; answers the folder of its socket. The role may sign in meanwhile."""
    found, settings = program(), connection.settings_dict
    if found is None:
        raise SystemExit("PgBouncer is not installed here (Debian: apt install pgbouncer).")
    with tempfile.TemporaryDirectory(prefix="pooler-") as name, connection.cursor() as cursor:
        folder = Path(name)
        (folder / "pgbouncer.ini").write_text(
            CONFIGURATION.format(
                database=settings["NAME"], host=settings["HOST"], port=settings["PORT"] or 5432, user=APPLICATION,
                folder=folder, size=size,
            )
        )  # fmt: skip
        other = _owner_of(folder)
        cursor.execute(f"ALTER ROLE {APPLICATION} LOGIN")
        process = subprocess.Popen([found, *other, str(folder / "pgbouncer.ini")])
        try:
            _until(folder / ".s.PGSQL.6432")
            yield folder
        finally:
            process.terminate()
            process.wait()
            cursor.execute(f"ALTER ROLE {APPLICATION} NOLOGIN")


def through(folder: Path) -> Any:
    """A connection of Django to the pooler, set as `ANSINH_POOLER=1` sets it; threads may pass it on."""
    wrapper = connections.create_connection("default")
    settings = deepcopy(connection.settings_dict)
    settings |= {
        "HOST": str(folder), "PORT": "6432", "USER": APPLICATION, "PASSWORD": "", "DISABLE_SERVER_SIDE_CURSORS": True,
    }  # fmt: skip
    settings["OPTIONS"] |= {"server_side_binding": False, "prepare_threshold": None}
    wrapper.settings_dict = settings
    wrapper.inc_thread_sharing()
    wrapper.ensure_connection()
    return wrapper


def _owner_of(folder: Path) -> list[str]:
    """PgBouncer refuses to be root: then it becomes the one who owns the server, and the folder with it."""
    if os.getuid() != 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        owner = Path(cursor.fetchone()[0]).stat().st_uid
    os.chown(folder, owner, -1)
    return ["--user", pwd.getpwuid(owner).pw_name]


def _until(socket: Path) -> None:
    for _ in range(200):
        if socket.exists():
            return
        time.sleep(0.05)
    raise SystemExit("PgBouncer did not start; its log says why.")
