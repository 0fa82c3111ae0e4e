"""Is this XML file signed as a whole by somebody we believe? And: the part of it that may be read."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from lxml import etree

from ansinh.platform.errors import Invalid
from ansinh.platform.xml import parse
from ansinh.signing import verdict
from ansinh.signing.report import ExpectedSigner, SignatureReport, findings
from ansinh.signing.shown import Shown
from ansinh.signing.trust.algorithms import PublicKey, holds, public_key
from ansinh.signing.trust.parsed import MALFORMED
from ansinh.signing.trust.revocation import Material
from ansinh.signing.xml.canonical import canonical, take_out
from ansinh.signing.xml.names import PROPERTIES
from ansinh.signing.xml.structure import ID_NAMES, Parts, Reference, Wrong, own_object, parts_of

CODES_OF_READING: Final = {
    "xml-too-large": "too-large",
    "xml-encoding": "wrong-encoding",
    "xml-doctype": "forbidden-xml",
    "xml-too-deep": "forbidden-xml",
    "xml-too-many": "forbidden-xml",
    "xml-broken": "damaged",
}
"""What the reader of XML refuses, as a fault of signatures."""


@dataclass(frozen=True)
class CheckedXml:
    """`signed` is read anew from the very octets that were digested, and there only when the report is valid."""

    report: SignatureReport
    signed: etree._Element | None


def check_xml(
    xml: bytes, *, at: datetime, expected_uid: ExpectedSigner | None = None, path: str = ""
) -> CheckedXml:  # fmt: skip
    """Judge an XML file of unknown origin; `at` is the moment from which we know it.

    `path` is where the signature must stand ("Hoso/CKy_Dvi"); empty: under the root, or alone in a child of it.
    Every file gets a report; nothing is raised about its content.
    """
    digest = hashlib.sha256(xml).hexdigest()
    try:
        parts = parts_of(root := parse(xml), path=path)
    except Invalid as refused:
        return _refused(CODES_OF_READING[refused.code], digest)
    except Wrong as wrong:
        return _refused(wrong.args[0], digest)
    shown, octets = _examined(parts, root)
    report = verdict.report(shown, at=at, expected_uid=expected_uid, whole=octets is not None, digest=digest)
    return CheckedXml(report, parse(octets) if octets is not None and report.valid else None)


def _refused(code: str, digest: str) -> CheckedXml:
    return CheckedXml(SignatureReport(findings([code]), digest=digest), None)


def _examined(parts: Parts, root: etree._Element) -> tuple[Shown, bytes | None]:
    """What the signature shows, and the octets of the document when it holds over exactly these."""
    try:
        certificate = _signer(parts)
        shown = Shown(
            certificate=certificate,
            material=Material(tuple(one for one in parts.certificates if one is not certificate)),
            claimed_at=_claimed(parts.element),
            warnings=_warnings(parts),
        )
    except Wrong as wrong:
        return Shown(codes=wrong.args), None
    except MALFORMED:
        return Shown(codes=("malformed-signature",)), None
    take_out(parts.element)
    octets = canonical(root, exclusive=parts.document.exclusive)
    if not _matches(octets, parts.document):
        return replace(shown, codes=("digest-broken",)), None
    return shown, octets


def _signer(parts: Parts) -> x509.Certificate:
    """The certificate whose key made the signature, and which a key written beside it may not contradict."""
    message = canonical(parts.signed_info, exclusive=parts.exclusive)
    keys = [(one, key) for one in parts.certificates if (key := public_key(one))]
    if not keys:
        raise Wrong("weak-algorithm")
    for certificate, key in keys:
        value = _as_der(parts.value, key) if parts.scheme == "ecdsa" else parts.value
        if holds(key, value, message, hash_name=parts.hash_name, scheme=parts.scheme):
            if parts.key_value is not None and not _is_key(key, parts.key_value):
                raise Wrong("signature-broken")
            return certificate
    raise Wrong("signature-broken")


def _as_der(value: bytes, key: PublicKey) -> bytes:
    """XML writes r and s of ECDSA side by side, each as long as the curve."""
    if not isinstance(key, ec.EllipticCurvePublicKey) or len(value) != 2 * ((key.curve.key_size + 7) // 8):
        raise Wrong("signature-broken")
    half = len(value) // 2
    return encode_dss_signature(int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))


def _is_key(key: PublicKey, written: tuple[int, int]) -> bool:
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    numbers = key.public_numbers()
    return (numbers.n, numbers.e) == written


def _matches(octets: bytes, reference: Reference) -> bool:
    return hmac.compare_digest(hashlib.new(reference.hash_name, octets).digest(), reference.digest)


def _warnings(parts: Parts) -> tuple[str, ...]:
    """References to the signature's own objects; some libraries digest them in another context of namespaces."""
    broken = any(
        not _matches(canonical(own_object(parts, one), exclusive=one.exclusive), one) for one in parts.others
    )  # fmt: skip
    return ("signing-time-broken",) if broken else ()


def _claimed(element: etree._Element) -> datetime | None:
    """The signing time the signer wrote; a time without a zone is Vietnam's. Nobody vouches for it."""
    own = {element.get(name) for name in ID_NAMES if element.get(name)}
    for one in element.iter(f"{{{PROPERTIES}}}SigningTime", "{http://uri.etsi.org/01903/v1.3.2#}SigningTime"):
        target = next((above.get("Target") for above in one.iterancestors() if above.get("Target")), None)
        if target is None or target[1:] in own:
            return verdict.local_moment("".join(map(str, one.itertext())))
    return None
