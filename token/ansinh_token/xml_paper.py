"""An XML signature's SignedInfo (XMLDSig, the I-VAN profile): one reference, whose digest is of the shown document.

The portal sends the canonical octets of the document, as the reference's transforms give them, and the
canonical octets of SignedInfo: this program canonicalises nothing and needs no XML of the document.
"""

import base64
import binascii
import hmac
from typing import Final
from xml.etree import ElementTree

from ansinh_token.algorithms import RSA, Algorithm
from ansinh_token.papers import Paper, sha256
from ansinh_token.refusals import Refused

_DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_D: Final = f"{{{_DS}}}"
CANONICAL: Final = frozenset(
    {"http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11"}
)
ENVELOPED: Final = f"{_DS}enveloped-signature"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
MOST_SIGNED_INFO: Final = 8 * 1024


def read_xml(document: bytes, signed_info: bytes, *, algorithm: Algorithm = RSA) -> Paper:
    """The document as a paper, bound to this SignedInfo, which names the key's algorithm. Raises Refused."""
    digest = sha256(document)
    try:
        document.decode("utf-8")
        right = hmac.compare_digest(_referenced_digest(signed_info, algorithm), digest)
    except (ValueError, LookupError, ElementTree.ParseError, binascii.Error) as wrong:
        raise Refused("not-a-signable-xml") from wrong
    if not document or not right:
        raise Refused("not-a-signable-xml")
    return Paper(kind="xml", shown=document, digest=digest, signed_info=signed_info)


def _referenced_digest(signed_info: bytes, algorithm: Algorithm) -> bytes:
    if len(signed_info) > MOST_SIGNED_INFO or b"<!" in signed_info or b"<?" in signed_info:
        raise ValueError("no canonical SignedInfo")
    root = ElementTree.fromstring(signed_info)  # noqa: S314 - small, and without any declaration
    method, signature, reference = _children(
        root, "SignedInfo", "CanonicalizationMethod", "SignatureMethod", "Reference"
    )
    transforms, digest_method, digest_value = _children(
        reference, "Reference", "Transforms", "DigestMethod", "DigestValue"
    )
    used = [one.attrib["Algorithm"] for one in transforms if one.tag == f"{_D}Transform" and not len(one)]
    if (
        method.attrib["Algorithm"] not in CANONICAL
        or signature.attrib["Algorithm"] != algorithm.xml
        or digest_method.attrib["Algorithm"] != SHA256
        or len(used) != len(transforms)
        or not used
        or used[0] != ENVELOPED
        or not set(used[1:]) <= CANONICAL
        or any(len(one) for one in (method, signature, digest_method, digest_value))
    ):
        raise ValueError("another profile")
    return base64.b64decode(digest_value.text or "", validate=True)


def _children(parent: ElementTree.Element, name: str, *names: str) -> list[ElementTree.Element]:
    found = list(parent)
    if parent.tag != _D + name or [one.tag for one in found] != [_D + one for one in names]:
        raise ValueError(f"no {name} of the profile")
    return found
