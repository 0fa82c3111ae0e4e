"""Ends processes of an installation at random, as power, memory and operators do."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from random import Random

import psycopg

from benchmarks.rig.installation import Installation

BETWEEN = (0.3, 1.2)
REST = {"web worker": 4.0, "job worker": 11.0, "database backend": 1.0}
"""Seconds until the same kind is hit again: what dies eight times running at once is given up on, rightly."""


class Killer(threading.Thread):
    """Kills so many processes, then ends; `times` are the moments (monotonic)."""

    def __init__(self, installation: Installation, *, kills: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.installation = installation
        self.kills = kills
        self.random = Random(seed)
        self.by_kind: Counter[str] = Counter()
        self.times: list[float] = []
        self._rested = dict.fromkeys(REST, 0.0)

    def run(self) -> None:
        """Until all kills are done."""
        while len(self.times) < self.kills:
            time.sleep(self.random.uniform(*BETWEEN))
            ready = [kind for kind, until in self._rested.items() if until <= time.monotonic()]
            if not ready:
                continue
            kind = self.random.choice(ready)
            victims = self._victims(kind)
            if victims:
                self._kill(kind, self.random.choice(victims))

    def _kill(self, kind: str, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.by_kind[kind] += 1
            self.times.append(time.monotonic())
            self._rested[kind] = self.times[-1] + REST[kind]

    def _victims(self, kind: str) -> list[int]:
        if kind == "web worker":
            return self.installation.web_workers()
        if kind == "job worker":
            return self.installation.processes("worker")[:1]
        try:
            with psycopg.connect(self.installation.database_url, connect_timeout=2) as connection:
                rows = connection.execute(
                    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                ).fetchall()
        except psycopg.OperationalError:
            return []
        return [pid for (pid,) in rows]
