"""The revocation lists of the demonstration authority, made of its folder: a new one each day, or when one is revoked.

Knows no settings: the portal makes the lists its signatures carry, and the counter-party the same ones to publish.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ansinh.signing.certificates import Issuer, revocation_list, rsa_key_of

HOLDS: Final = timedelta(hours=36)
"""A revocation is known everywhere after so long."""
REVOKED: Final = "revoked.json"
"""Serial number to moment."""


def list_of(folder: Path, name: str, *, at: datetime) -> bytes:
    """The list (DER) that root or issuing authority gave on the day of `at`, in UTC. Raises FileNotFoundError."""
    begins = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return _made(folder, name, begins, tuple(sorted(revoked_in(folder).items())))


def revoked_in(folder: Path) -> Mapping[int, datetime]:
    """What the authority revoked, and since when."""
    path = folder / REVOKED
    if not path.exists():
        return {}
    return {int(serial): datetime.fromisoformat(moment) for serial, moment in json.loads(path.read_bytes()).items()}


def issuer_in(folder: Path, name: str) -> Issuer:
    """The certificate and key of that name. Raises FileNotFoundError."""
    key = rsa_key_of((folder / f"{name}.key.pem").read_bytes())
    return Issuer(x509.load_pem_x509_certificate((folder / f"{name}.cert.pem").read_bytes()), key)


@lru_cache(maxsize=64)
def _made(folder: Path, name: str, begins: datetime, revoked: tuple[tuple[int, datetime], ...]) -> bytes:
    made = revocation_list(
        issuer_in(folder, name),
        number=int(begins.timestamp()) + len(revoked),
        revoked={serial: moment for serial, moment in revoked if moment <= begins + timedelta(days=1)},
        this_update=begins,
        next_update=begins + HOLDS,
    )
    return made.public_bytes(Encoding.DER)
