"""Answers of issuers kept as files, so that an issuer is asked once and not with every check."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from ansinh.signing import keystore
from ansinh.signing.trust.egress import Fetch, NoAnswer

SILENCE: Final = timedelta(minutes=1)
"""How long an issuer that did not answer is left alone."""
_silent: Final[dict[str, datetime]] = {}


def kept(address: str, request: bytes) -> bytes | None:
    """The answer kept for this question, whatever its age."""
    path = keystore.folder() / "revocation" / _name(address, request)
    return path.read_bytes() if path.exists() else None


def ask(address: str, request: bytes, *, fetch: Fetch, at: datetime) -> bytes | None:
    """A new answer, or None when the issuer is silent (and was not asked again within a minute)."""
    name = _name(address, request)
    if name in _silent and timedelta(0) <= at - _silent[name] < SILENCE:
        return None
    try:
        answer = fetch(address, request)
    except NoAnswer:
        if len(_silent) > 10_000:
            _silent.clear()
        _silent[name] = at
        return None
    _silent.pop(name, None)
    return answer


def keep(address: str, request: bytes, answer: bytes) -> None:
    """Keep an answer that was believed in the place of the last one."""
    (keystore.folder() / "revocation").mkdir(mode=0o700, exist_ok=True)
    keystore.save(f"revocation/{_name(address, request)}", answer)


def _name(address: str, request: bytes) -> str:
    return hashlib.sha256(address.encode() + b"\n" + request).hexdigest()
