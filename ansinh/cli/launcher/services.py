"""Programs that run while An Sinh runs, each in a session of its own and ending with the launcher."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ansinh.platform.processes import die_with_parent

_STOP_SECONDS = 15


class Service(Protocol):
    """What the supervisor keeps alive."""

    @property
    def name(self) -> str:
        """For messages."""

    def start(self) -> None:
        """Start it (again)."""

    def alive(self) -> bool:
        """Whether it still runs."""

    def ask_to_stop(self) -> None:
        """Begin to stop it."""

    def wait_until_stopped(self) -> None:
        """Return when nothing of it runs any more."""


@dataclass
class Program:
    """A Python module run as a process, with everything it starts itself."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    folder: Path
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; what a dead predecessor left behind is removed first."""
        self._end_session(signal.SIGKILL)
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                env={**os.environ, **self.environment},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def alive(self) -> bool:
        """Whether its first process runs."""
        return self._process is not None and self._process.poll() is None

    def ask_to_stop(self) -> None:
        """SIGTERM to its first process, which ends its own children."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_until_stopped(self) -> None:
        """Wait, and end by force what does not listen."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=_STOP_SECONDS)
        self._end_session(signal.SIGKILL)
        self._process.wait()

    def _end_session(self, request: signal.Signals) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, request)
        except ProcessLookupError:
            return
        time.sleep(0.05)
