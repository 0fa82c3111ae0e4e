"""How a code is made and kept: six digits, an HMAC to check it, a sealed form to send the same code again."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

DIGITS = 6
_NONCE_BYTES = 12


def new_code() -> str:
    """Six random digits, `000000` to `999999`."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def code_hash(code: str, *, row: UUID) -> str:
    """HMAC-SHA256 of the code for its row, in hex: without the server secret the million codes cannot be tried."""
    return hmac.new(_key(b"people.one_time_code.hash"), row.bytes + code.encode(), hashlib.sha256).hexdigest()


def seal(code: str, *, row: UUID) -> bytes:
    """The code, readable only for its row with this installation's secret (AES-256-GCM)."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_key(b"people.one_time_code.seal")).encrypt(nonce, code.encode(), row.bytes)


def unseal(sealed: bytes, *, row: UUID) -> str:
    """The code again; sealed for another row it does not open (cryptography.exceptions.InvalidTag)."""
    cipher = AESGCM(_key(b"people.one_time_code.seal"))
    return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], row.bytes).decode()


def digest_of(value: str) -> str:
    """SHA-256 in hex: how session keys and what is counted are kept."""
    return hashlib.sha256(value.encode()).hexdigest()


def _key(purpose: bytes) -> bytes:
    return _derived(settings.SECRET_KEY, purpose)


@lru_cache(maxsize=8)
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
