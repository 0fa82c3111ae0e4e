"""What is looked at before anything starts."""

import errno
import socket
from pathlib import Path
from typing import NamedTuple

import pytest

from ansinh.cli.launcher import checks
from ansinh.cli.launcher.words import CannotStart
from ansinh.platform.errors import DomainError


class Usage(NamedTuple):
    """What shutil.disk_usage answers."""

    total: int
    used: int
    free: int


@pytest.mark.parametrize(("free", "refused"), [(299, True), (300, False)])
def test_a_disk_with_too_little_room_is_refused(
    free: int, refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda place: Usage(0, 0, free * 2**20))
    if not refused:
        checks.check_space(tmp_path)
        return
    with pytest.raises(CannotStart, match="còn 299 MB, cần 300 MB"):
        checks.check_space(tmp_path)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        DomainError("x", "could not write file: No space left on device"),
    ],
)
def test_a_disk_that_fills_up_on_the_way_is_one_sentence(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="Ổ đĩa gần đầy"), checks.full_disk_is_a_sentence(tmp_path / "absent"):
        raise error


def test_another_error_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), checks.full_disk_is_a_sentence(tmp_path):
        raise ZeroDivisionError


def test_a_lock_of_a_finished_start_is_free_again(tmp_path: Path) -> None:
    lock = tmp_path / "start.lock"
    for _ in range(2):
        with checks.only_one(lock), pytest.raises(CannotStart, match="đang chạy"), checks.only_one(lock):
            pass


def test_a_taken_port_is_refused_and_another_found() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Cổng {port} "):
            checks.check_port(port)
        assert checks.free_port(port) != port
    assert checks.free_port(port) == port
