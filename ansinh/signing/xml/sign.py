"""Sign an XML file in the profile of I-VAN files: enveloped, one reference to the whole, the signing time beside it."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID, uuid5

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from ansinh.platform.errors import Invalid
from ansinh.platform.vietnamese import ZONE
from ansinh.platform.xml import default_namespace, parse
from ansinh.signing.xml.canonical import canonical
from ansinh.signing.xml.distinguished import distinguished
from ansinh.signing.xml.names import (
    C14N,
    DS,
    ECDSA_OF_CURVE,
    ENVELOPED,
    PROPERTIES,
    RSA_SHA256,
    SHA256,
    SIGNATURE,
    SIGNATURE_METHODS,
    ds,
)

_SIGNATURES: Final = UUID("5f6b1d55-7f0e-4f0a-9c07-6f4f9c5b8a11")


class XmlSigner(Protocol):
    """A key with its certificate: RSA, PKCS #1 v1.5, over SHA-256, or ECDSA (in DER) over the hash of its curve."""

    @property
    def certificate(self) -> x509.Certificate | bytes:
        """The signer's certificate, parsed or in DER."""

    def sign(self, data: bytes) -> bytes:
        """The raw signature over `data`."""


@dataclass(frozen=True)
class PreparedXml:
    """A file with an empty place for the value of its signature, when the key is somewhere else.

    `document` are the octets its digest is over, `signed_info` those to sign by `method`; both canonical.
    """

    xml: bytes
    document: bytes
    signed_info: bytes
    method: str


def prepare_xml(
    tree_or_bytes: etree._Element | bytes, *, certificate: x509.Certificate | bytes, at: datetime, path: str
) -> PreparedXml:
    """The file with everything of its signature but the value. `path` names the signature's place ("Hoso/CKy_Dvi").

    The holder is made when it is not there. Raises Invalid when the file is signed already, has remarks in it, or is
    of another root.
    """
    content = tree_or_bytes if isinstance(tree_or_bytes, bytes) else canonical(tree_or_bytes)
    root = parse(content)
    _refuse(root, path)
    if isinstance(certificate, bytes):
        certificate = x509.Certificate.load(certificate)
    method = signature_method(certificate)
    holder = _holder(root, path)
    document = canonical(root)
    signature = _signature(hashlib.sha256(document).digest(), certificate=certificate, method=method, at=at)
    holder.append(signature)
    return PreparedXml(_written(root), document, canonical(signature[0]), method)


def finish_xml(prepared: bytes, value: bytes) -> bytes:
    """The signed file in UTF-8: `value` in its place, as XML writes it (ECDSA: r and s side by side).

    The octets must be kept as they are: reading and writing them anew may break the signature.
    """
    root = parse(prepared)
    for signature in root.iter(SIGNATURE):
        signature[1].text = _text(value)
    return _written(root)


def sign_xml(tree_or_bytes: etree._Element | bytes, *, signer: XmlSigner, at: datetime, path: str) -> bytes:
    """The file signed with a key we can reach. Raises as `prepare_xml` does."""
    prepared = prepare_xml(tree_or_bytes, certificate=signer.certificate, at=at, path=path)
    value = signer.sign(prepared.signed_info)
    return finish_xml(prepared.xml, as_xml_writes(value, method=prepared.method))


def signature_method(certificate: x509.Certificate) -> str:
    """The algorithm this certificate's key signs XML by. Raises ValueError for a key of another kind."""
    if certificate.public_key.algorithm == "rsa":
        return RSA_SHA256
    curve = certificate.public_key.curve[1] if certificate.public_key.algorithm == "ec" else ""
    if curve not in ECDSA_OF_CURVE:
        raise ValueError("the profile signs with RSA, or with ECDSA on P-256, P-384, P-521")
    return ECDSA_OF_CURVE[curve]


def as_xml_writes(value: bytes, *, method: str) -> bytes:
    """A raw signature as SignatureValue has it: r and s of ECDSA side by side, each as long as the curve."""
    if method == RSA_SHA256:
        return value
    length = {"sha256": 32, "sha384": 48, "sha512": 66}[SIGNATURE_METHODS[method][1]]
    return b"".join(number.to_bytes(length, "big") for number in decode_dss_signature(value))


def _refuse(root: etree._Element, path: str) -> None:
    if root.tag != path.split("/")[0]:
        raise Invalid("xml-other-root", "Tệp XML không phải loại cần ký. Xin chọn đúng tệp tờ khai.")
    if next(root.iter(SIGNATURE), None) is not None:
        raise Invalid("xml-already-signed", "Tệp XML đã có chữ ký số. Xin ký trên bản chưa ký.")
    remarks = next(root.iter(etree.Comment, etree.ProcessingInstruction), None)
    if remarks is not None or root.getprevious() is not None or root.getnext() is not None:
        raise Invalid("xml-remarks", "Tệp XML có chú thích hoặc chỉ thị xử lý. Xin bỏ các phần đó rồi ký.")


def _holder(root: etree._Element, path: str) -> etree._Element:
    holder = root
    for name in path.split("/")[1:]:
        found = holder.find(name)
        holder = etree.SubElement(holder, name) if found is None else found
    if holder is not root and (len(holder) or (holder.text or "").strip()):
        raise Invalid("xml-holder-used", "Chỗ dành cho chữ ký đã có nội dung khác. Xin xuất lại tệp rồi ký.")
    return holder


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _signature(digest: bytes, *, certificate: x509.Certificate, method: str, at: datetime) -> etree._Element:
    identifier = f"sig-{uuid5(_SIGNATURES, digest.hex() + at.isoformat())}"
    signature = etree.Element(SIGNATURE, Id=identifier, nsmap=default_namespace(DS))
    info = _add(signature, "SignedInfo")
    _add(info, "CanonicalizationMethod", Algorithm=C14N)
    _add(info, "SignatureMethod", Algorithm=method)
    reference = _add(info, "Reference", URI="")
    _add(_add(reference, "Transforms"), "Transform", Algorithm=ENVELOPED)
    _add(reference, "DigestMethod", Algorithm=SHA256)
    _add(reference, "DigestValue").text = _text(digest)
    _add(signature, "SignatureValue")
    _key_info(_add(signature, "KeyInfo"), certificate)
    properties = _add(_add(signature, "Object"), "SignatureProperties")
    claim = _add(properties, "SignatureProperty", Target=f"#{identifier}")
    time = etree.SubElement(claim, f"{{{PROPERTIES}}}SigningTime", nsmap=default_namespace(PROPERTIES))
    time.text = at.astimezone(ZONE).isoformat(timespec="seconds")
    return signature


def _key_info(key_info: etree._Element, certificate: x509.Certificate) -> None:
    if certificate.public_key.algorithm == "rsa":
        numbers = certificate.public_key["public_key"].parsed
        key = _add(_add(key_info, "KeyValue"), "RSAKeyValue")
        for name, number in (("Modulus", numbers["modulus"].native), ("Exponent", numbers["public_exponent"].native)):
            _add(key, name).text = _text(number.to_bytes((number.bit_length() + 7) // 8, "big"))
    data = _add(key_info, "X509Data")
    _add(data, "X509SubjectName").text = distinguished(certificate.subject)
    _add(data, "X509Certificate").text = _text(certificate.dump())


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, ds(name), attributes)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
