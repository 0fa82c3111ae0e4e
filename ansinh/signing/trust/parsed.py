"""Certificates read once: read to their last part before anybody shares them, because asn1crypto reads lazily."""

from functools import lru_cache
from typing import Final

from asn1crypto import x509

MALFORMED: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What asn1crypto raises about a stranger's certificate."""


@lru_cache(maxsize=4096)
def parsed(der: bytes) -> x509.Certificate:
    """The certificate; zero and negative serial numbers of old ones are read too. Raises one of MALFORMED."""
    certificate = x509.Certificate.load(der, strict=True)
    certificate.native  # noqa: B018 - reads every part
    return certificate
