"""What an issuer says of one certificate, whether by OCSP or by a list of revoked certificates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from asn1crypto import x509


class NotBelieved(Exception):
    """The answer is not of this issuer, not about this certificate, stale or badly signed."""


@dataclass(frozen=True)
class Question:
    """Is this certificate of this issuer revoked, as far as that matters at `moment`?"""

    certificate: x509.Certificate
    issuer: x509.Certificate
    moment: datetime


@dataclass(frozen=True)
class Answer:
    """A believed answer. `fresh_until`: after that moment it has to be asked again."""

    kind: Literal["ocsp", "crl"]
    given_at: datetime
    fresh_until: datetime
    revoked_at: datetime | None
