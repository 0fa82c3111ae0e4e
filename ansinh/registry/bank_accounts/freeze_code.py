"""The code that stops a change: told to the earlier contacts, enough by itself because stopping harms nobody."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from ansinh.platform.sealing import derived_key

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 10


def new_code() -> str:
    """Fifty bits in letters that are not mistaken for each other, in two groups: `K7QXM-2WHPA`."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def hash_of(code: str) -> str:
    """What is kept of a code (hex); spaces, hyphens and small letters make no difference."""
    plain = "".join(code.split()).replace("-", "").upper()
    return hmac.new(derived_key("bank-account-freeze"), plain.encode(), sha256).hexdigest()
