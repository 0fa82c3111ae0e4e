"""The demonstration authority: a root, an issuing authority and a key per signer, made once and kept in files.

An installation for real work puts certificates of a licensed provider in its place; the rest of the
context asks only for `signer(key_name)`; the authority itself stands on the trust list as any other does.
"""

import hashlib
import re
from datetime import datetime
from functools import cache
from typing import Final

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ansinh.platform.errors import NotFound
from ansinh.signing import keystore
from ansinh.signing.certificates import YEAR, Subject, authority_certificate, new_rsa_key, signer_certificate
from ansinh.signing.kept_key import KeptKeySigner
from ansinh.signing.trust import folder

ROOT: Final = "root"
ISSUING: Final = "issuing"
PORTAL: Final = "portal"
"""Key name of the portal's own signature on receipts."""
AUTHORITY_BITS: Final = 3072
SIGNER_BITS: Final = 2048
SIGNER_YEARS: Final = 5
BACKDATED: Final = 2 * YEAR
"""Certificates begin earlier than they are made, so that the demonstration's past results verify too."""
_KEY_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_ORGANISATION: Final = "An Sinh (trình diễn)"


def ensure_authority(*, at: datetime) -> None:
    """Make root, issuing authority and the portal's signer unless they are there. Safe in many processes at once."""
    with keystore.locked():
        if not keystore.has_certificate(ISSUING):
            _make_authority(not_before=at - BACKDATED)
        _list_authority()
    ensure_signer(key_name=PORTAL, full_name="Cổng giao dịch điện tử An Sinh", organisation=_ORGANISATION, at=at)


def ensure_signer(*, key_name: str, full_name: str, organisation: str, at: datetime) -> None:
    """Give `key_name` a key and a certificate naming the person, unless it has one that is still right at `at`.

    Key names are stable (an officer's id); a changed name or organisation, or a certificate run out,
    gives a new certificate for the same key. Earlier signatures carry their own certificate.
    """
    _check_name(key_name)
    with keystore.locked():
        if keystore.has_certificate(key_name) and _still_right(key_name, full_name, organisation, at):
            return
        if not keystore.has_certificate(ISSUING):
            _make_authority(not_before=at - BACKDATED)
        _issue(key_name, Subject(full_name, organisation, _invented_uid(key_name)), not_before=at - BACKDATED)
    signer.cache_clear()


@cache
def signer(key_name: str) -> KeptKeySigner:
    """The parsed key and certificate chain of a signer, kept in memory. Raises NotFound."""
    _check_name(key_name)
    if not keystore.has_certificate(key_name):
        raise NotFound("no-signing-key", "Người ký này chưa có chứng thư số. Xin báo người quản trị cấp chứng thư.")
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple([parsed_certificate(ISSUING), parsed_certificate(ROOT)])
    return KeptKeySigner(
        certificate=parsed_certificate(key_name), key=keystore.load_rsa_key(key_name), registry=registry
    )


def parsed_certificate(name: str) -> asn1_x509.Certificate:
    """A kept certificate as pyHanko wants it."""
    der = keystore.load_certificate(name).public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(der)


def _list_authority() -> None:
    """Its entry of the trust list: both certificates, for as long as the root lasts.

    It answers no questions of revocation, so an unanswered one is a warning here and no refusal.
    """
    root, issuing = (keystore.load_certificate(name) for name in (ROOT, ISSUING))
    folder.write(
        "an-sinh-demo",
        name="An Sinh – Chứng thực trình diễn",
        root=root.public_bytes(serialization.Encoding.PEM),
        intermediates=[issuing.public_bytes(serialization.Encoding.PEM)],
        first_day=root.not_valid_before_utc.date(),
        last_day=root.not_valid_after_utc.date(),
        addresses=[],
        unknown="warn",
    )


def _make_authority(*, not_before: datetime) -> None:
    root_key, issuing_key = new_rsa_key(AUTHORITY_BITS), new_rsa_key(AUTHORITY_BITS)
    root = authority_certificate(
        Subject("An Sinh – Gốc trình diễn", _ORGANISATION),
        key=root_key, issuer=None, issuer_key=root_key, not_before=not_before, years=20,
    )  # fmt: skip
    issuing = authority_certificate(
        Subject("An Sinh – Chứng thực trình diễn", _ORGANISATION),
        key=issuing_key, issuer=root, issuer_key=root_key, not_before=not_before, years=15,
    )  # fmt: skip
    keystore.save_key(ROOT, root_key)
    keystore.save_key(ISSUING, issuing_key)
    keystore.save_certificate(ROOT, root)
    keystore.save_certificate(ISSUING, issuing)
    _list_authority()


def _issue(key_name: str, subject: Subject, *, not_before: datetime) -> None:
    try:
        key = keystore.load_rsa_key(key_name)
    except FileNotFoundError:
        key = new_rsa_key(SIGNER_BITS)
        keystore.save_key(key_name, key)
    certificate = signer_certificate(
        subject,
        key=key,
        issuer=keystore.load_certificate(ISSUING),
        issuer_key=keystore.load_rsa_key(ISSUING),
        not_before=not_before,
        years=SIGNER_YEARS,
    )
    keystore.save_certificate(key_name, certificate)


def _still_right(key_name: str, full_name: str, organisation: str, at: datetime) -> bool:
    certificate = keystore.load_certificate(key_name)
    named = Subject(full_name, organisation, _invented_uid(key_name)).name() == certificate.subject
    return named and certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _invented_uid(key_name: str) -> str:
    """A citizen number that cannot be real: no province has the code 999."""
    return f"CCCD:999{int(hashlib.sha256(key_name.encode()).hexdigest(), 16) % 10**9:09d}"


def _check_name(key_name: str) -> None:
    if not _KEY_NAME.fullmatch(key_name) or key_name in {ROOT, ISSUING} or key_name.startswith("trusted-"):
        raise ValueError(f"not a name of a signer's key: {key_name!r}")
