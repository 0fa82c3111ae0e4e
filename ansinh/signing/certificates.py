"""X.509 certificates of the demonstration authority (subjects in Vietnamese, UID as public authorities write it)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

YEAR: Final = timedelta(days=365)
DOCUMENT_SIGNING: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""RFC 9336."""


@dataclass(frozen=True)
class Subject:
    """Whom a certificate names. `uid` is "CCCD:…" for a person, "MST:…" for an organisation, or empty."""

    common_name: str
    organisation: str
    uid: str = ""

    def name(self) -> x509.Name:
        """The distinguished name, UTF-8."""
        attributes = [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, self.organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, self.common_name[:64]),
        ]
        if self.uid:
            attributes.append(x509.NameAttribute(NameOID.USER_ID, self.uid))
        return x509.Name(attributes)


def new_rsa_key(bits: int) -> rsa.RSAPrivateKey:
    """A fresh RSA key with the usual exponent."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def authority_certificate(
    subject: Subject,
    *,
    key: rsa.RSAPrivateKey,
    issuer: x509.Certificate | None,
    issuer_key: rsa.RSAPrivateKey,
    not_before: datetime,
    years: int,
) -> x509.Certificate:
    """A certificate that may sign certificates; its own issuer when `issuer` is None."""
    builder = _begin(subject, key=key, issuer=issuer, issuer_key=issuer_key, not_before=not_before, years=years)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=True, path_length=0 if issuer else None), critical=True
    ).add_extension(_usage(certificates=True), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def signer_certificate(
    subject: Subject,
    *,
    key: rsa.RSAPrivateKey,
    issuer: x509.Certificate,
    issuer_key: rsa.RSAPrivateKey,
    not_before: datetime,
    years: int,
) -> x509.Certificate:
    """A certificate for signing documents and nothing else."""
    builder = _begin(subject, key=key, issuer=issuer, issuer_key=issuer_key, not_before=not_before, years=years)
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _begin(
    subject: Subject,
    *,
    key: rsa.RSAPrivateKey,
    issuer: x509.Certificate | None,
    issuer_key: rsa.RSAPrivateKey,
    not_before: datetime,
    years: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject.name())
        .issuer_name(issuer.subject if issuer else subject.name())
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_before + years * YEAR)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
