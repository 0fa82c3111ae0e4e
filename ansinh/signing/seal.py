"""The portal's seal: Ed25519 over canonical JSON, so that a stored record shows any later change."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from ansinh.signing import keystore

SEAL: Final = "seal"


def canonical(values: Mapping[str, Any]) -> bytes:
    """The one spelling of `values`: sorted keys, no spaces, UTF-8 (text, whole numbers, null only)."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def seal(values: Mapping[str, Any]) -> str:
    """The seal over `values`, hexadecimal."""
    return _key().sign(canonical(values)).hex()


def seal_key_id() -> str:
    """SHA-256 of the public half of the present seal key, hexadecimal."""
    return hashlib.sha256(_key().public_key().public_bytes_raw()).hexdigest()


def is_sealed(values: Mapping[str, Any], *, seal_hex: str, key_id: str) -> bool:
    """Whether our present key made this seal over exactly these values."""
    if key_id != seal_key_id():
        return False
    try:
        _key().public_key().verify(bytes.fromhex(seal_hex), canonical(values))
    except (InvalidSignature, ValueError):
        return False
    return True


@cache
def _key() -> ed25519.Ed25519PrivateKey:
    """The seal key, made at its first use."""
    with keystore.locked():
        path = keystore.folder() / f"{SEAL}.key.pem"
        if not path.exists():
            keystore.save_key(SEAL, ed25519.Ed25519PrivateKey.generate())
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise TypeError("the seal key is no Ed25519 key")
    return key
