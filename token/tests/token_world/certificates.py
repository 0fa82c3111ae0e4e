"""An authority of the tests and the certificates it gives to invented people."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
YEAR = timedelta(days=365)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def new_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """A fresh key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def name(common_name: str, organisation: str = "", uid: str = "") -> x509.Name:
    """A name as authorities in Vietnam write it."""
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, organisation),
             (NameOID.COMMON_NAME, common_name), (NameOID.USER_ID, uid)]  # fmt: skip
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts if value])


def usage(*allowed: str) -> x509.KeyUsage:
    """A key usage with these bits."""
    bits = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{bit: bit in allowed for bit in bits})


@dataclass
class Authority:
    """Signs certificates; its own is `certificate`."""

    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    subject: x509.Name = field(default_factory=lambda: name("CA Thử nghiệm", "Nhà cung cấp Thử nghiệm"))

    def __post_init__(self) -> None:
        self.certificate = self._certificate(self.subject, self.key, usage("key_cert_sign", "crl_sign"), ca=True)

    def issue(
        self,
        *,
        key: Key,
        subject: x509.Name | None = None,
        allowed: tuple[str, ...] = ("digital_signature", "content_commitment"),
        until: datetime = NOW + YEAR,
        ca: bool = False,
    ) -> bytes:
        """A certificate, DER."""
        person = subject or name("Nguyễn Thị Hoa", uid="CCCD:999123456789")
        made = self._certificate(person, key, usage(*allowed), ca=ca, until=until)
        return made.public_bytes(serialization.Encoding.DER)

    def _certificate(
        self,
        subject: x509.Name,
        key: Key,
        allowed: x509.KeyUsage,
        *,
        ca: bool,
        until: datetime = NOW + 2 * YEAR,
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - 2 * YEAR)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(allowed, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        return builder.sign(self.key, hashes.SHA256())
