"""A whole An Sinh of its own for a test: `ansinh start` as a person runs it, in a folder that is thrown away."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "ansinh.cli", "start"]
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
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and f"ANSINH_VAR={self.var}\0" in _read(folder / "environ") + "\0":
                command = _read(folder / "cmdline").replace("\0", " ")
                if command:
                    found[int(folder.name)] = command
        return found

    def pids(self, pattern: str) -> list[int]:
        """Processes whose command line matches."""
        return sorted(pid for pid, command in self.processes().items() if re.search(pattern, command))

    def stop(self, request: signal.Signals = signal.SIGTERM) -> int:
        """Ask the launcher to stop; returns its exit status."""
        self.launcher.send_signal(request)
        return self.launcher.wait(timeout=_PATIENCE)


def prepare(var: Path) -> None:
    """`ansinh start --prepare` on `var`; copies of the folder start quickly."""
    preparing = begin(var, 0, "--prepare")
    told, _ = preparing.communicate(timeout=_PATIENCE)
    assert preparing.returncode == 0, told


def copy(prepared: Path, var: Path) -> None:
    """The same folder elsewhere, with the owners of its files."""
    subprocess.run(["cp", "-a", f"{prepared}/.", str(var)], check=True)


def begin(var: Path, port: int, *options: str) -> subprocess.Popen[str]:
    """Run `ansinh start` on `var`, with a private database."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [*COMMAND, "--port", str(port), *options],
        env=environment | {"ANSINH_VAR": str(var)},
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


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""
