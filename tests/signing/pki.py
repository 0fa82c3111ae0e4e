"""An authority of the tests' own, its certificates of every kind, and signers that hold them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from ansinh.signing.certificates import DOCUMENT_SIGNING, YEAR, Issuer, Subject, authority_certificate
from ansinh.signing.trust import folder
from tests.signing.papers import AT

TAX_CODE = "0301234567"
COMPANY = "Công ty TNHH Minh Hoạ"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def rsa_key(number: int = 0, bits: int = 2048) -> rsa.RSAPrivateKey:
    """One of a few keys, made once a run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True)
class Holder:
    """A signer as `sign_xml` wants it."""

    certificate: asn1.Certificate
    chain: tuple[asn1.Certificate, ...]
    key: Key

    def sign(self, data: bytes) -> bytes:
        """RSA, PKCS #1 v1.5, SHA-256; ECDSA in DER by the hash of its curve."""
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(data, ec.ECDSA(hashes.SHA384() if self.key.key_size == 384 else hashes.SHA256()))
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True)
class Wanted:
    """What a certificate should be like; the defaults are those of a company's good one."""

    uid: str = f"MST:{TAX_CODE}"
    name: str = COMPANY
    first: datetime = AT - YEAR
    last: datetime = AT + YEAR
    uses: tuple[x509.ObjectIdentifier, ...] = (DOCUMENT_SIGNING,)
    signs: bool = True
    ocsp: str = ""
    crl: str = ""
    serial: int = 0


class Pki:
    """A root, an issuing authority, and whatever they sign."""

    def __init__(self, name: str = "CA thử") -> None:
        self.root_key, self.issuing_key = rsa_key(101), rsa_key(102)
        first = AT - 3 * YEAR
        root, issuing = Subject(f"{name} gốc", name), Subject(f"{name} cấp", name)
        self.root = authority_certificate(root, key=self.root_key, issuer=None, not_before=first, years=20)
        self.issuing = authority_certificate(
            issuing, key=self.issuing_key, issuer=Issuer(self.root, self.root_key), not_before=first, years=15
        )

    def put_on_the_list(self, slug: str = "test", **changes: Any) -> None:
        """Believe this authority from its first day."""
        entry: dict[str, Any] = {
            "name": "CA thử", "root": pem(self.root), "intermediates": [pem(self.issuing)],
            "first_day": (AT - 3 * YEAR).date(), "last_day": (AT + 9 * YEAR).date(), "addresses": [], "unknown": "warn",
        }  # fmt: skip
        folder.write(slug, **(entry | changes))

    def certificate(self, wanted: Wanted, key: Key) -> x509.Certificate:
        """A signer's certificate."""
        names = Subject(wanted.name, COMPANY, wanted.uid)
        builder = (
            x509.CertificateBuilder()
            .subject_name(names.name())
            .issuer_name(self.issuing.subject)
            .public_key(key.public_key())
            .serial_number(wanted.serial or x509.random_serial_number())
            .not_valid_before(wanted.first)
            .not_valid_after(wanted.last)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage(signs=wanted.signs), critical=True)
        )
        if wanted.uses:
            critical = wanted.uses == (ExtendedKeyUsageOID.TIME_STAMPING,)
            builder = builder.add_extension(x509.ExtendedKeyUsage(wanted.uses), critical=critical)
        if wanted.ocsp:
            place = x509.UniformResourceIdentifier(wanted.ocsp)
            one = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
            builder = builder.add_extension(x509.AuthorityInformationAccess([one]), critical=False)
        if wanted.crl:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(wanted.crl)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return builder.sign(self.issuing_key, hashes.SHA256())

    def holder(self, key: Key | None = None, **wanted: Any) -> Holder:
        """A signer with a certificate of this kind."""
        key = key or rsa_key()
        return Holder(parsed(self.certificate(Wanted(**wanted), key)), (parsed(self.issuing),), key)

    def with_serial(self, holder: Holder, serial: int) -> Holder:
        """The same signer with a serial number today's libraries refuse to write."""
        body = asn1.TbsCertificate.load(holder.certificate["tbs_certificate"].dump())
        body["serial_number"] = serial
        signature = self.issuing_key.sign(body.dump(force=True), padding.PKCS1v15(), hashes.SHA256())
        made = asn1.Certificate({
            "tbs_certificate": body,
            "signature_algorithm": holder.certificate["signature_algorithm"],
            "signature_value": signature,
        })  # fmt: skip
        return Holder(asn1.Certificate.load(made.dump()), holder.chain, holder.key)


def usage(*, signs: bool) -> x509.KeyUsage:
    """Digital signature and non-repudiation, or encipherment alone."""
    return x509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=not signs, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def pem(certificate: x509.Certificate) -> bytes:
    """The certificate as a file of the trust list has it."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def parsed(certificate: x509.Certificate) -> asn1.Certificate:
    """The certificate as our own code reads it."""
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def revocation_list(pki: Pki, serials: dict[int, datetime], **changes: Any) -> bytes:
    """A list of revoked certificates of that issuer, in DER."""
    wanted: dict[str, Any] = {"given": AT - timedelta(days=1), "until": AT + timedelta(days=6), "key": pki.issuing_key}
    wanted |= changes
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(wanted.get("issuer", pki.issuing.subject))
        .last_update(wanted["given"])
        .next_update(wanted["until"])
    )
    for serial, moment in serials.items():
        one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
        builder = builder.add_revoked_certificate(one)
    for extension in wanted.get("extensions", ()):
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(wanted["key"], hashes.SHA256()).public_bytes(serialization.Encoding.DER)
