"""A ZIP in which names and contents decide every octet: stored, dated 1980, nothing else in it.

Python's own writer leaves room for octets that mean nothing (dates, attributes, remarks), so a changed one would not
be noticed. The verifier builds this archive again from what is in it and refuses any other octet; the two programs
write the same form (APPNOTE 4.3).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO, Final

from ansinh.platform.errors import Conflict

LARGEST: Final = 2 << 30
"""Octets of a whole archive; the verifier reads no larger one."""
_CHUNK: Final = 1 << 20
_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")


@dataclass(frozen=True)
class Entry:
    """One file: what its head must say before its content comes, and how to open it."""

    name: str
    size: int
    crc: int
    sha256: str
    open: Callable[[], BinaryIO]


def entry(name: str, content: bytes) -> Entry:
    """A file in memory."""
    return Entry(name, len(content), zlib.crc32(content), sha256(content).hexdigest(), lambda: BytesIO(content))


def stored_entry(name: str, opened: Callable[[], BinaryIO]) -> Entry:
    """A file that is read twice: now for its head, later for its content."""
    size, crc, digest = 0, 0, sha256()
    with opened() as file:
        while chunk := file.read(_CHUNK):
            size, crc = size + len(chunk), zlib.crc32(chunk, crc)
            digest.update(chunk)
    return Entry(name, size, crc, digest.hexdigest(), opened)


def refuse_too_large(entries: Iterable[Entry]) -> None:
    """Raise Conflict for more than the form (or the verifier) can hold."""
    if sum(one.size + 1024 for one in entries) > LARGEST:
        raise Conflict("bundle-too-large", "Hồ sơ này quá lớn để đóng thành một gói. Xin tải từng tệp.")


def archive(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive, piece by piece."""
    listed: list[tuple[bytes, tuple[int, ...], int]] = []
    at = 0
    for one in entries:
        name = one.name.encode()
        fields = (0x0800, 0, 0, 0x0021, one.crc, one.size, one.size, len(name), 0)
        listed.append((name, fields, at))
        at += _LOCAL.size + len(name) + one.size
        yield _LOCAL.pack(b"PK\3\4", 20, *fields) + name
        with one.open() as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    central = b"".join(
        _CENTRAL.pack(b"PK\1\2", 20, 20, *fields, 0, 0, 0, 0, start) + name for name, fields, start in listed
    )
    yield central
    yield _END.pack(b"PK\5\6", 0, 0, len(listed), len(listed), len(central), at, 0)
