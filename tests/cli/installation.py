"""A whole An Sinh of its own for a test: `ansinh start` as a person runs it, in a folder that is thrown away."""

import fcntl
import hashlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ansinh.platform.postgres.binaries import find
from ansinh.platform.zone import local_day

CHECKOUT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "ansinh.cli", "start"]
_MADE_FROM = "made-from"
_PATIENCE = 180.0
"""Seconds; far more than needed, because other work may press the machine."""


@dataclass
class Installation:
    """A running `ansinh start`; every process of it carries its folder in the environment."""

    var: Path
    port: int
    launcher: subprocess.Popen[str]

    def answers(self) -> bool:
        """Whether the pages answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def processes(self) -> dict[int, str]:
        """Every living process of this installation: number and command line."""
        folders = [folder for folder in Path("/proc").iterdir() if folder.name.isdigit()]
        own = [one for one in folders if f"ANSINH_VAR={self.var}\0" in _read(one / "environ") + "\0"]
        commands = {int(folder.name): command_of(int(folder.name)) for folder in own}
        return {pid: command for pid, command in commands.items() if command}

    def pids(self, pattern: str) -> list[int]:
        """Processes whose command line matches."""
        return sorted(pid for pid, command in self.processes().items() if re.search(pattern, command))

    def workers(self) -> list[int]:
        """The workers the launcher keeps; not what they are just forking, which looks like them for a moment."""
        return [pid for pid in self.pids("ansinh.jobs.worker") if parent_of(pid) == self.launcher.pid]

    def stop(self, request: signal.Signals = signal.SIGTERM) -> int:
        """Ask the launcher to stop; returns its exit status."""
        self.launcher.send_signal(request)
        return self.launcher.wait(timeout=_PATIENCE)


def copy_prepared(var: Path) -> None:
    """Make `var` a folder on which `ansinh start --prepare` has run, by copying the one of this checkout.

    That one is made anew when anything changed that makes it, and each day, for its days are counted from today. The
    world is the demonstration's without its examples, which would keep a worker busy for minutes; `tests/kills` starts
    from nothing, with them.
    """
    prepared = Path(tempfile.gettempdir()) / f"ansinh-prepared-{os.getuid()}-{_digest_of(str(CHECKOUT))}"
    with prepared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_made_from(prepared, made_from := _what_makes_it()):
            _prepare(prepared)
            (prepared / _MADE_FROM).write_text(made_from)
        subprocess.run(["cp", "-a", f"{prepared}/.", str(var)], check=True)  # with the owners of its files


def _is_made_from(prepared: Path, wanted: str) -> bool:
    noted = prepared / _MADE_FROM
    return noted.exists() and noted.stat().st_uid == os.getuid() and noted.read_text() == wanted


def _prepare(var: Path) -> None:
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(mode=0o755)  # the database's own user enters it when root runs the tests
    preparing = begin(var, 0, "--prepare", ANSINH_DEMO_EXAMPLES="0")
    told, _ = preparing.communicate(timeout=_PATIENCE)
    assert preparing.returncode == 0, told


def _what_makes_it() -> str:
    found = hashlib.sha256(f"{local_day(datetime.now(UTC))} {sys.version} {find().version}".encode())
    for folder in ("ansinh", "config", "procedures"):
        for path in sorted((CHECKOUT / folder).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(f"{path}\0".encode() + path.read_bytes())
    return found.hexdigest()


def _digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def begin(var: Path, port: int, *options: str, **more: str) -> subprocess.Popen[str]:
    """Run `ansinh start` on `var`, with a private database."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # `./test &`: what it starts would never hear a Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [*COMMAND, "--port", str(port), "--workers", "1", *options],
        env=environment | {"ANSINH_VAR": str(var)} | more,
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Wait for it, with patience."""
    limit = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > limit:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(0.05)


def parent_of(pid: int) -> int:
    """The process that started this one; 0 when it has just ended."""
    state = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return int(state[1]) if state else 0


def children_of(pid: int) -> list[int]:
    """The processes that this one started and that live."""
    everybody = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    return [one for one in everybody if parent_of(one) == pid]


def command_of(pid: int) -> str:
    """The command line of a process; empty when it has just ended."""
    return _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""
