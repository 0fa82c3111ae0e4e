"""XML signatures as other programs make them, with their habits, written by hand and signed with real keys."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from tests.signing.pki import Holder

C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


@dataclass(frozen=True)
class Habits:
    """How a program signs. The defaults are those of the profile."""

    identifier: str = "sig"
    uri: str = ""
    transforms: tuple[str, ...] = (f'<Transform Algorithm="{ENVELOPED}"/>',)
    canonical: str = C14N
    method: str = f"{MORE}rsa-sha256"
    digest_method: str = SHA256
    more_references: str = ""
    objects: str = ""
    document: bytes = b"<Hoso><MaSoThue>0301234567</MaSoThue><CKy_Dvi>@</CKy_Dvi></Hoso>"


def crafted(holder: Holder, habits: Habits, *, digested: bytes | None = None) -> bytes:
    """The document with the signature in the place of "@"; `digested`: octets to digest instead of the document."""
    octets = canonical(habits.document.replace(b"@", b"")) if digested is None else digested
    exclusive = "exc-c14n" in habits.canonical
    digest = hashlib.new("sha1" if habits.digest_method.endswith("sha1") else "sha256", octets).digest()
    info = (
        '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">'
        f'<CanonicalizationMethod Algorithm="{habits.canonical}"/><SignatureMethod Algorithm="{habits.method}"/>'
        f'<Reference URI="{habits.uri}"><Transforms>{"".join(habits.transforms)}</Transforms>'
        f'<DigestMethod Algorithm="{habits.digest_method}"/><DigestValue>{text(digest)}</DigestValue></Reference>'
        f"{habits.more_references}</SignedInfo>"
    )
    value = _value(holder, canonical(info.encode(), exclusive=exclusive), habits.method)
    key_info = f"<X509Data><X509Certificate>{text(holder.certificate.dump())}</X509Certificate></X509Data>"
    signature = (
        f'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="{habits.identifier}">'
        f"{info}<SignatureValue>{text(value)}</SignatureValue><KeyInfo>{key_info}</KeyInfo>{habits.objects}</Signature>"
    )
    return habits.document.replace(b"@", signature.encode())


def canonical(content: bytes, *, exclusive: bool = False) -> bytes:
    """The canonical form by lxml, of a whole document."""
    return etree.tostring(etree.fromstring(content), method="c14n", exclusive=exclusive, with_comments=False)


def text(value: bytes) -> str:
    """In base64."""
    return base64.b64encode(value).decode()


def _value(holder: Holder, message: bytes, method: str) -> bytes:
    if "hmac" in method:  # with what everybody knows: the certificate's key
        known = hmac.HMAC(x509.Certificate.load(holder.certificate.dump()).public_key.dump(), hashes.SHA256())
        known.update(message)
        return known.finalize()
    sha: Any = hashes.SHA1() if method.endswith("sha1") else hashes.SHA256()
    if isinstance(holder.key, rsa.RSAPrivateKey):
        pss = padding.PSS(padding.MGF1(sha), padding.PSS.DIGEST_LENGTH)
        return holder.key.sign(message, pss if "MGF1" in method else padding.PKCS1v15(), sha)
    r, s = decode_dss_signature(holder.key.sign(message, ec.ECDSA(sha)))
    size = (holder.key.curve.key_size + 7) // 8
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")
