"""One-time passwords of an authenticator app (RFC 6238): six digits from a shared secret and the time. Pure."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

STEP_SECONDS: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20
_DRIFT: Final = 1
"""Steps to either side that still count: clocks of telephones go wrong, and typing takes a moment (RFC 6238, 5.2)."""


def step_of(at: datetime) -> int:
    """The number of the 30-second step that a moment lies in."""
    return int(at.timestamp()) // STEP_SECONDS


def code_of(secret: bytes, *, step: int) -> str:
    """The six digits of a step. SHA-1 is what authenticator apps agree on; as an HMAC it is not weakened."""
    return HOTP(secret, DIGITS, SHA1(), enforce_key_length=False).generate(step).decode()  # noqa: S303


def matching_step(secret: bytes, typed: str, *, at: datetime) -> int | None:
    """The step near `at` whose code this is, or None. Blanks and full-width digits are read as people type them."""
    digits = "".join(str(int(one)) for one in typed if one.isdecimal())
    if len(digits) != DIGITS or any(not (one.isdecimal() or one.isspace()) for one in typed):
        return None
    here = step_of(at)
    near = range(here - _DRIFT, here + _DRIFT + 1)
    # Every step is compared, so that the time taken does not tell which.
    found = [step for step in near if hmac.compare_digest(code_of(secret, step=step), digits)]
    return found[-1] if found else None


def written(secret: bytes) -> str:
    """The secret as apps take it by hand: base 32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def address(secret: bytes, *, account: str, issuer: str) -> str:
    """The `otpauth:` address that a QR code carries into the app."""
    query = {"secret": base64.b32encode(secret).decode().rstrip("="), "issuer": issuer, "algorithm": "SHA1",
             "digits": DIGITS, "period": STEP_SECONDS}  # fmt: skip
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{urlencode(query, quote_via=quote)}"
