"""The algorithms we accept (RSA from 2048 bits, ECDSA on P-256, P-384, P-521; SHA-2), and raw signatures."""

from functools import lru_cache
from typing import Final

from asn1crypto import algos, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
LEAST_RSA_BITS: Final = 2048
MOST_RSA_BITS: Final = 8192
"""A longer key only costs the reader time."""
CURVES: Final = frozenset({"secp256r1", "secp384r1", "secp521r1"})
HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512(),
}  # fmt: skip


def public_key(certificate: x509.Certificate) -> PublicKey | None:
    """The certificate's key when it is one we accept, else None."""
    return _key(certificate.public_key.dump())


def holds(key: PublicKey, signature: bytes, message: bytes, *, hash_name: str, scheme: str) -> bool:
    """Whether `key` made `signature` over `message`. `scheme`: "rsassa_pkcs1v15", "rsassa_pss" or "ecdsa" (DER)."""
    algorithm = HASHES[hash_name]
    try:
        if isinstance(key, rsa.RSAPublicKey) and scheme == "rsassa_pkcs1v15":
            key.verify(signature, message, padding.PKCS1v15(), algorithm)
        elif isinstance(key, rsa.RSAPublicKey) and scheme == "rsassa_pss":
            key.verify(signature, message, padding.PSS(padding.MGF1(algorithm), padding.PSS.DIGEST_LENGTH), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and scheme == "ecdsa":
            key.verify(signature, message, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def signed_by(
    issuer: x509.Certificate, *, signature: bytes, message: bytes, algorithm: algos.SignedDigestAlgorithm
) -> bool:
    """Whether the issuer's key made this signature, by an algorithm we accept."""
    key = public_key(issuer)
    try:
        hash_name, scheme = algorithm.hash_algo, algorithm.signature_algo
    except ValueError:
        return False
    if key is None or hash_name not in HASHES:
        return False
    return holds(key, signature, message, hash_name=hash_name, scheme=scheme)


def is_strong(certificate: x509.Certificate) -> bool:
    """Whether key and issuer's signature of a certificate are of algorithms we accept."""
    try:
        hash_name = certificate["signature_algorithm"].hash_algo
    except ValueError:
        return False
    return hash_name in HASHES and public_key(certificate) is not None


@lru_cache(maxsize=1024)
def _key(spki: bytes) -> PublicKey | None:
    try:
        key = serialization.load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(key, rsa.RSAPublicKey):
        return key if LEAST_RSA_BITS <= key.key_size <= MOST_RSA_BITS else None
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key if key.curve.name in CURVES else None
    return None
