"""Short-lived secrets, sealed for one row: AES-256-GCM with the row as associated data."""

from __future__ import annotations

import os
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES = 12


def seal(text: str, *, row: UUID, purpose: str) -> bytes:
    """The text, readable only for this row and purpose, with this installation's secret."""
    return seal_octets(text.encode(), row=row, purpose=purpose)


def unseal(sealed: bytes, *, row: UUID, purpose: str) -> str:
    """The text again. Moved to another row or purpose it does not open (cryptography.exceptions.InvalidTag)."""
    return unseal_octets(sealed, row=row, purpose=purpose).decode()


def seal_octets(content: bytes, *, row: UUID, purpose: str) -> bytes:
    """Like `seal`, of any content."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(derived_key(purpose)).encrypt(nonce, content, row.bytes)


def unseal_octets(sealed: bytes, *, row: UUID, purpose: str) -> bytes:
    """Like `unseal`, of any content."""
    nonce, hidden = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    return AESGCM(derived_key(purpose)).decrypt(nonce, hidden, row.bytes)


def derived_key(purpose: str) -> bytes:
    """256 bits for one purpose, from this installation's secret (HKDF, RFC 5869)."""
    return _derived(settings.SECRET_KEY, purpose)


@lru_cache(maxsize=16)
def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
