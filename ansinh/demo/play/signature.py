"""The certificate of an invented organisation, and a document signed with it, as the organisation's program would."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ansinh.signing.authority import ISSUING, issuer, list_address
from ansinh.signing.certificates import YEAR, Subject, new_rsa_key, signer_certificate
from ansinh.signing.models import SigningOffer
from ansinh.signing.offers.external import ApplicantSigner
from ansinh.signing.offers.make import offered_bytes
from ansinh.signing.offers.xml import SIGNATURE_PATH
from ansinh.signing.xml.sign import sign_xml

BITS: Final = 2048


class OrganisationSigner:
    """A key with the certificate of an organisation: what `sign_xml` wants."""

    def __init__(self, *, name: str, tax_code: str, at: datetime) -> None:
        self._key = _key()
        made = signer_certificate(
            Subject(name, name, f"MST:{tax_code.replace('-', '')}"), public_key=self._key.public_key(),
            issuer=issuer(ISSUING), not_before=at - YEAR, years=3, list_at=list_address(ISSUING),
        )  # fmt: skip
        self.certificate = made.public_bytes(serialization.Encoding.DER)
        self.issuer = issuer(ISSUING).certificate.public_bytes(serialization.Encoding.DER)

    @property
    def private(self) -> PrivateKeyInfo:
        """The key as signing programs take it."""
        der, nothing = serialization.Encoding.DER, serialization.NoEncryption()
        return PrivateKeyInfo.load(self._key.private_bytes(der, serialization.PrivateFormat.PKCS8, nothing))

    def sign(self, data: bytes) -> bytes:
        """RSA, PKCS #1 v1.5, SHA-256."""
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def signed(offer: SigningOffer, signer: OrganisationSigner, *, at: datetime) -> bytes:
    """The offered XML with the organisation's signature."""
    return sign_xml(offered_bytes(offer), signer=signer, at=at + timedelta(minutes=1), path=SIGNATURE_PATH)


def signed_pdf(pdf: bytes, signer: OrganisationSigner, *, at: datetime) -> bytes:
    """A PDF that the office offered, with the organisation's signature in its field."""
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register(asn1.Certificate.load(signer.issuer))
    simple = SimpleSigner(
        signing_cert=asn1.Certificate.load(signer.certificate), signing_key=signer.private, cert_registry=registry
    )
    made = ApplicantSigner(simple, at=at + timedelta(minutes=1)).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return bytes(made.getvalue())


@cache
def _key() -> rsa.RSAPrivateKey:
    return new_rsa_key(BITS)
