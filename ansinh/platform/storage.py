"""Files by their content: `<root>/ab/cd/<sha256>`. What `put` returned survives a power cut."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from ansinh.platform.errors import DomainError, Invalid, NotFound

_CHUNK = 64 * 1024


class Readable(Protocol):
    """Anything that gives bytes piece by piece."""

    def read(self, size: int = ..., /) -> bytes:
        """At most `size` bytes; none at the end."""


@dataclass(frozen=True)
class Stored:
    """A file that is safely there: hex SHA-256 of its content, and its size in bytes."""

    sha256: str
    size: int


def put(stream: Readable, *, limit: int) -> Stored:
    """Stream a file in, at most `limit` bytes; the same content is kept once.

    Returns after file and folders are on the disk. Raises Invalid("file-too-large") and DomainError("disk-full").
    """
    root = _root()
    with _disk_errors():
        root.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=root)
        try:
            with os.fdopen(descriptor, "wb") as file:
                stored = _copy(stream, file, limit=limit)
            _settle(Path(draft), _path(stored.sha256))
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    return stored


def open_file(sha256: str) -> BufferedReader:
    """The stored file, opened for reading. Raises NotFound."""
    try:
        return _path(sha256).open("rb")
    except FileNotFoundError as absent:
        raise NotFound("file-not-stored", "Không tìm thấy tệp trong kho lưu trữ.", sha256=sha256) from absent


def exists(sha256: str) -> bool:
    """Whether the file is there (its content is not read)."""
    return _path(sha256).exists()


def verify(sha256: str) -> bool:
    """Whether the file is there and still has the content of its name."""
    try:
        with open_file(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except NotFound:
        return False


def remove_older(sha256: str, *, than: datetime) -> bool:
    """Remove a file last put in before that moment; whether it went. What was put again since is kept.

    Whoever asks has made sure that nothing names the file any more.
    """
    path = _path(sha256)
    try:
        if path.stat().st_mtime >= than.timestamp():
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _root() -> Path:
    return Path(settings.FILES_DIR)


def _path(sha256: str) -> Path:
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in hexadecimal")
    return _root() / sha256[:2] / sha256[2:4] / sha256


def _copy(stream: Readable, file: BinaryIO, *, limit: int) -> Stored:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise Invalid("file-too-large", "Tệp lớn hơn mức cho phép.", limit=limit)
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _settle(draft: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.chmod(0o440)
    draft.replace(target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise DomainError("disk-full", "Máy chủ hết chỗ lưu tệp: hãy thử lại sau.") from error
