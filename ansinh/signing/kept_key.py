"""pyHanko's signer with a key that stays parsed: reading an RSA key anew would double a signature's time."""

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import CertificateStore


class KeptKeySigner(Signer):
    """Signs with one RSA key (PKCS #1 v1.5, SHA-256) held in memory."""

    def __init__(self, *, certificate: x509.Certificate, key: rsa.RSAPrivateKey, registry: CertificateStore) -> None:
        super().__init__(signing_cert=certificate, cert_registry=registry)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The raw signature over `data`; only SHA-256 is used."""
        if digest_algorithm != "sha256":
            raise ValueError(f"signatures here are made over SHA-256, not {digest_algorithm}")
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
