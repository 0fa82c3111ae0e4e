"""The octets of a sealed value: AES-256-GCM whose associated data is its place, behind the number's blind index.

    blind index (16) | version of the key (1) | nonce (12) | ciphertext, padded to 16 | tag (16)

The associated data is `table.column|row|version|blind index`, so a value copied to another row, column or table does
not open, and neither does one with another index in front. The length tells a number's length to 16 octets only.
"""

from __future__ import annotations

import hmac
import os
import unicodedata
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag

from ansinh.platform.errors import DomainError
from ansinh.platform.sealed_fields.keys import cipher, index_key, present_version

INDEX: Final = 16
"""Octets of the blind index: long enough that two numbers never meet."""
_NONCE: Final = 12
_BLOCK: Final = 16
_TAG: Final = 16
_HEAD: Final = INDEX + 1 + _NONCE
SHORTEST: Final = _HEAD + _BLOCK + _TAG
"""No sealed value is shorter, and no number is as long: the tables refuse anything shorter."""


class SealBroken(DomainError):
    """The value was sealed for another row, or changed."""

    def __init__(self, place: str) -> None:
        super().__init__(
            "sealed-elsewhere",
            "Số đã niêm phong ở {place} không mở được: nó bị chép từ chỗ khác hoặc đã bị sửa. Xin báo đơn vị vận hành.",
            place=place,
        )


class Sealed(bytes):
    """A sealed value as the database holds it, which says nothing when it is printed."""

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    @property
    def found_by(self) -> bytes:
        """The blind index in front."""
        return bytes(self[:INDEX])

    @property
    def version(self) -> int:
        """Which key it was sealed with."""
        return self[INDEX]


def blind_index(kind: str, *parts: str) -> bytes:
    """What equal numbers of one kind have in common, and who lacks the key cannot compute (HMAC-SHA256)."""
    text = "|".join(_normalised(part) for part in parts)
    return hmac.digest(index_key(kind), text.encode(), sha256)[:INDEX]


def seal(text: str, *, column: str, row: object, index: bytes) -> Sealed:
    """The text, readable only in this row of `table.column` and with this blind index."""
    version = present_version()
    nonce = os.urandom(_NONCE)
    hidden = cipher(version, column).encrypt(nonce, _padded(text), _place(column, row, version, index))
    return Sealed(index + bytes([version]) + nonce + hidden)


def unseal(value: Sealed, *, column: str, row: object) -> str:
    """The text again. Raises KeyMissing, SealBroken."""
    version, index = value.version, value.found_by
    try:
        shown = cipher(version, column).decrypt(
            value[INDEX + 1 : _HEAD], value[_HEAD:], _place(column, row, version, index)
        )
    except InvalidTag:
        raise SealBroken(f"{column} ({row})") from None
    return shown[: shown.rindex(b"\x80")].decode()


def _place(column: str, row: object, version: int, index: bytes) -> bytes:
    return f"{column}|{row}|{version}|".encode() + index


def _padded(text: str) -> bytes:
    content = text.encode() + b"\x80"
    return content + bytes(-len(content) % _BLOCK)


def _normalised(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
