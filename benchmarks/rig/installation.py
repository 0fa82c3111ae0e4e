"""An installation of its own for a measurement: `ansinh start` with an own `var`, an own durable PostgreSQL."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ansinh.cli.launcher.checks import free_port
from ansinh.platform.database_url import OWNER_FILE

CHECKOUT = Path(__file__).resolve().parents[2]
_START_SECONDS = 300


@dataclass(frozen=True)
class Installation:
    """A running installation; `launcher` is the process that keeps the others alive."""

    var: Path
    port: int
    launcher: int
    database_url: str

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://localhost:{self.port}"

    def processes(self, name: str) -> list[int]:
        """Process ids of the service `name` (web, worker, counterparty), parents first."""
        return [pid for pid in descendants(self.launcher) if _service_of(pid) == f"ansinh-{name}"]

    def web_workers(self) -> list[int]:
        """The processes that answer requests (the first one only watches them)."""
        return self.processes("web")[1:]


@contextmanager
def running(name: str, *, reset: bool = True, workers: int = 2, prepared: Path | None = None) -> Iterator[Installation]:
    """Start everything as `./start` does (two web workers with four threads each, fsync on) and stop it at the end.

    It lies in var/bench, or in a folder where everything was `prepared` before. `workers` do what is deferred; a series
    that only asks for pages has none, which would hold locks or take time.
    """
    var = prepared or CHECKOUT / "var" / "bench" / name
    var.mkdir(parents=True, exist_ok=True)
    port = free_port(8900)
    environment = {**os.environ, "ANSINH_VAR": str(var), "ANSINH_DEMO": "1", "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    log = var / "log" / "start.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as output:
        launcher = subprocess.Popen(
            [sys.executable, "-m", "ansinh.cli", "start", "--port", str(port), "--workers", str(workers),
             *(["--reset"] if reset else [])],
            cwd=CHECKOUT, env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        _wait(launcher, log)
        url = (var / OWNER_FILE).read_text(encoding="utf-8").strip()  # this process makes and counts what it likes
        os.environ.update(
            {"ANSINH_VAR": str(var), "ANSINH_DEMO": "1", "DATABASE_URL": url, "ANSINH_DATABASE_AS": "owner"}
        )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        yield Installation(var, port, launcher.pid, url)
    finally:
        launcher.send_signal(signal.SIGTERM)
        try:
            launcher.wait(timeout=60)
        except subprocess.TimeoutExpired:
            launcher.kill()


@contextmanager
def held_still(pids: list[int]) -> Iterator[None]:
    """These processes do nothing meanwhile."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def cpu_seconds(installation: Installation) -> float:
    """Processor time so far of the installation, this process and what it ran: comparable on a busy machine."""
    ticks = sum(_ticks(pid) for pid in [installation.launcher, *descendants(installation.launcher)])
    own = resource.getrusage(resource.RUSAGE_SELF)
    return ticks / os.sysconf("SC_CLK_TCK") + own.ru_utime + own.ru_stime + _pgbench_seconds()


def _pgbench_seconds() -> float:
    # The launcher is a child too, but is waited for only at the end: until then this is pgbench alone.
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _ticks(pid: int) -> int:
    try:
        fields = (Path("/proc") / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(field) for field in fields[11:15])  # own and reaped children's, user and system


def descendants(root: int) -> list[int]:
    """Every process below `root`, parents before children."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, wanted = [], [root]
    while wanted:
        below = sorted(children.get(wanted.pop(0), []))
        found += below
        wanted += below
    return found


def _service_of(pid: int) -> str:
    try:
        variables = (Path("/proc") / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return ""
    return next((one[15:].decode() for one in variables if one.startswith(b"ANSINH_PROCESS=")), "")


def _wait(launcher: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + _START_SECONDS
    while "is running (" not in (told := log.read_text(encoding="utf-8", errors="replace")):
        if launcher.poll() is not None or time.monotonic() > limit:
            raise SystemExit(f"the installation did not start:\n{told}")
        time.sleep(0.1)
