"""What a long-term signature carries of its chain (PAdES B-LT): certificates and revocation lists of the day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding

from ansinh.signing import authority, keystore
from ansinh.signing.certificates import revocation_list
from ansinh.signing.keys.key import parsed_certificate

HOLDS: Final = timedelta(days=7)
_REVOKED: Final = "revoked.json"


@dataclass(frozen=True)
class Material:
    """Certificates above the signer and the time-stamper, and the lists of those that issued them."""

    certificates: tuple[asn1_x509.Certificate, ...]
    lists: tuple[asn1_crl.CertificateList, ...]


def material(*, at: datetime) -> Material:
    """What a signature made at `at` carries. The demonstration authority gives a new list each day.

    Lists of a licensed authority lie beside ours as `<name>.crl` (DER); whoever fetches them renews them.
    """
    names = keystore.authorities()
    certificates = tuple(parsed_certificate(name) for name in names)
    if keystore.has_certificate(authority.TIMESTAMPS):
        certificates += (parsed_certificate(authority.TIMESTAMPS),)
    own = [name for name in (authority.ISSUING, authority.ROOT) if keystore.key_path(name).exists()]
    lists = [current_list(name, at=at) for name in own]
    others = sorted(path for path in keystore.folder().glob("*.crl") if path.stem not in own)
    lists += [_read(path, path.stat().st_mtime_ns) for path in others]
    return Material(certificates, tuple(lists))


def current_list(name: str, *, at: datetime) -> asn1_crl.CertificateList:
    """The list that root or issuing authority gave on the day of `at`; published as `<name>.crl`."""
    begins = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return _made(keystore.folder(), name, begins, tuple(sorted(_revoked().items())))


def revoke(serial: int, *, at: datetime) -> None:
    """Put a certificate of the demonstration authority on its lists from `at` on."""
    with keystore.locked():
        rows = {str(one): moment.isoformat() for one, moment in _revoked().items()} | {str(serial): at.isoformat()}
        keystore.save(_REVOKED, json.dumps(rows, sort_keys=True).encode())


def _revoked() -> Mapping[int, datetime]:
    path = keystore.folder() / _REVOKED
    if not path.exists():
        return {}
    return {int(serial): datetime.fromisoformat(moment) for serial, moment in json.loads(path.read_bytes()).items()}


@lru_cache(maxsize=64)
def _made(
    folder: Path, name: str, begins: datetime, revoked: tuple[tuple[int, datetime], ...]
) -> asn1_crl.CertificateList:
    made = revocation_list(
        authority.issuer(name),
        number=int(begins.timestamp()) + len(revoked),
        revoked={serial: moment for serial, moment in revoked if moment <= begins + timedelta(days=1)},
        this_update=begins,
        next_update=begins + HOLDS,
    )
    der = made.public_bytes(Encoding.DER)
    _publish(name, der, begins=begins)
    return asn1_crl.CertificateList.load(der)


def _publish(name: str, der: bytes, *, begins: datetime) -> None:
    """Put the list where anybody gets it, unless a newer one is there: the demonstration also signs in its past."""
    path = keystore.folder() / f"{name}.crl"
    if path.exists():
        there = _read(path, path.stat().st_mtime_ns)["tbs_cert_list"]["this_update"].native
        if there > begins:
            return
    keystore.save(path.name, der)


@lru_cache(maxsize=64)
def _read(path: Path, written: int) -> asn1_crl.CertificateList:
    return asn1_crl.CertificateList.load(path.read_bytes())
