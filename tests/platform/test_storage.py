"""Files are kept by their content, whole or not at all."""

import errno
import hashlib
import io
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.platform import storage
from ansinh.platform.errors import DomainError, Invalid, NotFound


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Settings) -> Path:
    """A store of its own for each test."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_stored_file_has_its_digest_as_name_and_comes_back_whole(root: Path) -> None:
    content = os.urandom(200_000)
    stored = storage.put(io.BytesIO(content), limit=1_000_000)
    assert stored == storage.Stored(hashlib.sha256(content).hexdigest(), len(content))
    with storage.open_file(stored.sha256) as file:
        assert file.read() == content
    assert storage.verify(stored.sha256)


def test_the_same_content_is_kept_once(root: Path) -> None:
    assert storage.put(io.BytesIO(b"same"), limit=10) == storage.put(io.BytesIO(b"same"), limit=10)
    assert len(_files(root)) == 1


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(root: Path) -> None:
    with pytest.raises(Invalid) as refusal:
        storage.put(io.BytesIO(b"x" * 11), limit=10)
    assert refusal.value.code == "file-too-large"
    assert storage.put(io.BytesIO(b"x" * 10), limit=10).size == 10
    assert len(_files(root)) == 1


def test_a_damaged_file_is_noticed(root: Path) -> None:
    stored = storage.put(io.BytesIO(b"true"), limit=10)
    (path,) = _files(root)
    path.chmod(0o600)
    path.write_bytes(b"fals")
    assert not storage.verify(stored.sha256)


def test_a_missing_file_is_told(root: Path) -> None:
    assert not storage.exists("0" * 64)
    assert not storage.verify("0" * 64)
    with pytest.raises(NotFound):
        storage.open_file("0" * 64)


def test_a_name_that_is_no_digest_never_becomes_a_path(root: Path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        storage.open_file("../" * 21 + "x")


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(root: Path) -> None:
    class Full(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DomainError) as refusal:
        storage.put(Full(), limit=10)
    assert refusal.value.code == "disk-full"
    assert _files(root) == []
