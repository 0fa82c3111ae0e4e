"""`ansinh start` keeps everything alive, ends everything, and says in one sentence why it does not start."""

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ansinh.cli.launcher.supervisor import StopAsked, Supervisor
from ansinh.cli.start import listen_for_stop
from tests.cli.installation import Installation, begin, children_of, command_of, copy_prepared, wait_until


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def new_folder() -> Iterator[Callable[[], Path]]:
    """Folders that the database's own user may enter, when root runs the tests."""
    with ExitStack() as folders:

        def make() -> Path:
            folder = Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="ansinh-start-")))
            folder.chmod(0o755)
            return folder

        yield make


@pytest.fixture(scope="module")
def start(new_folder: Callable[[], Path]) -> Iterator[Callable[[], Installation]]:
    """Starts an installation of its own; whatever still runs at the end is stopped."""
    started: list[Installation] = []

    def one() -> Installation:
        var, port = new_folder(), _free_port()
        copy_prepared(var)
        running = Installation(var, port, begin(var, port, "--workers", "2"))
        started.append(running)
        wait_until(lambda: running.answers() or running.launcher.poll() is not None, "start")
        if running.launcher.poll() is not None:
            pytest.fail(running.launcher.communicate()[0])
        return running

    yield one
    for running in started:
        if running.launcher.poll() is None:
            running.stop()
        running.launcher.communicate()


@pytest.fixture(scope="module")
def installation(start: Callable[[], Installation]) -> Iterator[Installation]:
    """A running installation of this module, asked to stop at its end."""
    running = start()
    wait_until(lambda: len(running.workers()) == 2, "both job workers")
    yield running
    ends_when_asked(running, signal.SIGTERM)


def ends_when_asked(running: Installation, request: signal.Signals) -> None:
    """Every process of it ends, the database as the last one, and the launcher exits with zero."""
    (server,) = _database_processes(running, "server")
    assert running.stop(request) == 0
    assert running.processes() == {}
    assert not Path(f"/proc/{server}").exists()


def _database_processes(installation: Installation, pattern: str) -> list[int]:
    """PostgreSQL rewrites its command line and clears its environment: found by its data folder and parent."""
    pid = int((installation.var / "postgres" / "postmaster.pid").read_text().split()[0])
    if pattern == "server":
        return [pid]
    return [one for one in children_of(pid) if "ansinh" in command_of(one) and "[local]" in command_of(one)]


@pytest.mark.parametrize("victim", ["web worker", "web server", "job worker"])
def test_a_killed_program_is_started_again(installation: Installation, victim: str) -> None:
    if victim == "job worker":
        before, _ = installation.workers()
    elif victim == "web server":
        before = installation.pids("granian")[0]
    else:
        before = installation.pids("granian|multiprocessing")[-1]
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: before not in installation.processes(), "the victim is gone")
    wait_until(lambda: len(installation.workers()) == 2, "both job workers")
    wait_until(lambda: len(installation.pids("granian|multiprocessing")) >= 3 and installation.answers(), "the pages")


@pytest.mark.parametrize("victim", ["server", "session"])
def test_a_killed_database_comes_back(installation: Installation, victim: str) -> None:
    wait_until(lambda: bool(_database_processes(installation, "session")), "somebody is connected")
    for pid in _database_processes(installation, victim)[:1]:
        os.kill(pid, signal.SIGKILL)
    wait_until(
        lambda: (
            (installation.var / "postgres" / "postmaster.pid").exists()
            and bool(_database_processes(installation, "session"))
        ),
        "the job worker is connected again",
    )
    wait_until(installation.answers, "the pages")


def test_a_second_start_says_that_one_runs_already(installation: Installation) -> None:
    second = begin(installation.var, _free_port())
    told, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "An Sinh đang chạy từ thư mục này" in told
    assert str(installation.launcher.pid) in told
    assert "Traceback" not in told


def test_a_taken_port_is_said(installation: Installation, tmp_path: Path) -> None:
    other = begin(tmp_path, installation.port)
    told, _ = other.communicate(timeout=60)
    assert other.returncode == 1
    assert f"Cổng {installation.port}" in told
    assert "Traceback" not in told


def test_a_data_folder_of_another_major_version_is_refused(new_folder: Callable[[], Path]) -> None:
    var = new_folder()
    (var / "postgres").mkdir()
    (var / "postgres" / "PG_VERSION").write_text("12\n")
    start = begin(var, _free_port())
    told, _ = start.communicate(timeout=60)
    assert start.returncode == 1
    assert "PostgreSQL 12" in told
    assert "Traceback" not in told
    assert (var / "postgres" / "PG_VERSION").read_text() == "12\n"


def test_ctrl_c_ends_every_process_and_exits_with_zero(start: Callable[[], Installation]) -> None:
    ends_when_asked(start(), signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_stop_asked_where_python_ignores_exceptions_is_obeyed() -> None:
    class Deaf:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)

    before = {request: signal.getsignal(request) for request in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    supervisor = Supervisor()
    try:
        listen_for_stop(supervisor)
        Deaf()
        with pytest.raises(StopAsked):
            supervisor.watch()
    finally:
        for request, handler in before.items():
            signal.signal(request, handler)


def test_a_stop_asked_while_a_program_starts_ends_that_program_too() -> None:
    class Slow:
        name, ended = "slow", False

        def start(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            self.started = True

        def alive(self) -> bool:
            return self.started

        def ask_to_stop(self) -> None:
            self.ended = self.started

        def wait_until_stopped(self) -> None:
            assert self.ended

    before = {request: signal.getsignal(request) for request in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    supervisor, slow = Supervisor(), Slow()
    try:
        listen_for_stop(supervisor)
        with pytest.raises(StopAsked):
            supervisor.start(slow)
        supervisor.stop()
    finally:
        for request, handler in before.items():
            signal.signal(request, handler)
    assert slow.started and slow.ended


def test_a_killed_launcher_takes_everything_with_it(start: Callable[[], Installation]) -> None:
    running = start()
    (server,) = _database_processes(running, "server")
    assert running.stop(signal.SIGKILL) == -signal.SIGKILL
    wait_until(lambda: running.processes() == {} and not Path(f"/proc/{server}").exists(), "everything is gone")
