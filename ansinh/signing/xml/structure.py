"""The parts of one XML signature, read strictly: exactly what the profile allows, in its order, and nothing twice.

Tolerated because real files have it, and because it lies outside of what is signed: `Object` in no namespace, an
`Id` that is no XML name, references to the signature's own `Object` that a .NET library digested its own way.
"""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from asn1crypto import x509
from lxml import etree

from ansinh.signing.trust.parsed import MALFORMED, parsed
from ansinh.signing.xml.names import CANONICAL, DIGEST_METHODS, ENVELOPED, SIGNATURE, SIGNATURE_METHODS, ds

ID_NAMES: Final = frozenset({"Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id"})
MOST_REFERENCES: Final = 4
MOST_CERTIFICATES: Final = 5
_BASE64: Final = re.compile(r"[A-Za-z0-9+/=\s]*")


class Wrong(Exception):
    """The signature is not of the profile; the first argument is a code of faults.py."""


@dataclass(frozen=True)
class Reference:
    """One digest, what it is of ("" or "#id"), and the canonical form it was taken over."""

    uri: str
    hash_name: str
    digest: bytes
    exclusive: bool
    enveloped: bool


@dataclass(frozen=True)
class Parts:
    """The one signature of a document."""

    element: etree._Element
    signed_info: etree._Element
    exclusive: bool
    scheme: str
    hash_name: str
    value: bytes
    document: Reference
    others: tuple[Reference, ...]
    certificates: tuple[x509.Certificate, ...]
    key_value: tuple[int, int] | None


def parts_of(root: etree._Element, *, path: str) -> Parts:
    """The signature under `root`, at `path` (names from the root, "Hoso/CKy_Dvi"; empty: any holder of its own).

    Raises Wrong.
    """
    _refuse_remarks(root)
    element = _only_signature(root)
    _check_place(element, root, path=path)
    _refuse_duplicate_ids(root)
    signed_info, value, key_info = _children(element)
    method, references = _signed_info(signed_info)
    document, others = _sorted_references(references, root)
    if signed_info[1].get("Algorithm", "") not in SIGNATURE_METHODS:
        raise Wrong("weak-algorithm")
    scheme, hash_name = SIGNATURE_METHODS[signed_info[1].get("Algorithm", "")]
    return Parts(
        element=element, signed_info=signed_info, exclusive=method, scheme=scheme, hash_name=hash_name,
        value=_base64(value), document=document, others=others,
        certificates=_certificates(key_info), key_value=_key_value(key_info),
    )  # fmt: skip


def _refuse_remarks(root: etree._Element) -> None:
    """Comments would cut a text in two for a careless reader; processing instructions have no place in a file."""
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    if outside or next(root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity), None) is not None:
        raise Wrong("forbidden-xml")


def _only_signature(root: etree._Element) -> etree._Element:
    found = list(root.iter(SIGNATURE))
    if not found:
        raise Wrong("unsigned")
    if len(found) > 1:
        raise Wrong("several-signatures")
    return found[0]


def _check_place(element: etree._Element, root: etree._Element, *, path: str) -> None:
    holder = element.getparent()
    if holder is None:
        raise Wrong("wrong-place")
    above = [str(one.tag) for one in reversed(list(element.iterancestors()))]
    alone = len(holder) == 1 and not (holder.text or "").strip() and not (element.tail or "").strip()
    if path:
        right = above == path.split("/") and (alone or holder is root)
        right = right and len(root.findall("/".join(above[1:]) or ".")) == 1
    else:
        right = holder is root or (holder.getparent() is root and alone)
    if not right:
        raise Wrong("wrong-place")


def _refuse_duplicate_ids(root: etree._Element) -> None:
    ids = Counter(value for one in root.iter(etree.Element) for name, value in one.attrib.items() if name in ID_NAMES)
    if any(count > 1 for count in ids.values()):
        raise Wrong("duplicate-id")


def _children(element: etree._Element) -> tuple[etree._Element, etree._Element, etree._Element]:
    names = [one.tag for one in element]
    objects = names[3:]
    if names[:3] != [ds("SignedInfo"), ds("SignatureValue"), ds("KeyInfo")] or set(objects) - {ds("Object"), "Object"}:
        raise Wrong("malformed-signature")
    return element[0], element[1], element[2]


def _signed_info(signed_info: etree._Element) -> tuple[bool, list[Reference]]:
    names = [one.tag for one in signed_info]
    count = len(names) - 2
    if names[:2] != [ds("CanonicalizationMethod"), ds("SignatureMethod")] or not 1 <= count <= MOST_REFERENCES:
        raise Wrong("malformed-signature")
    if names[2:] != [ds("Reference")] * count:
        raise Wrong("malformed-signature")
    if len(signed_info[0]) or len(signed_info[1]):  # prefixes that are kept, lengths of HMAC
        raise Wrong("forbidden-transform")
    return _exclusive(signed_info[0]), [_reference(one) for one in list(signed_info)[2:]]


def _reference(element: etree._Element) -> Reference:
    if [one.tag for one in list(element)[-2:]] != [ds("DigestMethod"), ds("DigestValue")] or len(element) > 3:
        raise Wrong("malformed-signature")
    transforms = element[0] if len(element) == 3 else []
    if len(element) == 3 and element[0].tag != ds("Transforms"):
        raise Wrong("malformed-signature")
    used = [one.get("Algorithm", "") for one in transforms]
    if any(one.tag != ds("Transform") or len(one) for one in transforms):
        raise Wrong("forbidden-transform")
    enveloped = used[:1] == [ENVELOPED]
    forms = used[1:] if enveloped else used
    if len(forms) > 1 or any(one not in CANONICAL for one in forms):
        raise Wrong("forbidden-transform")
    hash_name = DIGEST_METHODS.get(element[-2].get("Algorithm", ""))
    if hash_name is None or len(element[-2]):
        raise Wrong("weak-algorithm")
    uri = element.get("URI")
    if uri is None:
        raise Wrong("not-whole-document")
    return Reference(uri, hash_name, _base64(element[-1]), any(CANONICAL[one] for one in forms), enveloped)


def _sorted_references(
    references: list[Reference], root: etree._Element
) -> tuple[Reference, tuple[Reference, ...]]:  # fmt: skip
    """The one reference to the whole document, and those to the signature's own objects."""
    whole = {""} | {f"#{root.get(name)}" for name in ID_NAMES if root.get(name)}
    document = [one for one in references if one.uri in whole]
    others = tuple(one for one in references if one.uri not in whole)
    if len(document) != 1 or not document[0].enveloped:
        raise Wrong("not-whole-document")
    if any(not one.uri.startswith("#") or one.enveloped for one in others):
        raise Wrong("not-whole-document")
    return document[0], others


def own_object(parts: Parts, reference: Reference) -> etree._Element:
    """The part of the signature's own objects that a further reference names. Raises Wrong."""
    for child in list(parts.element)[3:]:
        for one in child.iter(etree.Element):
            if any(one.get(name) == reference.uri[1:] for name in ID_NAMES):
                return one
    raise Wrong("not-whole-document")


def _certificates(key_info: etree._Element) -> tuple[x509.Certificate, ...]:
    found = list(key_info.iterfind(f"{ds('X509Data')}/{ds('X509Certificate')}"))
    if not found or len(found) > MOST_CERTIFICATES:
        raise Wrong("malformed-signature")
    try:
        return tuple(parsed(_base64(one)) for one in found)
    except MALFORMED as error:
        raise Wrong("malformed-signature") from error


def _key_value(key_info: etree._Element) -> tuple[int, int] | None:
    """Modulus and exponent of an RSA key written beside the certificate."""
    found = list(key_info.iterfind(f"{ds('KeyValue')}/{ds('RSAKeyValue')}"))
    if not found:
        return None
    if len(found) > 1 or [one.tag for one in found[0]] != [ds("Modulus"), ds("Exponent")]:
        raise Wrong("malformed-signature")
    modulus, exponent = (int.from_bytes(_base64(one), "big") for one in found[0])
    return modulus, exponent


def _exclusive(element: etree._Element) -> bool:
    algorithm = element.get("Algorithm", "")
    if algorithm not in CANONICAL:
        raise Wrong("forbidden-transform")
    return CANONICAL[algorithm]


def _base64(element: etree._Element) -> bytes:
    text = "".join(_texts(element))
    if len(element) or not _BASE64.fullmatch(text):
        raise Wrong("malformed-signature")
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise Wrong("malformed-signature") from error


def _texts(element: etree._Element) -> Iterator[str]:
    return (str(one) for one in element.itertext())
