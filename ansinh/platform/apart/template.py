"""The process that children are forked from: it has imported what they need, and never sees a file itself.

Started by `workers` with `NAME=MODULE:FUNCTION …`, standard input being the socket on which each request comes as one
descriptor. A child reads its request from there, answers, and is gone. Children differ in nothing from the template at
its start, so that no file can leave anything for the next one.
"""

import gc
import importlib
import json
import logging
import os
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

from ansinh.platform.processes import die_with_parent

CPU_SECONDS: Final = 10
MEMORY: Final = 512 * 1024 * 1024
WALL_SECONDS: Final = 20.0
OPEN_FILES: Final = 64
HEAD: Final = 4
"""Octets of the length in front of a request's head and of an answer, most significant first."""

Work = Callable[..., Any]


def main() -> int:
    """Fork a child for every descriptor that comes, until the socket is closed."""
    control = socket.socket(fileno=0)
    works = {name: _function(place) for name, _, place in (one.partition("=") for one in sys.argv[1:])}
    logging.disable(logging.CRITICAL)
    gc.collect()
    gc.freeze()  # a child's collector leaves the shared pages alone
    children: dict[int, float] = {}
    while True:
        if select.select([control], [], [], 0.2 if children else None)[0]:
            _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not descriptors:
                break
            children[_forked(descriptors[0], control, works)] = time.monotonic() + WALL_SECONDS
        _reap(children)
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    return 0


def _function(place: str) -> Work:
    module, _, name = place.partition(":")
    found: Work = getattr(importlib.import_module(module), name)
    return found


def _forked(descriptor: int, control: socket.socket, works: Mapping[str, Work]) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    status = 1
    try:
        control.close()
        limit_process()
        _answer(socket.socket(fileno=descriptor), works)
        status = 0
    finally:
        _leave(status)


def _leave(status: int) -> NoReturn:
    """Without the template's own clean-up."""
    os._exit(status)


def limit_process() -> None:
    """No more than a share of processor and memory, no file written, no core; the child dies with the template."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    if (ask := die_with_parent(signal.SIGKILL)) is not None:
        ask()


def _answer(channel: socket.socket, works: Mapping[str, Work]) -> None:
    with channel.makefile("rb") as request:
        length = int.from_bytes(request.read(HEAD), "big")
        work, asked = json.loads(request.read(length))
        content = request.read()
    body = json.dumps(works[work](content, **asked), ensure_ascii=False).encode()
    channel.sendall(len(body).to_bytes(HEAD, "big") + body)


def _reap(children: dict[int, float]) -> None:
    """Forget children that ended, end those whose time is over."""
    for pid, until in list(children.items()):
        if os.waitpid(pid, os.WNOHANG)[0]:
            del children[pid]
        elif time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
