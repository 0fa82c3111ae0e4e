"""The same key as pyHanko wants it."""

from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ansinh.signing.keys.key import SigningKey

_RSA_BYTES = 512
"""The longest signature: RSA of 4096 bits."""


class KeySigner(Signer):
    """Signs CMS with a `SigningKey`."""

    def __init__(self, key: SigningKey) -> None:
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        registry.register_multiple(key.chain)
        super().__init__(signing_cert=key.certificate, cert_registry=registry)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The raw signature over `data`; only SHA-256 is used."""
        if digest_algorithm != "sha256":
            raise ValueError(f"signatures here are made over SHA-256, not {digest_algorithm}")
        return bytes(_RSA_BYTES) if dry_run else self._key.sign(data)
