"""The authorities we believe, for somebody who checks papers without us."""

from datetime import datetime

from asn1crypto import pem

from ansinh.signing.trust.folder import trust_list
from ansinh.signing.trust.listed import Authority


def trusted_pem(*, at: datetime) -> bytes:
    """The authorities believed on that day, for documents or for time-stamps, as PEM with their names as remarks.

    Each root with its intermediates: certificates of XML signatures come alone.
    """
    listed = [one for one in trust_list().authorities if any(one.believed(at=at, purpose=use) for use in one.purposes)]
    return b"".join(f"# {one.name}\n".encode() + _armored(one) for one in listed)


def _armored(authority: Authority) -> bytes:
    return b"".join(pem.armor("CERTIFICATE", one.dump()) for one in (authority.root, *authority.intermediates))
