"""Whom a certificate names. The tax code or personal number stands in UID (0.9.2342.19200300.100.1.1)."""

import re
from typing import Final, get_args

from asn1crypto import x509

from ansinh.signing.report import CertificateFacts, ExpectedSigner, Signer, UidKind
from ansinh.signing.trust.listed import fingerprint

_UID: Final = re.compile(r"\s*(MST|CCCD|CMND|HC)\s*:\s*(\S.*?)\s*", re.IGNORECASE)
_KINDS: Final[dict[str, UidKind]] = {kind: kind for kind in get_args(UidKind)}
_UNTIDY: Final = re.compile(r"[\s.\-]")


def signer_of(certificate: x509.Certificate) -> Signer:
    """Common name, organisation and the first UID of the subject."""
    uids = _uids(certificate)
    kind, number = uids[0] if uids else ("", "")
    return Signer(
        common_name=_first(certificate.subject, "common_name"),
        organisation=_first(certificate.subject, "organization_name"),
        uid_kind=_KINDS[kind],
        uid_number=number,
    )


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Serial, issuer, days, digest. Old certificates with a zero or negative serial number have facts too."""
    return CertificateFacts(
        serial=str(certificate.serial_number),
        issuer=_first(certificate.issuer, "common_name") or _first(certificate.issuer, "organization_name"),
        valid_from=certificate.not_valid_before,
        valid_to=certificate.not_valid_after,
        sha256=fingerprint(certificate),
    )


def is_of(certificate: x509.Certificate, expected: ExpectedSigner) -> bool:
    """Whether one of the subject's UIDs is that very number; an old nine-digit CMND is no CCCD."""
    return (expected.kind, _UNTIDY.sub("", expected.number)) in _uids(certificate)


def _uids(certificate: x509.Certificate) -> list[tuple[str, str]]:
    found = (_UID.fullmatch(value) for value in _all(certificate.subject, "user_id"))
    return [(match[1].upper(), _UNTIDY.sub("", match[2])) for match in found if match]


def _all(name: x509.Name, attribute: str) -> list[str]:
    return [
        str(one["value"].native)
        for rdn in name.chosen
        for one in rdn
        if one["type"].native == attribute and isinstance(one["value"].native, str)
    ]


def _first(name: x509.Name, attribute: str) -> str:
    values = _all(name, attribute)
    return values[0] if values else ""
