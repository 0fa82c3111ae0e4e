"""The real counter-party in a process of its own, for tests that send."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).resolve().parents[2]
REFUSED, BUSY, UNDELIVERED, SILENT = "84912000001", "84912000002", "84912000003", "84912000004"
_direct = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Outside:
    """Where the counter-party listens."""

    smtp: int
    sms: int
    smpp: int
    page: int
    timestamps: int
    signing: int
    identity: int
    process: subprocess.Popen[str]

    @property
    def options(self) -> dict[str, Any]:
        """`settings.MESSAGES` that send to it."""
        return {"smtp_port": self.smtp, "sms_url": f"http://127.0.0.1:{self.sms}", "smpp_port": self.smpp}

    def url(self, path: str) -> str:
        """An address of its page."""
        return f"http://127.0.0.1:{self.page}{path}"

    def read(self, path: str) -> str:
        """What stands at an address of its page."""
        with _direct.open(self.url(path), timeout=10) as answer:
            text: str = answer.read().decode()
        return text

    def arrived(self, recipient: str) -> list[dict[str, Any]]:
        """What reached a number or address, newest first."""
        found: list[dict[str, Any]] = json.loads(self.read(f"/messages.json?so={quote(recipient)}"))
        return found


@contextmanager
def counterparty(store: Path, *extra: str) -> Iterator[Outside]:
    """Run it until the block ends."""
    command = [sys.executable, "-m", "ansinh.counterparty", "--store", str(store), "--secrets", str(store / "secrets")]
    for name in ("smtp", "sms", "smpp", "page", "timestamps", "signing", "identity"):
        command += [f"--{name}-port", "0"]
    for number, mood in ((REFUSED, "refuse"), (BUSY, "busy"), (UNDELIVERED, "undelivered"), (SILENT, "silent")):
        command += ["--mood", f"{number}={mood}"]
    command += ["--mood", "khong-co@thu.example=refuse", "--mood", "ban@thu.example=busy", "--delay", "0.1", *extra]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("ready "), line
        try:
            yield Outside(**json.loads(line.removeprefix("ready ")), process=process)
        finally:
            process.terminate()
            process.wait(10)


def until(seconds: float = 5.0) -> Iterator[None]:
    """`for _ in until(): if done: break` tries for a while; running out of time is a failure."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.02)
    raise AssertionError("did not happen in time")
