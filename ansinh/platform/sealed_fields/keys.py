"""The keys of sealed values: numbered ones that seal, and the one of the blind index. None is in the database.

Each number has a secret of its own (`identifiers-key-1`, `identifiers-key-2`, …), kept as every secret of the
installation (platform.secrets). The highest one seals; all of them open. The blind index has another secret, so that
who holds a key that opens cannot look numbers up, and the other way round.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ansinh.platform.errors import Conflict, DomainError
from ansinh.platform.secrets import secret

_SEALS: Final = "identifiers-key"
_FINDS: Final = "identifiers-index"
_FILE: Final = re.compile(rf"{_SEALS}-(\d+)")
_GIVEN: Final = re.compile(r"ANSINH_IDENTIFIERS_KEY_(\d+)")
FIRST: Final = 1
LAST: Final = 255
"""The version is one octet of every sealed value."""


class KeyMissing(DomainError):
    """A value was sealed under a version whose key this installation does not have."""

    def __init__(self, version: int) -> None:
        super().__init__(
            "sealing-key-missing",
            "Số này được niêm phong bằng khóa phiên bản {version}, máy chủ không có khóa đó. Xin đặt lại tệp "
            "{file} vào thư mục bí mật rồi thử lại.",
            version=version,
            file=f"{_SEALS}-{version}",
        )


def present_version() -> int:
    """The version that seals now: the highest this installation has. The first key is made at first use."""
    if not _versions():
        _make(FIRST)
    return max(_versions())


def add_version() -> int:
    """Make the next key and answer its version. Raises Conflict when the numbers are used up."""
    version = max(_versions(), default=0) + 1
    if version > LAST:
        raise Conflict("sealing-keys-used-up", "Đã dùng hết số phiên bản khóa. Xin liên hệ đơn vị vận hành.")
    _make(version)
    return version


@lru_cache(maxsize=256)
def cipher(version: int, column: str) -> AESGCM:
    """What seals and opens the values of one column under one version. Raises KeyMissing; makes no key."""
    if version not in _versions():
        _versions.cache_clear()  # one that was added while this process runs
        if version not in _versions():
            raise KeyMissing(version)
    return AESGCM(_derived(secret(f"{_SEALS}-{version}", folder=_folder()), f"seal:{column}:{version}"))


@lru_cache(maxsize=16)
def index_key(kind: str) -> bytes:
    """The key of the blind index for one kind of number, the same in every table that holds such numbers."""
    return _derived(secret(_FINDS, folder=_folder()), f"find:{kind}")


def forget() -> None:
    """Look at the secrets again, as another process sees them."""
    _versions.cache_clear()
    cipher.cache_clear()
    index_key.cache_clear()


def _make(version: int) -> None:
    secret(f"{_SEALS}-{version}", folder=_folder())
    _versions.cache_clear()


@lru_cache(maxsize=1)
def _versions() -> frozenset[int]:
    named = [_FILE.fullmatch(path.name) for path in _folder().glob(f"{_SEALS}-*")]
    given = [_GIVEN.fullmatch(name) for name in os.environ]
    return frozenset(int(found[1]) for found in (*named, *given) if found)


def _folder() -> Path:
    return Path(settings.SECRETS_DIR)


def _derived(text: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(text.encode())
