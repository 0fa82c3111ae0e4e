"""The roots we believe, for somebody who checks papers without us."""

from datetime import datetime

from asn1crypto import pem

from ansinh.signing.trust.folder import trust_list


def trusted_pem(*, at: datetime) -> bytes:
    """The roots believed on that day, for documents or for time-stamps, as PEM with their names as remarks."""
    listed = [one for one in trust_list().authorities if any(one.believed(at=at, purpose=use) for use in one.purposes)]
    return b"".join(f"# {one.name}\n".encode() + pem.armor("CERTIFICATE", one.root.dump()) for one in listed)
