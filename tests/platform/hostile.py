"""What a file could make its reader do, once it has taken it over; done in children by test_apart.py."""

from __future__ import annotations

import os
import resource
import signal
import sys
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


def answers_without_end(content: bytes) -> None:
    """As much as somebody takes, after the length of an answer of four gigabytes."""
    os.write(3, b"\xff\xff\xff\xff")
    while True:
        os.write(3, b"[" * 65_536)


def answers_deep(content: bytes) -> None:
    """Brackets in brackets, which no reader of JSON follows to the end."""
    body = b"[" * 1_000_000
    os.write(3, len(body).to_bytes(4, "big"))
    while body:
        body = body[os.write(3, body) :]
    os._exit(0)


def answers_as_much_as(content: bytes) -> str:
    """A text of as many octets as the content says; two of them are its quotation marks."""
    return "x" * (int(content) - 2)


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
        "folder": str(Path.cwd()),
        "in_folder": sorted(one.name for one in Path.cwd().iterdir()),
        "writes_to_folder": os.access(".", os.W_OK) and os.getuid() != 0,
        "isolated": sys.flags.isolated,
        "paths": sys.path,
        "modules": [name for name in ("django", "ansinh.signing.keystore", "config") if name in _modules()],
    }


def _modules() -> Any:
    return sys.modules
