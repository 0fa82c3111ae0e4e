"""What a printed QR code says, signed by the portal's seal key: which paper, and until when. Nothing personal.

101 octets, big-endian, in base64url without padding (135 letters; in an address a code of version 10, 57 modules):

    1 version and kind · 4 of the seal key's id · 4 made · 4 ends (seconds since 1970) · 16 what it is about (a UUID)
    · 8 of a SHA-256 of what it states · 64 Ed25519 over "ansinh-qr-1", a zero octet and the 37 octets before
"""

from __future__ import annotations

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final
from uuid import UUID

from ansinh.platform.errors import Invalid
from ansinh.signing.seal import is_sealed_bytes, seal_bytes, seal_key_id, seal_public_keys

_FORM: Final = struct.Struct(">B4sII16s8s")
_SIGNED_AS: Final = b"ansinh-qr-1\0"
_VERSION: Final = 1
_SIGNATURE: Final = 64
DIGEST_OCTETS: Final = 8


class Kind(IntEnum):
    """What a code is about."""

    RECEIPT = 1
    DECISION = 2
    REFUSAL = 3
    CARD = 4


_KINDS: Final = frozenset(int(kind) for kind in Kind)
LIVES: Final = {
    Kind.RECEIPT: timedelta(days=10 * 366),
    Kind.DECISION: timedelta(days=50 * 366),
    Kind.REFUSAL: timedelta(days=50 * 366),
    Kind.CARD: timedelta(minutes=10),
}
"""How long a code holds: a paper states what was; a card shows what is, so its code is worth nothing minutes later."""


@dataclass(frozen=True)
class QrToken:
    """What a genuine code says. `digest` is the beginning of a SHA-256 (hexadecimal), `key_id` the whole key's id."""

    kind: Kind
    about: UUID
    digest: str
    key_id: str
    made_at: datetime
    ends_at: datetime

    def expired(self, *, at: datetime) -> bool:
        """Whether its time is over."""
        return at >= self.ends_at


def issue(kind: Kind, *, about: UUID, digest: str, at: datetime) -> str:
    """The text of a new code; `digest` is the SHA-256 (hexadecimal) of what it states."""
    made = int(at.timestamp())
    body = _FORM.pack(
        _VERSION << 4 | kind,
        bytes.fromhex(seal_key_id())[:4],
        made,
        made + int(LIVES[kind].total_seconds()),
        about.bytes,
        bytes.fromhex(digest)[:DIGEST_OCTETS],
    )
    return urlsafe_b64encode(body + seal_bytes(_SIGNED_AS + body)).rstrip(b"=").decode()


def read(text: str) -> QrToken:
    """What a code says, its time not looked at. Raises Invalid for one that no seal key of ours signed."""
    body, signature = _parts(text)
    head, key, made, ends, about, digest = _FORM.unpack(body)
    key_id = next(
        (one for one, public in _candidates(key) if is_sealed_bytes(_SIGNED_AS + body, seal=signature, public=public)),
        None,
    )
    if key_id is None or head >> 4 != _VERSION or head & 15 not in _KINDS:
        raise _not_ours()
    return QrToken(
        kind=Kind(head & 15),
        about=UUID(bytes=about),
        digest=digest.hex(),
        key_id=key_id,
        made_at=datetime.fromtimestamp(made, UTC),
        ends_at=datetime.fromtimestamp(ends, UTC),
    )


def _parts(text: str) -> tuple[bytes, bytes]:
    """Body and signature; a text that is not the one spelling of its octets is refused."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise _not_ours() from None
    if len(raw) != _FORM.size + _SIGNATURE or urlsafe_b64encode(raw).rstrip(b"=") != text.encode():
        raise _not_ours()
    return raw[: _FORM.size], raw[_FORM.size :]


def _candidates(beginning: bytes) -> list[tuple[str, bytes]]:
    return [(key_id, public) for key_id, public in seal_public_keys().items() if key_id.startswith(beginning.hex())]


def _not_ours() -> Invalid:
    return Invalid(
        "qr-not-ours",
        "Mã này không phải do cổng này tạo, hoặc đã bị sửa. Xin quét lại mã trên bản gốc; nếu vẫn vậy, đừng dùng giấy "
        "này trước khi hỏi cơ quan ghi trên đó.",
    )
