"""The same key as pyHanko wants it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from asn1crypto import cms, tsp, x509
from pyhanko.sign.attributes import CMSAttributeProvider, SigningCertificateV2Provider
from pyhanko.sign.general import as_signing_certificate_v2
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

    async def signed_attrs(self, *given: Any, **named: Any) -> cms.CMSAttributes:
        """The attributes that are signed, in their encoding: asn1crypto encodes what it was given in parts anew, twice
        at every level, whenever any of it is asked for.
        """
        return cms.CMSAttributes.load((await super().signed_attrs(*given, **named)).dump())

    def _signed_attr_providers(self, *given: Any, **named: Any) -> Iterator[CMSAttributeProvider]:
        for one in super()._signed_attr_providers(*given, **named):
            yield _OwnCertificate(one.signing_cert) if isinstance(one, SigningCertificateV2Provider) else one


class _OwnCertificate(SigningCertificateV2Provider):
    """pyHanko's, in its encoding: the deepest of the attributes, and the same in every signature of a signer."""

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        return tsp.SigningCertificateV2.load(_named(self.signing_cert.dump()))


@lru_cache(maxsize=512)
def _named(certificate: bytes) -> bytes:
    encoded: bytes = as_signing_certificate_v2(x509.Certificate.load(certificate)).dump()
    return encoded
