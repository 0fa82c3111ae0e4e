"""One copy of the log in a folder: files that only grow, flushed to the disk.

`events/<first index>.jsonl` holds 4,096 canonical lines each; `checkpoints.jsonl` a signed note a line;
`stamps.jsonl` RFC 3161 tokens; `keys/` the public keys. A line that a crash left half written is completed.
"""

from __future__ import annotations

import fcntl
import json
import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from ansinh.proof import notes

LINES_A_FILE: Final = 4096
_TAIL: Final = 64 * 1024


@dataclass(frozen=True)
class LastSeen:
    """The last checkpoint a copy holds."""

    size: int
    note: str


class Differs(OSError):
    """What a copy holds beyond its last checkpoint is not what is to be written there."""


class Copy:
    """A folder with a copy of the log. Every method may raise OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def last_seen(self) -> LastSeen | None:
        """The last whole checkpoint here; None in a new copy."""
        lines = _whole_lines_at_end(self.folder / "checkpoints.jsonl")
        if not lines:
            return None
        try:
            note = json.loads(lines[-1])["note"]
            return LastSeen(notes.read(note).size, note)
        except (ValueError, KeyError, TypeError) as broken:
            raise Differs("the last checkpoint cannot be read") from broken

    def last_stamped(self) -> int:
        """The size of the newest time-stamped checkpoint here; 0 without one."""
        lines = _whole_lines_at_end(self.folder / "stamps.jsonl")
        return int(json.loads(lines[-1])["size"]) if lines else 0

    def append_lines(self, lines: Iterable[str], *, start: int) -> None:
        """Write the lines of the log from index `start`; what is there of them already must be the same."""
        (self.folder / "events").mkdir(parents=True, exist_ok=True)
        rest = iter(lines)
        index = start
        while chunk := list(islice(rest, LINES_A_FILE - index % LINES_A_FILE)):
            first = index - index % LINES_A_FILE
            with self._open(f"events/{first:012d}.jsonl") as file:
                _append(file, chunk, skip=index - first)
            index += len(chunk)

    def append_notes(self, signed: Iterable[str]) -> None:
        """Write checkpoints."""
        self._append_json("checkpoints.jsonl", ({"note": note} for note in signed))

    def append_stamps(self, stamps: Iterable[tuple[int, bytes]]) -> None:
        """Write time-stamp tokens (DER) of checkpoints of these sizes."""
        self._append_json(
            "stamps.jsonl", ({"size": size, "token": b64encode(token).decode()} for size, token in stamps)
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody who asks (the verifier does) reads a half-written copy meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def keep_key(self, key_id: str, public: bytes) -> None:
        """Keep the public half of a seal key (hexadecimal)."""
        path = self.folder / "keys" / f"{key_id}.public"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(f"{public.hex()}\n", encoding="ascii")

    def _append_json(self, name: str, values: Iterable[dict[str, object]]) -> None:
        lines = [json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values]
        if lines:
            with self._open(name) as file:
                _append(file, lines, skip=None)

    @contextmanager
    def _open(self, name: str) -> Iterator[int]:
        path = self.folder / name
        new = not path.exists()
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            yield file
            os.fsync(file)
        finally:
            os.close(file)
        if new:
            _sync_folder(path.parent)


def _append(file: int, lines: list[str], *, skip: int | None) -> None:
    """Write what is missing of `lines`, which belong after the first `skip` lines (None: after all whole lines)."""
    size = os.fstat(file).st_size
    before = 0 if skip is not None else max(0, size - _TAIL)
    there = os.pread(file, size - before, before)
    begin = there.rfind(b"\n") + 1 if skip is None else _end_of(there, skip)
    wanted = "".join(f"{line}\n" for line in lines).encode()
    if not wanted.startswith(there[begin:]):
        raise Differs(f"holds something else after line {skip}")
    rest = memoryview(wanted)[len(there) - begin :]
    while rest:
        rest = rest[os.write(file, rest) :]


def _end_of(there: bytes, lines: int) -> int:
    end = 0
    for _ in range(lines):
        end = there.find(b"\n", end) + 1
        if not end:
            raise Differs(f"has fewer than {lines} lines")
    return end


def _whole_lines_at_end(path: Path) -> list[bytes]:
    """The last whole lines of a file; none when it is not there."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL))
            tail = file.read()
    except FileNotFoundError:
        return []
    return tail[: tail.rfind(b"\n") + 1].splitlines()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
