"""X.509 certificates and revocation lists of the demonstration authority.

Subjects in Vietnamese, UID as public authorities write it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

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


@lru_cache(maxsize=256)
def rsa_key_of(pem: bytes) -> rsa.RSAPrivateKey:
    """The RSA key of a PEM file's content, kept parsed: to read one takes as long as thirty signatures. Raises
    TypeError for another kind of key.
    """
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the file holds no RSA key")
    return key


@dataclass(frozen=True)
class Issuer:
    """Who issues: a certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def authority_certificate(
    subject: Subject,
    *,
    key: rsa.RSAPrivateKey,
    issuer: Issuer | None,
    not_before: datetime,
    years: int,
    list_at: str = "",
) -> x509.Certificate:
    """A certificate that may sign certificates; its own issuer when `issuer` is None. `list_at`: see below."""
    builder = _begin(
        subject,
        public_key=key.public_key(),
        issuer=issuer.certificate.subject if issuer else subject.name(),
        issuer_key=issuer.key if issuer else key,
        not_before=not_before,
        years=years,
        list_at=list_at,
    )
    builder = builder.add_extension(
        x509.BasicConstraints(ca=True, path_length=0 if issuer else None), critical=True
    ).add_extension(_usage(certificates=True), critical=True)
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def signer_certificate(
    subject: Subject, *, public_key: rsa.RSAPublicKey, issuer: Issuer, not_before: datetime, years: int,
    list_at: str = "",
) -> x509.Certificate:  # fmt: skip
    """A certificate for signing documents and nothing else. `list_at`: where its issuer publishes whom it revoked."""
    builder = _of_end(
        subject, public_key=public_key, issuer=issuer, not_before=not_before, years=years, list_at=list_at
    )
    return builder.add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False).sign(
        issuer.key, hashes.SHA256()
    )


def timestamp_certificate(
    subject: Subject, *, public_key: rsa.RSAPublicKey, issuer: Issuer, not_before: datetime, years: int,
    list_at: str = "",
) -> x509.Certificate:  # fmt: skip
    """A certificate for stamping time and nothing else (RFC 3161, 2.3: the extension is critical and alone)."""
    builder = _of_end(
        subject, public_key=public_key, issuer=issuer, not_before=not_before, years=years, list_at=list_at
    )
    return builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True).sign(
        issuer.key, hashes.SHA256()
    )


def revocation_list(
    issuer: Issuer, *, number: int, revoked: Mapping[int, datetime], this_update: datetime, next_update: datetime
) -> x509.CertificateRevocationList:
    """The list of an issuer; `revoked` are serial numbers with their moments."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(this_update)
        .next_update(next_update)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    for serial, moment in revoked.items():
        row = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
        builder = builder.add_revoked_certificate(row)
    return builder.sign(issuer.key, hashes.SHA256())


def crl_addresses(certificate: x509.Certificate) -> list[str]:
    """Where the certificate says that its issuer publishes whom it revoked."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return []
    return [str(name.value) for point in points for name in point.full_name or ()]


def _of_end(
    subject: Subject, *, public_key: rsa.RSAPublicKey, issuer: Issuer, not_before: datetime, years: int, list_at: str
) -> x509.CertificateBuilder:
    return (
        _begin(
            subject,
            public_key=public_key,
            issuer=issuer.certificate.subject,
            issuer_key=issuer.key,
            not_before=not_before,
            years=years,
            list_at=list_at,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
    )


def _begin(
    subject: Subject,
    *,
    public_key: rsa.RSAPublicKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    not_before: datetime,
    years: int,
    list_at: str,
) -> x509.CertificateBuilder:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject.name())
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_before + years * YEAR)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not list_at:
        return builder
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(list_at)], None, None, None)
    return builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)


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
