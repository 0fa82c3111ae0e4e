"""What a file could make its reader do, once it has taken it over; done in children by test_apart.py."""

from __future__ import annotations

import os
import resource
import signal
import time
from pathlib import Path
from typing import Any

_seen: list[int] = []


def remembers(content: bytes) -> list[int]:
    """Leave something behind for the next file; the sizes of all files seen here."""
    _seen.append(len(content))
    return _seen


def dies(content: bytes) -> None:
    """End the process."""
    os.kill(os.getpid(), signal.SIGSEGV)


def ends_its_parent(content: bytes) -> None:
    """End the process all children come from."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(5)


def eats_memory(content: bytes) -> int:
    """A gigabyte."""
    return len(bytearray(1 << 30))


def answers_half(content: bytes) -> None:
    """A part of an answer, then nothing."""
    os.write(3, b"\0\0\0\xff{")
    os._exit(0)


def surroundings(content: bytes) -> dict[str, Any]:
    """What it finds around itself."""
    try:
        Path("/tmp/ansinh-hostile").write_bytes(content)
        written = True
    except OSError:
        written = False
    Path("/tmp/ansinh-hostile").unlink(missing_ok=True)
    return {
        "environment": sorted(set(os.environ) - {"LC_CTYPE"}),
        "descriptors": sorted(one.name for one in Path("/proc/self/fd").iterdir()),
        "processor": resource.getrlimit(resource.RLIMIT_CPU),
        "memory": resource.getrlimit(resource.RLIMIT_AS),
        "written": written,
        "modules": [name for name in ("django", "ansinh.signing.keystore", "config") if name in _modules()],
    }


def _modules() -> Any:
    import sys

    return sys.modules
