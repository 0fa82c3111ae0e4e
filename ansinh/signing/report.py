"""What the check of a signature found, for people and for programs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ansinh.signing.faults import Finding

UidKind = Literal["MST", "CCCD", "CMND", "HC", ""]
RevocationState = Literal["good", "unknown", "revoked"]


@dataclass(frozen=True)
class ExpectedSigner:
    """Whose signature is wanted: a tax code or a personal number."""

    kind: Literal["MST", "CCCD"]
    number: str


@dataclass(frozen=True)
class Signer:
    """Whom the certificate names. `uid_number` is the tax code or personal number; empty when it has none."""

    common_name: str
    organisation: str = ""
    uid_kind: UidKind = ""
    uid_number: str = ""


@dataclass(frozen=True)
class CertificateFacts:
    """The certificate that was used. `serial` is decimal, as issuers print it may be hexadecimal."""

    serial: str
    issuer: str
    valid_from: datetime
    valid_to: datetime
    sha256: str


@dataclass(frozen=True)
class TimeStamp:
    """Who says when. Only a time-stamp of a trusted authority over this very signature gets here."""

    authority: str
    at: datetime


@dataclass(frozen=True)
class Revocation:
    """What the issuer said of the certificate, where it was read and how old that word is."""

    state: RevocationState
    source: str = ""
    checked_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class SignatureReport:
    """`valid` means: signed by a certificate we trust, for this use, and not one byte changed since.

    `findings` make it invalid; `warnings` are what a careful reader should know. `digest` is SHA-256 of the file.
    """

    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...] = ()
    signer: Signer | None = None
    certificate: CertificateFacts | None = None
    signed_at: datetime | None = None
    timestamp: TimeStamp | None = None
    revocation: Revocation | None = None
    covers_whole_document: bool = False
    digest: str = ""

    @property
    def valid(self) -> bool:
        """No finding at all."""
        return not self.findings


def findings(codes: list[str]) -> tuple[Finding, ...]:
    """Codes as findings, each once, in the order found."""
    return tuple(Finding(code) for code in dict.fromkeys(codes))
