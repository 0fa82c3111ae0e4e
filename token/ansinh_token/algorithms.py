"""How a key signs: RSA with SHA-256, ECDSA on P-256 with SHA-256 and on P-384 with SHA-384."""

from dataclasses import dataclass
from typing import Final

from asn1crypto import keys

LEAST_BITS: Final = 2048
"""Of an RSA key."""
_MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"


@dataclass(frozen=True)
class Algorithm:
    """The hash, the algorithm's names in CMS and in XML signatures, and octets of one number of ECDSA (RSA: 0)."""

    hash_name: str
    cms: str
    xml: str
    number_bytes: int = 0


RSA: Final = Algorithm("sha256", "rsassa_pkcs1v15", f"{_MORE}rsa-sha256")
BY_CURVE: Final = {
    "secp256r1": Algorithm("sha256", "sha256_ecdsa", f"{_MORE}ecdsa-sha256", 32),
    "secp384r1": Algorithm("sha384", "sha384_ecdsa", f"{_MORE}ecdsa-sha384", 48),
}


def algorithm_of(key: keys.PublicKeyInfo) -> Algorithm | None:
    """The algorithm a key of this kind signs by; None for keys we do not take. Raises ValueError for a broken one."""
    if key.algorithm == "rsa":
        return RSA if key.bit_size >= LEAST_BITS else None
    if key.algorithm == "ec":
        kind, curve = key.curve
        return BY_CURVE.get(curve) if kind == "named" else None
    return None
