"""The test server: several test runs use one, the first starts it and the last stops it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ansinh.platform.postgres.binaries import find
from ansinh.platform.postgres.cluster import Cluster
from ansinh.platform.postgres.owner import server_owner
from ansinh.platform.postgres.place import find_place

_UNSAFE_BUT_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "1GB"}


@contextmanager
def shared_test_server(*, checkout: Path, durable: bool = False) -> Iterator[Cluster]:
    """A running server whose data nobody needs; not for anything that must survive (unless `durable`)."""
    binaries = find()
    var = checkout / "var" / "test"
    name = f"postgres-{binaries.major}{'-durable' if durable else ''}"
    owner = server_owner(checkout)
    settings = {} if durable else _UNSAFE_BUT_QUICK
    cluster = Cluster(find_place(var=var, name=name, binaries=binaries, owner=owner), owner, settings)
    users = os.open(var / f"{name}.users", os.O_RDWR | os.O_CREAT, 0o600)
    starting = os.open(var / f"{name}.starting", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        if not cluster.exists:
            cluster.initialise()
        if not cluster.answers():
            cluster.start_detached()
        fcntl.flock(starting, fcntl.LOCK_UN)
        yield cluster
    finally:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if _last_user(users):
            cluster.stop()
        os.close(users)
        os.close(starting)


def _last_user(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
