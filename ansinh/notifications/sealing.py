"""Short-lived secret texts, sealed for one row: AES-256-GCM with the row as associated data."""

from __future__ import annotations

import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES = 12


def seal(text: str, *, row: UUID) -> bytes:
    """The text, readable only for this row and with this installation's secret."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, text.encode(), row.bytes)


def unseal(sealed: bytes, *, row: UUID) -> str:
    """The text again. A sealed text moved to another row does not open (cryptography.exceptions.InvalidTag)."""
    return _cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], row.bytes).decode()


def _cipher() -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"notifications.message.body").derive(
        settings.SECRET_KEY.encode()
    )
    return AESGCM(key)
