"""Ask for work on a stranger's file; the template behind it is started at the first question and kept."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from ansinh.platform.apart.template import HEAD, WALL_SECONDS

MOST_ANSWER: Final = 24 * 1024 * 1024
"""Octets of an answer. The largest right ones, a drawn page in base64 and the cells of a sheet, are below 16 MiB."""
_PROJECT: Final = Path(__file__).resolve().parents[3]
# Python in isolation finds neither the folder it stands in nor anything by the environment: the house is put behind the
# standard library, which nothing of it can then shadow, and before packages, so that this checkout is the one imported.
_START: Final = (
    "import sys; "
    "at = next((at for at, path in enumerate(sys.path) if path.endswith('-packages')), len(sys.path)); "
    "sys.path.insert(at, sys.argv.pop(1)); "
    "from ansinh.platform.apart.template import main; "
    "sys.exit(main())"
)


class ChildFailed(Exception):
    """The child gave no answer that can be used: it died of the file, ran out of time or memory, said too much, or
    could not be started."""


class Workers:
    """Functions that are done in children: name → "module:function". One serves all threads of a process.

    A function takes the octets and plain keyword arguments, and gives what JSON can carry. Its module must be one that
    may see no secret: the template has an empty environment, stands in an empty folder of its own that nobody writes
    to, and imports nothing but these modules.
    """

    def __init__(self, works: Mapping[str, str]) -> None:
        self._works = dict(works)
        self._lock = threading.Lock()
        self._template: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._folder = ""
        self._owner = 0
        atexit.register(self.close)

    def ask(self, work: str, content: bytes | BinaryIO, **asked: int) -> Any:
        """What the function gave about the octets, or about a real file from where it stands to its end.

        Raises ChildFailed after 10 s of processor, 20 s in all, beyond 512 MiB, or for an answer beyond 24 MiB.
        """
        head = json.dumps([work, asked]).encode()
        with self._child() as channel:
            channel.settimeout(WALL_SECONDS + 1)  # the template ends the child before
            try:
                channel.sendall(len(head).to_bytes(HEAD, "big") + head)
                if isinstance(content, bytes):
                    channel.sendall(content)
                else:
                    channel.sendfile(content)
                channel.shutdown(socket.SHUT_WR)
                with channel.makefile("rb") as answers:
                    return _read(answers)
            except (OSError, ValueError, RecursionError) as failed:
                raise ChildFailed(work) from failed

    def close(self) -> None:
        """End the template with its children; the next question starts another one."""
        with self._lock:
            self._end()

    def _child(self) -> socket.socket:
        """The way to a fresh child; a template that has died is replaced once."""
        with self._lock:
            for _ in range(2):
                ours, theirs = socket.socketpair()
                try:
                    socket.send_fds(self._running(), [b"."], [theirs.fileno()])
                    return ours
                except OSError:
                    ours.close()
                    self._end()
                finally:
                    theirs.close()
        raise ChildFailed("no template")

    def _running(self) -> socket.socket:
        """The template's socket; a process forked from us starts its own."""
        if self._control is not None and self._owner == os.getpid():
            return self._control
        self._control, theirs = socket.socketpair()
        places = [f"{name}={place}" for name, place in self._works.items()]
        self._folder = tempfile.mkdtemp(prefix="ansinh-apart-")
        Path(self._folder).chmod(0o500)
        with theirs:
            self._template = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", _START, str(_PROJECT), *places],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={}, cwd=self._folder,
                start_new_session=True,
            )  # fmt: skip
        self._owner = os.getpid()
        return self._control

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._template is not None and self._owner == os.getpid():
            with suppress(subprocess.TimeoutExpired):
                self._template.wait(2)
            self._template.kill()
            self._template.wait()
            shutil.rmtree(self._folder, ignore_errors=True)
        self._template = self._control = None


def _read(answers: BinaryIO) -> Any:
    """The one answer there is, never more of it than an answer may have. Raises ValueError for anything else."""
    length = int.from_bytes(_whole(answers, HEAD), "big")
    if length > MOST_ANSWER:
        raise ValueError("an answer that is too large")
    answer = _whole(answers, length)
    if answers.read(1):
        raise ValueError("more than one answer")
    return json.loads(answer)


def _whole(answers: BinaryIO, length: int) -> bytes:
    octets = answers.read(length)
    if len(octets) < length:
        raise ValueError("half an answer")
    return octets
