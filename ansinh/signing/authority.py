"""The demonstration authority: a root, an issuing authority, a time-stamper, and certificates for signers' keys.

Its own keys are files; the signers' keys lie where `ansinh.signing.keys` puts them. It stands on the trust list as
any other does. An installation for real work puts certificates of a licensed provider in its place.
"""

import hashlib
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from ansinh.signing import keystore
from ansinh.signing.certificates import (
    YEAR,
    Issuer,
    Subject,
    authority_certificate,
    crl_addresses,
    new_rsa_key,
    signer_certificate,
    timestamp_certificate,
)
from ansinh.signing.keys import provider
from ansinh.signing.keys.key import check_name
from ansinh.signing.lists import issuer_in
from ansinh.signing.trust import folder

ROOT: Final = "root"
ISSUING: Final = "issuing"
TIMESTAMPS: Final = "time-stamps"
PORTAL: Final = "portal"
"""Key name of the portal's own signature on receipts."""
AUTHORITY_BITS: Final = 3072
SIGNER_BITS: Final = 2048
SIGNER_YEARS: Final = 5
BACKDATED: Final = 2 * YEAR
"""Certificates begin earlier than they are made, so that the demonstration's past results verify too."""
_ORGANISATION: Final = "An Sinh (trình diễn)"


def ensure_authority(*, at: datetime) -> None:
    """Make root, issuing authority, time-stamper and the portal's signer unless they are there.

    Safe in many processes at once.
    """
    with keystore.locked():
        _ensure_authority(at=at)
    ensure_signer(key_name=PORTAL, full_name="Cổng giao dịch điện tử An Sinh", organisation=_ORGANISATION, at=at)


def ensure_signer(*, key_name: str, full_name: str, organisation: str, at: datetime) -> None:
    """In a demonstration, give `key_name` a key and a certificate naming the person, unless it has a right one at `at`.

    Key names are stable (an officer's id); a changed name or organisation, or a certificate run out, gives a new
    certificate for the same key. Earlier signatures carry their own certificate. An installation for real work
    gets its certificates from a licensed provider: nothing is issued there.
    """
    check_name(key_name)
    if not settings.DEMO:
        return
    with keystore.locked():
        if _still_right(key_name, full_name, organisation, at):
            return
        _ensure_authority(at=at)
        _issue(key_name, Subject(full_name, organisation, _invented_uid(key_name)), not_before=at - BACKDATED)


def issuer(name: str) -> Issuer:
    """The root or the issuing authority of the demonstration. Raises FileNotFoundError."""
    return issuer_in(keystore.folder(), name)


def list_address(name: str) -> str:
    """Where root or issuing authority says that its list is had; fixed when the authority is made. Empty: nowhere."""
    place = next(iter(crl_addresses(keystore.load_certificate(ISSUING))), "")
    return f"{place.rpartition('/')[0]}/{name}.crl" if place else ""


def _ensure_authority(*, at: datetime) -> None:
    not_before = at - BACKDATED
    if not keystore.has_certificate(ISSUING):
        _make_authority(not_before=not_before)
    if not keystore.has_certificate(TIMESTAMPS):
        key = new_rsa_key(SIGNER_BITS)
        keystore.save_key(TIMESTAMPS, key)
        certificate = timestamp_certificate(
            Subject("An Sinh – Dấu thời gian trình diễn", _ORGANISATION),
            public_key=key.public_key(), issuer=issuer(ISSUING), list_at=list_address(ISSUING),
            not_before=not_before, years=10,
        )  # fmt: skip
        keystore.save_certificate(TIMESTAMPS, certificate)
    _list_authority()


def _list_authority() -> None:
    """Its entry of the trust list: both certificates, for documents and time-stamps, for as long as the root lasts.

    Where it publishes lists, a question of revocation without an answer is a refusal.
    """
    addresses = [address for address in map(list_address, (ROOT, ISSUING)) if address]
    root, issuing = (keystore.load_certificate(name) for name in (ROOT, ISSUING))
    folder.write(
        "an-sinh-demo",
        name="An Sinh – Chứng thực trình diễn",
        root=root.public_bytes(Encoding.PEM),
        intermediates=[issuing.public_bytes(Encoding.PEM)],
        first_day=root.not_valid_before_utc.date(),
        last_day=root.not_valid_after_utc.date(),
        addresses=addresses,
        unknown="refuse" if addresses else "warn",
    )


def _make_authority(*, not_before: datetime) -> None:
    root_key, issuing_key = new_rsa_key(AUTHORITY_BITS), new_rsa_key(AUTHORITY_BITS)
    root = authority_certificate(
        Subject("An Sinh – Gốc trình diễn", _ORGANISATION),
        key=root_key, issuer=None, list_at="", not_before=not_before, years=20,
    )  # fmt: skip
    issuing = authority_certificate(
        Subject("An Sinh – Chứng thực trình diễn", _ORGANISATION),
        key=issuing_key, issuer=Issuer(root, root_key), not_before=not_before, years=15,
        list_at=f"{settings.AUTHORITY_URL}{ROOT}.crl" if settings.AUTHORITY_URL else "",
    )  # fmt: skip
    keystore.save_key(ROOT, root_key)
    keystore.save_key(ISSUING, issuing_key)
    keystore.save_certificate(ROOT, root)
    keystore.save_certificate(ISSUING, issuing)


def _issue(key_name: str, subject: Subject, *, not_before: datetime) -> None:
    keys = provider()
    public_key = keys.public_key(key_name) or keys.create(key_name, bits=SIGNER_BITS)
    certificate = signer_certificate(
        subject,
        public_key=public_key,
        issuer=issuer(ISSUING),
        list_at=list_address(ISSUING),
        not_before=not_before,
        years=SIGNER_YEARS,
    )
    keystore.save_certificate(key_name, certificate)


def _still_right(key_name: str, full_name: str, organisation: str, at: datetime) -> bool:
    if not keystore.has_certificate(key_name):
        return False
    certificate = keystore.load_certificate(key_name)
    named = Subject(full_name, organisation, _invented_uid(key_name)).name() == certificate.subject
    in_time = certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
    return named and in_time and certificate.public_key() == provider().public_key(key_name)


def _invented_uid(key_name: str) -> str:
    """A citizen number that cannot be real: no province has the code 999."""
    return f"CCCD:999{int(hashlib.sha256(key_name.encode()).hexdigest(), 16) % 10**9:09d}"
