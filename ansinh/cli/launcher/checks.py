"""What is looked at before anything is started."""

import errno
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg.errors

from ansinh.cli.launcher.words import CannotStart, disk_full

NEEDED_MEGABYTES = 300
_FULL = {errno.ENOSPC, errno.EDQUOT}


def check_port(port: int) -> None:
    """Raise CannotStart when somebody listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise CannotStart(
                "port-taken",
                "Cổng {port} đang có chương trình khác dùng hoặc không được phép dùng: hãy chọn cổng khác, ví dụ"
                " ./start --port {other}.",
                "Port {port} is in use by another program or not permitted: choose another, for example"
                " ./start --port {other}.",
                port=port,
                other=port + 1 if port >= 1024 else 8000,
            ) from taken


def free_port(wanted: int) -> int:
    """`wanted`, or any other free port when somebody has it."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise CannotStart("no-port", "Máy này không còn cổng nào trống.", "This machine has no free port left.")


def check_space(folder: Path) -> None:
    """Raise CannotStart when `folder` has too little room for the database to work."""
    free = _free_megabytes(folder)
    if free < NEEDED_MEGABYTES:
        raise disk_full(free, NEEDED_MEGABYTES)


@contextmanager
def full_disk_is_a_sentence(folder: Path) -> Iterator[None]:
    """Turn the ways in which a full disk shows itself into one sentence."""
    try:
        yield
    except Exception as error:
        if _is_full(error):
            raise disk_full(_free_megabytes(folder), NEEDED_MEGABYTES) from error
        raise


def _free_megabytes(folder: Path) -> int:
    existing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return shutil.disk_usage(existing).free // 2**20


def _is_full(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if isinstance(error, psycopg.errors.DiskFull) or "No space left on device" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the installation's lock. Raises CannotStart while another `./start` runs here."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise CannotStart(
                "already-running",
                "An Sinh đang chạy từ thư mục này (tiến trình {holder}): hãy dừng nó trước khi chạy lại.",
                "An Sinh already runs from this folder (process {holder}): stop that one first.",
                holder=os.pread(descriptor, 20, 0).decode().strip() or "?",
            ) from held
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
