"""The portal's seal: Ed25519 over canonical JSON, so that a stored record shows any later change."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from ansinh.signing import keystore

SEAL: Final = "seal"
_KEY_ID: Final = re.compile(r"[0-9a-f]{64}")


def canonical(values: Mapping[str, Any]) -> bytes:
    """The one spelling of `values`: sorted keys, no spaces, UTF-8 (text, whole numbers, null only)."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def seal(values: Mapping[str, Any]) -> str:
    """The seal over `values`, hexadecimal."""
    return _key(keystore.folder()).sign(canonical(values)).hex()


def seal_bytes(content: bytes) -> bytes:
    """The raw seal over `content`, which must never begin with "{" (that is a record's)."""
    if content.startswith(b"{"):
        raise ValueError("records are sealed by seal()")
    return _key(keystore.folder()).sign(content)


def seal_public_key(key_id: str) -> bytes:
    """The 32 bytes of the public half of a seal key, present or replaced. Raises LookupError."""
    public = _public_key(key_id)
    if public is None:
        raise LookupError(f"no seal key {key_id}")
    return public.public_bytes_raw()


def seal_public_keys() -> dict[str, bytes]:
    """Every seal key by its id: the present one first, then those it replaced; 32 bytes each."""
    present = seal_key_id()
    kept = sorted(path.stem.removeprefix(f"{SEAL}-") for path in keystore.folder().glob(f"{SEAL}-*.public"))
    found = {key_id: _public_key(key_id) for key_id in [present, *kept]}
    return {key_id: public.public_bytes_raw() for key_id, public in found.items() if public is not None}


def seal_key_id() -> str:
    """SHA-256 of the public half of the present seal key, hexadecimal."""
    return _id(_key(keystore.folder()).public_key())


def is_sealed(values: Mapping[str, Any], *, seal_hex: str, key_id: str) -> bool:
    """Whether the portal's key of that name, present or replaced, made this seal over exactly these values."""
    public = _public_key(key_id)
    if public is None:
        return False
    try:
        public.verify(bytes.fromhex(seal_hex), canonical(values))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_sealed_bytes(content: bytes, *, seal: bytes, public: bytes) -> bool:
    """Whether the key with this public half made the raw seal over `content`."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(seal, content)
    except InvalidSignature:
        return False
    return True


def _id(public: ed25519.Ed25519PublicKey) -> str:
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()


def _public_key(key_id: str) -> ed25519.Ed25519PublicKey | None:
    """The public half kept under its own digest; a file of another content is not it."""
    if not _KEY_ID.fullmatch(key_id):
        return None
    path = keystore.folder() / f"{SEAL}-{key_id}.public"
    if not path.exists():
        return None
    public = ed25519.Ed25519PublicKey.from_public_bytes(path.read_bytes())
    return public if _id(public) == key_id else None


@cache
def _key(place: Path) -> ed25519.Ed25519PrivateKey:
    """The seal key in the key store's folder, made at its first use; its public half stays when the key is replaced."""
    with keystore.locked():
        path = place / f"{SEAL}.key.pem"
        if not path.exists():
            made = ed25519.Ed25519PrivateKey.generate()
            keystore.save(
                f"{SEAL}-{_id(made.public_key())}.public",
                made.public_key().public_bytes_raw(),
            )
            keystore.save_key(SEAL, made)
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise TypeError("the seal key is no Ed25519 key")
    return key
