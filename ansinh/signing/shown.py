"""What a signature shows before anybody is believed: found by the reader of PDF or XML, weighed by verdict.py."""

from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import x509

from ansinh.signing.trust.revocation import Material


@dataclass(frozen=True)
class Token:
    """A time-stamp whose digest and own signature are right; whether its authority is believed is not said here."""

    at: datetime
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True)
class Shown:
    """One signature. `codes` and `warnings` are what arithmetic found; `claimed_at` is the signer's own word."""

    codes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    certificate: x509.Certificate | None = None
    material: Material = field(default_factory=Material)
    claimed_at: datetime | None = None
    token: Token | None = None
