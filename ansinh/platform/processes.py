"""Processes that must not outlive the one that started them."""

import ctypes
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def die_with_parent(request: signal.Signals) -> Callable[[], None] | None:
    """A hook for subprocess: the kernel sends `request` to the child when its parent dies (Linux only)."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        library.prctl(_PR_SET_PDEATHSIG, request, 0, 0, 0)

    return ask
