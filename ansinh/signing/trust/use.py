"""What a certificate was issued for."""

from typing import Final

from asn1crypto import x509

from ansinh.signing.trust.listed import Purpose

SIGNING_USES: Final = frozenset({
    "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
    "1.3.6.1.4.1.311.10.3.12",  # document signing, Microsoft
    "1.2.840.113583.1.1.5",  # PDF signing, Adobe
    "1.3.6.1.5.5.7.3.4",  # e-mail protection: public authorities of Vietnam write this and the next
    "1.3.6.1.5.5.7.3.2",  # client authentication
    "2.5.29.37.0",  # any
})  # fmt: skip
TIME_STAMPING: Final = "1.3.6.1.5.5.7.3.8"
OCSP_SIGNING: Final = "1.3.6.1.5.5.7.3.9"


def may(certificate: x509.Certificate, purpose: Purpose) -> bool:
    """Whether key use, extended key use and basic constraints permit the purpose."""
    if certificate.ca:
        return False
    usage = certificate.key_usage_value
    if usage is not None and not {"digital_signature", "non_repudiation"} & usage.native:
        return False
    extended = extended_uses(certificate)
    if purpose is Purpose.TIME_STAMPS:  # RFC 3161, 2.3: this use and no other
        return extended == {TIME_STAMPING}
    return extended is None or bool(extended & SIGNING_USES)


def extended_uses(certificate: x509.Certificate) -> set[str] | None:
    """The object identifiers of extended key use; None where the certificate does not limit it."""
    value = certificate.extended_key_usage_value
    return None if value is None else {one.dotted for one in value}
