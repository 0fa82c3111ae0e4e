"""What a long-term signature carries of its chain (PAdES B-LT): certificates and revocation lists of the day."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509

from ansinh.signing import authority, keystore
from ansinh.signing.keys.key import parsed_certificate
from ansinh.signing.lists import REVOKED, list_of, revoked_in
from ansinh.signing.trust import kept

_last_kept: Final[dict[str, bytes]] = {}


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
    lists += [_read(path) for path in others]
    return Material(certificates, tuple(lists))


def current_list(name: str, *, at: datetime) -> asn1_crl.CertificateList:
    """The list that root or issuing authority gave on the day of `at`; kept as the answer to checks of papers."""
    der = list_of(keystore.folder(), name, at=at)
    if _last_kept.get(name) != der:
        _keep(name, der)
        _last_kept[name] = der
    return _parsed(der)


def revoke(serial: int, *, at: datetime) -> None:
    """Put a certificate of the demonstration authority on its lists from `at` on."""
    with keystore.locked():
        known = {**revoked_in(keystore.folder()), serial: at}
        rows = {str(one): moment.isoformat() for one, moment in known.items()}
        keystore.save(REVOKED, json.dumps(rows, sort_keys=True).encode())
    for name in (authority.ISSUING, authority.ROOT):
        current_list(name, at=at)


def _keep(name: str, der: bytes) -> None:
    """As if asked for at its address, unless a newer one is kept: the demonstration also signs in its past."""
    address = authority.list_address(name)
    known = kept.kept(address, b"") if address else None
    if address and (known is None or _given_at(known) <= _given_at(der)):
        kept.keep(address, b"", der)


def _given_at(der: bytes) -> datetime:
    moment: datetime = _parsed(der)["tbs_cert_list"]["this_update"].native
    return moment


@lru_cache(maxsize=64)
def _parsed(der: bytes) -> asn1_crl.CertificateList:
    return asn1_crl.CertificateList.load(der)


def _read(path: Path) -> asn1_crl.CertificateList:
    return _parsed(path.read_bytes())
