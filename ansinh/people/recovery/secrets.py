"""The secret on the slip and the code that stops a recovery: letters nobody mistakes, kept as digests only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from uuid import UUID

from ansinh.platform import sealing

LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
"""Without letters and digits that look alike (0 O, 1 I L, 5 S)."""
SECRET_LETTERS, STOP_LETTERS = 16, 10
_SECRET, _STOP = "people.recovery.secret", "people.recovery.stop"


def new_secret() -> str:
    """A secret for a slip, in groups of four: about 77 bits."""
    return grouped("".join(secrets.choice(LETTERS) for _ in range(SECRET_LETTERS)))


def stop_code(recovery_id: UUID) -> str:
    """The code that stops this recovery: made from its row, so that it can be said again and is stored nowhere."""
    drawn = hmac.new(sealing.derived_key(_STOP), recovery_id.bytes, hashlib.sha256).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:STOP_LETTERS])


def secret_digest(typed: str) -> str:
    """HMAC-SHA256 of a secret as typed, in hex."""
    return _digest(_SECRET, typed)


def stop_digest(typed: str) -> str:
    """HMAC-SHA256 of a stop code as typed, in hex."""
    return _digest(_STOP, typed)


def grouped(text: str) -> str:
    """`ABCD-EFGH-…` for reading aloud and typing."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _digest(purpose: str, typed: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFKC", typed).upper() if one in LETTERS)
    return hmac.new(sealing.derived_key(purpose), plain.encode(), hashlib.sha256).hexdigest()
