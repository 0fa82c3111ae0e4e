"""How a code is made and kept: six digits, an HMAC to check it, a sealed form to send the same code again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

from ansinh.platform import sealing

DIGITS = 6
_HASHED, _SEALED = "people.one_time_code.hash", "people.one_time_code.seal"


def new_code() -> str:
    """Six random digits, `000000` to `999999`."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def code_hash(code: str, *, row: UUID) -> str:
    """HMAC-SHA256 of the code for its row, in hex: without the server secret the million codes cannot be tried."""
    return hmac.new(sealing.derived_key(_HASHED), row.bytes + code.encode(), hashlib.sha256).hexdigest()


def seal(code: str, *, row: UUID) -> bytes:
    """The code, readable only for its row with this installation's secret."""
    return sealing.seal(code, row=row, purpose=_SEALED)


def unseal(sealed: bytes, *, row: UUID) -> str:
    """The code again; sealed for another row it does not open (cryptography.exceptions.InvalidTag)."""
    return sealing.unseal(sealed, row=row, purpose=_SEALED)


def digest_of(value: str) -> str:
    """SHA-256 in hex: how session keys and what is counted are kept."""
    return hashlib.sha256(value.encode()).hexdigest()
