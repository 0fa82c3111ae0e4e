"""The certificate of an invented organisation, and a document signed with it, as the organisation's program would."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ansinh.signing.authority import ISSUING, issuer, list_address
from ansinh.signing.certificates import YEAR, Subject, new_rsa_key, signer_certificate
from ansinh.signing.models import SigningOffer
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

    def sign(self, data: bytes) -> bytes:
        """RSA, PKCS #1 v1.5, SHA-256."""
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def signed(offer: SigningOffer, signer: OrganisationSigner, *, at: datetime) -> bytes:
    """The offered XML with the organisation's signature."""
    return sign_xml(offered_bytes(offer), signer=signer, at=at + timedelta(minutes=1), path=SIGNATURE_PATH)


@cache
def _key() -> rsa.RSAPrivateKey:
    return new_rsa_key(BITS)
