"""The database of this installation: the one DATABASE_URL names, or a private server in `var/`."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ansinh.platform.database_url import APPLICATION_FILE, OWNER_FILE
from ansinh.platform.postgres.binaries import find
from ansinh.platform.postgres.cluster import SUPERUSER, Cluster
from ansinh.platform.postgres.owner import server_owner
from ansinh.platform.postgres.place import find_place
from ansinh.platform.row_security.roles import APPLICATION

DATABASE = "ansinh"


@dataclass
class PrivateServer:
    """The private PostgreSQL as a service of the supervisor."""

    cluster: Cluster
    log: Path
    name: str = "postgresql"

    def start(self) -> None:
        """Start it, first made if need be; one that a killed launcher left running is stopped before."""
        if not self.cluster.exists:
            self.cluster.initialise()
        self.cluster.stop()
        self.cluster.start(log=self.log)

    def alive(self) -> bool:
        """Whether the server process runs."""
        return self.cluster.process is not None and self.cluster.process.poll() is None

    def ask_to_stop(self) -> None:
        """Nothing yet: it stops only when nobody needs it any more."""

    def wait_until_stopped(self) -> None:
        """Fast shutdown."""
        self.cluster.stop()


def private_server(*, checkout: Path, var: Path) -> PrivateServer | None:
    """The private server of this checkout, or None when DATABASE_URL names a database."""
    if os.environ.get("DATABASE_URL"):
        return None
    owner = server_owner(checkout)
    place = find_place(var=var, name="postgres", binaries=find(), owner=owner)
    return PrivateServer(Cluster(place, owner), var / "log" / "postgresql.log")


def remember_address(server: PrivateServer, var: Path) -> None:
    """Make the database and its two roles if need be; tell their addresses to every process of this checkout."""
    server.cluster.ensure_database(DATABASE)
    server.cluster.ensure_login(APPLICATION)
    for name, user in ((OWNER_FILE, SUPERUSER), (APPLICATION_FILE, APPLICATION)):
        (var / name).write_text(f"{server.cluster.url(DATABASE, user=user)}\n", encoding="utf-8")


def forget(server: PrivateServer) -> None:
    """Remove the private server's data."""
    server.cluster.stop()
    with suppress(FileNotFoundError):
        shutil.rmtree(server.cluster.data)
