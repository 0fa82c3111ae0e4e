"""Counts every attempt to reach out: sockets and names asked by this process, and whatever reaches the listener.

The audit hook sees Python's own attempts before they happen. The listener stands at an address the mutants lure with,
so that a connection made past Python (by a C library, or by a child process) is seen as well.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

_EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"}
_watching: list[Guard] = []


class Guard:
    """What was tried since the guard stood."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.attempts: list[str] = []


@contextmanager
def guard() -> Iterator[Guard]:
    """Watch the block. `address` of the guard is an http address on loopback that nobody has a reason to ask."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        watched = Guard(f"http://127.0.0.1:{server.getsockname()[1]}/")
        thread = Thread(target=_listen, args=(server, watched), daemon=True)
        thread.start()
        _watching.append(watched)
        try:
            yield watched
        finally:
            _watching.remove(watched)
            server.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)


def _listen(server: socket.socket, watched: Guard) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            watched.attempts.append("reached the listener")


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching or event not in _EVENTS:
        return
    if event == "socket.connect" and isinstance(arguments[1], str | bytes):
        return  # the database's own socket on this machine
    for watched in _watching:
        watched.attempts.append(f"{event} {arguments[1:]!r}")


sys.addaudithook(_hook)
