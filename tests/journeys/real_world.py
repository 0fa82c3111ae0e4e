"""A real installation for a browser: `ansinh start` in a folder of its own, with its telephones and mailboxes."""

from __future__ import annotations

import os
import re
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from tests.cli.installation import Installation, begin, copy_prepared

_LOOKS, _BETWEEN_LOOKS = 600, 200
"""So often somebody looks at a telephone, and so many milliseconds apart."""
_MAILBOX = re.compile(r"SMS and e-mail that were sent:\s+(\S+)")


@dataclass(frozen=True)
class RealWorld:
    """A running installation: `site` is its address, `mailbox` the page of everything it sent."""

    installation: Installation
    site: str
    mailbox: str

    def kill_job_worker(self) -> None:
        """End the job worker as a failing machine would: nobody asked, nothing is finished."""
        (worker,) = self.installation.workers()
        os.kill(worker, signal.SIGKILL)


@dataclass(frozen=True)
class Telephone:
    """The screen of somebody's telephone: a page that shows what was sent to its number, newest first."""

    page: Page
    mailbox: str
    number: str
    used: set[str] = field(default_factory=set)
    """Codes that arrived before or were typed already: the newest text is not always the awaited one."""

    def read(self) -> list[str]:
        """Every text that arrived so far, newest first."""
        self.page.goto(f"{self.mailbox}?so={self.number}")
        return self.page.locator("p.text").all_inner_texts()

    def wait_for(self, words: str) -> str:
        """The newest text with these words, once it has arrived."""
        for _ in range(_LOOKS):
            found = [text for text in self.read() if words in text]
            if found:
                return found[0]
            self.page.wait_for_timeout(_BETWEEN_LOOKS)
        raise AssertionError(f"waited in vain for an SMS with “{words}”")

    def code(self, purpose: str) -> str:
        """The six digits of a code for this purpose that was not used yet, once it has arrived."""
        for _ in range(_LOOKS):
            fresh = [code for code in self._codes(purpose) if code not in self.used]
            if fresh:
                self.used.add(fresh[0])
                return fresh[0]
            self.page.wait_for_timeout(_BETWEEN_LOOKS)
        raise AssertionError(f"waited in vain for a code with “{purpose}”")

    def clear(self) -> None:
        """Whatever code lies there by now was somebody else's."""
        self.used.update(self._codes(""))

    def _codes(self, purpose: str) -> list[str]:
        found = (re.search(r": (\d{6}) la ma", text) for text in self.read() if purpose in text)
        return [one[1] for one in found if one]


@contextmanager
def real_world() -> Iterator[RealWorld]:
    """Start everything, answer where it listens, stop everything."""
    with tempfile.TemporaryDirectory(prefix="ansinh-journey-") as folder:
        var = Path(folder)
        var.chmod(0o755)  # the database's own user enters it when root runs the tests
        copy_prepared(var)
        port = _free_port()
        running = Installation(var, port, begin(var, port))
        try:
            yield RealWorld(running, f"http://localhost:{port}", _announced(running))
        finally:
            if running.launcher.poll() is None:
                running.stop()
            running.launcher.communicate()


def _announced(running: Installation) -> str:
    """Where messages are read, as the launcher says when everything answers."""
    assert running.launcher.stdout is not None
    said = []
    for line in running.launcher.stdout:
        said.append(line)
        if found := _MAILBOX.search(line):
            return found[1]
    raise AssertionError("it did not start: " + "".join(said))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
