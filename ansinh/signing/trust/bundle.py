"""The certificates a file brings beside the signer's: no digest covers them, so each must stand by itself."""

from collections.abc import Iterable

from asn1crypto import x509

from ansinh.signing.trust.algorithms import signed_by
from ansinh.signing.trust.listed import TrustList, fingerprint


def is_sound(brought: tuple[x509.Certificate, ...], *, listed: TrustList) -> bool:
    """Whether each is one of the list, or signed by one of the list or of those brought."""
    known = [one for authority in listed.authorities for one in (authority.root, *authority.intermediates)]
    prints = {fingerprint(one) for one in known}
    return all(fingerprint(one) in prints or _is_issued(one, [*known, *brought]) for one in brought)


def _is_issued(certificate: x509.Certificate, issuers: Iterable[x509.Certificate]) -> bool:
    return any(
        issuer.subject == certificate.issuer
        and signed_by(
            issuer,
            signature=certificate["signature_value"].native,
            message=certificate["tbs_certificate"].dump(),
            algorithm=certificate["signature_algorithm"],
        )
        for issuer in issuers
    )
