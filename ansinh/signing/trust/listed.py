"""The trust list as values."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from asn1crypto import x509

from ansinh.platform.zone import local_day


class Purpose(StrEnum):
    """What an authority is believed in."""

    DOCUMENTS = "documents"
    TIME_STAMPS = "time-stamps"


@dataclass(frozen=True, eq=False)
class Authority:
    """One authority: its root, the intermediates we know, from and to which day it is believed, and in what.

    `addresses` are the only OCSP and CRL addresses that may ever be asked for its certificates. `unknown` says
    what an unanswered question of revocation means: a refusal, or a warning.
    """

    name: str
    root: x509.Certificate
    intermediates: tuple[x509.Certificate, ...]
    first_day: date
    last_day: date
    purposes: frozenset[Purpose]
    addresses: frozenset[str]
    unknown: Literal["refuse", "warn"]

    def believed(self, *, at: datetime, purpose: Purpose) -> bool:
        """Whether the list believes it on that day, for that purpose."""
        return purpose in self.purposes and self.first_day <= local_day(at) <= self.last_day


@dataclass(frozen=True, eq=False)
class TrustList:
    """Every authority we believe. `version` changes with any change of the list."""

    authorities: tuple[Authority, ...]
    version: str

    def believed(self, *, at: datetime, purpose: Purpose) -> list[Authority]:
        """The authorities believed on that day, for that purpose."""
        return [one for one in self.authorities if one.believed(at=at, purpose=purpose)]


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, hexadecimal."""
    return hashlib.sha256(certificate.dump()).hexdigest()
