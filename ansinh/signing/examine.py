"""What the signatures in a PDF show. A stranger's file is examined in a child process (apart.py), within limits.

Free of Django, of the clock and of any network. Nobody is believed here: certificates, time-stamps and validation
material are handed to the caller, who judges them (verdict.py).
"""

import base64
import io
import re
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from asn1crypto import parser
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MOST_SIGNATURES: Final = 20
HASHES: Final = frozenset({"sha256", "sha384", "sha512"})
_DIGITS: Final = re.compile(rb"[0-9a-f]*|[0-9A-F]*")
MALFORMED: Final = (
    PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, AssertionError,
    NotImplementedError, OverflowError,
)  # fmt: skip
"""What pyHanko and asn1crypto raise about a file that is no such thing."""


@dataclass(frozen=True)
class ExaminedSignature:
    """One signature; certificates in base64 DER, moments in ISO 8601, empty where there is none."""

    codes: tuple[str, ...] = ()
    certificate: str = ""
    certificates: tuple[str, ...] = ()
    claimed_at: str = ""
    stamped_at: str = ""
    stamper: str = ""
    stamper_certificates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Examined:
    """The file: codes of what is wrong with it, every signature (oldest first), material of its security store."""

    codes: tuple[str, ...]
    signatures: tuple[ExaminedSignature, ...] = ()
    covers_whole_document: bool = False
    certificates: tuple[str, ...] = ()
    ocsp: tuple[str, ...] = ()
    crls: tuple[str, ...] = ()


def examine(pdf: bytes) -> Examined:
    """Every signature of the PDF; the last one must cover all but what completes it (validation material)."""
    if b"%PDF-" not in pdf[:1024]:
        return Examined(("unreadable",))
    if b"%%EOF" not in pdf[-1024:]:
        return Examined(("truncated",))
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signatures = reader.embedded_regular_signatures
    except MALFORMED:
        return Examined(("damaged",))
    if not signatures:
        # An earlier version is signed but the newest one hides it, or the file never was.
        return Examined(("digest-broken",) if b"/ByteRange" in pdf else ("unsigned",))
    if len(signatures) > MOST_SIGNATURES:
        return Examined(("several-signatures",))
    seen = [_signature(one, last=one is signatures[-1], pdf=pdf) for one in signatures]
    broken = any("digest-broken" in one.codes for one in seen)
    whole = not broken and "changed-after-signing" not in seen[-1].codes
    found = Examined((), tuple(seen), covers_whole_document=whole)
    return _with_store(found, reader) if not broken else replace(found, signatures=_without_change(seen))


def _signature(signature: EmbeddedPdfSignature, *, last: bool, pdf: bytes) -> ExaminedSignature:
    try:
        shown = _described(signature)
    except (SignatureValidationError, *MALFORMED):
        return ExaminedSignature(("signature-broken",))
    if shown.claimed_at == "":
        shown = replace(shown, codes=("no-signing-time",))
    nobody = ValidationContext(trust_roots=[], allow_fetching=False, revocation_mode="soft-fail")
    try:
        status = validate_pdf_signature(signature, nobody, nobody)
    except (SignatureValidationError, *MALFORMED):
        weak = signature.md_algorithm not in HASHES
        return replace(shown, codes=("weak-algorithm" if weak else "signature-broken",))
    try:
        codes = (*shown.codes, *_faults(signature, status, last=last, pdf=pdf))
    except MALFORMED:
        codes = (*shown.codes, "signature-broken")
    return replace(_stamped(shown, signature, status), codes=codes)


def _faults(
    signature: EmbeddedPdfSignature, status: PdfSignatureStatus, *, last: bool, pdf: bytes
) -> list[str]:  # fmt: skip
    if signature.md_algorithm not in HASHES:
        return ["weak-algorithm"]
    if not status.intact:
        return ["digest-broken"]
    if not status.valid or not _is_tidy(signature, pdf):
        return ["signature-broken"]
    stamp = status.timestamp_validity
    faults = ["time-stamp-broken"] if stamp is not None and not (stamp.intact and stamp.valid) else []
    return faults + ([] if _completed_only(signature, status, last=last, pdf=pdf) else ["changed-after-signing"])


def _completed_only(
    signature: EmbeddedPdfSignature, status: PdfSignatureStatus, *, last: bool, pdf: bytes
) -> bool:  # fmt: skip
    """Whether what was written after this signature is nothing, or validation material, or a later signature.

    Bytes that belong to no version (a remark behind the end) are a change too.
    """
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return _without_gap(signature)
    later = signature.reader.xrefs.total_revisions - 1 > signature.signed_revision
    if not later or not pdf.rstrip(b"\r\n").endswith(b"%%EOF"):
        return False
    change = status.diff_result
    if change is None or isinstance(change, SuspiciousModification) or not status.docmdp_ok:
        return False
    most = ModificationLevel.LTA_UPDATES if last else ModificationLevel.FORM_FILLING
    return bool(change.modification_level <= most)


def _is_tidy(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the octets left out of the digest are the signature alone: digits of one case, then zeros."""
    begin, first, second, _ = (int(one) for one in signature.byte_range)
    digits = pdf[begin + first + 1 : second - 1]
    if pdf[begin + first : begin + first + 1] + pdf[second - 1 : second] != b"<>" or not _DIGITS.fullmatch(digits):
        return False
    _, _, _, head, body, end = parser.parse(signature.pkcs7_content)
    used = 2 * (len(head) + len(body) + len(end))
    return not digits[used:].strip(b"0")


def _without_gap(signature: EmbeddedPdfSignature) -> bool:
    begin, first, second, rest = (int(one) for one in signature.byte_range)
    return begin == 0 and second - first == 2 * len(signature.pkcs7_content) + 2 and rest > 0


def _described(signature: EmbeddedPdfSignature) -> ExaminedSignature:
    moment = signature.self_reported_timestamp
    return ExaminedSignature(
        certificate=_base64(signature.signer_cert),
        certificates=tuple(_base64(one) for one in signature.other_embedded_certs),
        claimed_at="" if moment is None or moment.tzinfo is None else moment.isoformat(),
    )


def _stamped(
    shown: ExaminedSignature, signature: EmbeddedPdfSignature, status: PdfSignatureStatus
) -> ExaminedSignature:  # fmt: skip
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid) or stamp.md_algorithm not in HASHES:
        return shown
    tokens = extract_tst_data_iter(signature.signer_info, signed=False)
    return replace(
        shown,
        stamped_at=stamp.timestamp.isoformat(),
        stamper=_base64(stamp.signing_cert),
        stamper_certificates=tuple(
            _base64(one.chosen) for token in tokens for one in token["certificates"] if one.name == "certificate"
        ),
    )


def _with_store(found: Examined, reader: PdfFileReader) -> Examined:
    """With what the document security store brings; a broken store brings nothing."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
        return replace(
            found,
            certificates=tuple(_base64(one) for one in store.load_certs()),
            ocsp=tuple(_base64(one.get_object().data, raw=True) for one in store.ocsps),
            crls=tuple(_base64(one.get_object().data, raw=True) for one in store.crls),
        )
    except (NoDSSFoundError, *MALFORMED):
        return found


def _without_change(seen: list[ExaminedSignature]) -> tuple[ExaminedSignature, ...]:
    """A file whose signed bytes differ is told that, and not of additions as well."""
    return tuple(
        replace(one, codes=tuple(code for code in one.codes if code != "changed-after-signing")) for one in seen
    )


def _base64(value: Any, *, raw: bool = False) -> str:
    return base64.b64encode(value if raw else value.dump()).decode("ascii")


def examined(pdf: bytes) -> dict[str, Any]:
    """What `examine` finds, as plain values."""
    return asdict(examine(pdf))
