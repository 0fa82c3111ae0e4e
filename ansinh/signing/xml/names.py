"""Names of XML signatures, and the algorithms we accept in them."""

from typing import Final

DS: Final = "http://www.w3.org/2000/09/xmldsig#"
PROPERTIES: Final = "http://example.org/#signatureProperties"
"""The namespace real I-VAN files give the signing time; it is no XAdES."""
SIGNATURE: Final = f"{{{DS}}}Signature"

C14N: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
CANONICAL: Final[dict[str, bool]] = {C14N: False, EXCLUSIVE: True}
"""Canonical forms we accept, both without comments, and whether each is the exclusive one."""
ENVELOPED: Final = f"{DS}enveloped-signature"

SIGNATURE_METHODS: Final[dict[str, tuple[str, str]]] = {
    f"http://www.w3.org/2001/04/xmldsig-more#{name}-{hash_name}": (scheme, hash_name)
    for name, scheme in (("rsa", "rsassa_pkcs1v15"), ("ecdsa", "ecdsa"))
    for hash_name in ("sha256", "sha384", "sha512")
} | {
    f"http://www.w3.org/2007/05/xmldsig-more#{hash_name}-rsa-MGF1": ("rsassa_pss", hash_name)
    for hash_name in ("sha256", "sha384", "sha512")
}
"""Address to scheme and hash. HMAC, DSA, MD5 and SHA-1 are not among them."""
DIGEST_METHODS: Final[dict[str, str]] = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_OF_CURVE: Final[dict[str, str]] = {
    curve: f"http://www.w3.org/2001/04/xmldsig-more#ecdsa-{hash_name}"
    for curve, hash_name in (("secp256r1", "sha256"), ("secp384r1", "sha384"), ("secp521r1", "sha512"))
}
"""What we sign with a key on this curve: a hash as strong as the curve."""


def ds(name: str) -> str:
    """A name in the namespace of XML signatures."""
    return f"{{{DS}}}{name}"
