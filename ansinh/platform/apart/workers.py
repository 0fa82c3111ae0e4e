"""Ask for work on a stranger's file; the template behind it is started at the first question and kept."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from ansinh.platform.apart.template import HEAD, WALL_SECONDS

_PROJECT: Final = Path(__file__).resolve().parents[3]


class ChildFailed(Exception):
    """The child did not answer: it died of the file, ran out of time or memory, or could not be started."""


class Workers:
    """Functions that are done in children: name → "module:function". One serves all threads of a process.

    A function takes the octets and plain keyword arguments, and gives what JSON can carry. Its module must be one that
    may see no secret: the template has an empty environment and imports nothing but these modules.
    """

    def __init__(self, works: Mapping[str, str]) -> None:
        self._works = dict(works)
        self._lock = threading.Lock()
        self._template: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0
        atexit.register(self.close)

    def ask(self, work: str, content: bytes | BinaryIO, **asked: int) -> Any:
        """What the function gave about the octets, or about a real file from where it stands to its end.

        Raises ChildFailed after 10 s of processor, 20 s in all, or beyond 512 MiB.
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
                    answer = answers.read()
            except OSError as died:
                raise ChildFailed(work) from died
        if len(answer) < HEAD or len(answer) - HEAD != int.from_bytes(answer[:HEAD], "big"):
            raise ChildFailed(work)
        return json.loads(answer[HEAD:])

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
        with theirs:
            self._template = subprocess.Popen(
                [sys.executable, "-B", "-m", "ansinh.platform.apart.template", *places],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={}, cwd=_PROJECT,
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
        self._template = self._control = None
