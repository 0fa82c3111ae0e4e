"""A PKCS#11 library in this process, called by one thread at a time.

python-pkcs11 starts a library without the locks of threads (C_Initialize without arguments), so that one which is
entered by two threads at once crashes. Hence every call is made in a turn: there is one for the whole process, taken
also before a fork, so that no child begins with a library in the middle of a call. A library is stopped only in a
turn too: nobody can be signing then. After a fork the child starts the library for itself, as PKCS#11 asks.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pkcs11

_turn = threading.RLock()


@dataclass(frozen=True)
class Start:
    """One start of a library. Sessions of another start are dead, and their numbers are given out again."""

    process: int
    number: int


_started: dict[str, tuple[Any, Start]] = {}
"""Module → its library, and since when it runs."""


@contextmanager
def turn() -> Iterator[None]:
    """Nobody else in this process calls a library meanwhile."""
    with _turn:
        yield


def running(module: str) -> Any:
    """The library, started in this process. Call it in a turn. Raises pkcs11.PKCS11Error."""
    return _started[module][0] if start_of(module) else started_anew(module)


def started_anew(module: str) -> Any:
    """The library after a stop, which ends all its sessions. Call it in a turn. Raises pkcs11.PKCS11Error."""
    if module in _started:
        library, before = _started[module]
        with suppress(pkcs11.PKCS11Error):  # not running (any more), or started by the parent of this process
            library.finalize()
        library.initialize()
        number = before.number + 1
    else:
        library, number = pkcs11.lib(module), 1
    _started[module] = library, Start(os.getpid(), number)
    return library


def start_of(module: str) -> Start | None:
    """Since when the library runs in this process; None when it does not."""
    library, start = _started.get(module, (None, None))
    return start if library and start and library.initialized and start.process == os.getpid() else None


def _free_in_child() -> None:
    global _turn
    _turn = threading.RLock()


os.register_at_fork(
    before=lambda: _turn.acquire(), after_in_parent=lambda: _turn.release(), after_in_child=_free_in_child
)
