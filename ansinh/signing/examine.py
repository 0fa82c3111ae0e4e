"""What the signatures in a PDF prove. Run as a program it examines a stranger's file alone, within limits.

Free of Django and of the clock: the roots are given, nothing is fetched from a network, certificates are
judged at the moment the signature claims (time-stamps of an authority come with long-term signatures).
"""

import base64
import io
import json
import resource
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

CPU_SECONDS: Final = 10
MEMORY: Final = 512 * 1024 * 1024
MOST_SIGNATURES: Final = 20
HASHES: Final = frozenset({"sha256", "sha384", "sha512"})


@dataclass(frozen=True)
class Examined:
    """Codes of what is wrong (none: all is well) and what the last signature says of itself."""

    codes: tuple[str, ...]
    signer: str = ""
    organisation: str = ""
    signed_at: str = ""
    covers_whole_document: bool = False


def examine(pdf: bytes, *, roots: list[x509.Certificate]) -> Examined:
    """Every signature of the PDF judged; the last one must cover the whole file."""
    if b"%PDF-" not in pdf[:1024]:
        return Examined(("not-a-pdf",))
    if b"%%EOF" not in pdf[-1024:]:
        return Examined(("truncated",))
    try:
        signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return Examined(("damaged",))
    if not signatures:
        # An earlier version is signed but the newest one hides it, or the file never was.
        return Examined(("altered",) if b"/ByteRange" in pdf else ("unsigned",))
    if len(signatures) > MOST_SIGNATURES:
        return Examined(("damaged",))
    codes = [code for signature in signatures for code in _faults(signature, roots)]
    last = signatures[-1]
    whole = last.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
    if not whole and "altered" not in codes:
        codes.append("changed-after-signing")
    return _described(last, codes=tuple(dict.fromkeys(codes)), whole=whole)


def _faults(signature: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> list[str]:
    """What is wrong with one signature in itself."""
    moment = signature.self_reported_timestamp
    if moment is None:
        return ["no-signing-time"]
    context = ValidationContext(
        trust_roots=roots,
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=moment,
        weak_hash_algos={"md5", "sha1"},
    )
    try:
        status = validate_pdf_signature(signature, context, skip_diff=True)
    except (SignatureValidationError, PdfError, ValueError, TypeError, KeyError):
        return ["signature-broken"]
    if not status.intact:
        return ["altered"]
    if not status.valid:
        return ["signature-broken"]
    if status.md_algorithm not in HASHES:
        return ["weak-algorithm"]
    if status.trusted:
        return []
    certificate = status.signing_cert
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        return ["certificate-expired"]
    return ["unknown-authority"]


def _described(signature: EmbeddedPdfSignature, *, codes: tuple[str, ...], whole: bool) -> Examined:
    moment = signature.self_reported_timestamp
    try:
        names: dict[str, Any] = signature.signer_cert.subject.native
    except (SignatureValidationError, ValueError, TypeError, KeyError):
        names = {}
    return Examined(
        codes=codes,
        signer=str(names.get("common_name", "")),
        organisation=str(names.get("organization_name", "")),
        signed_at=moment.isoformat() if isinstance(moment, datetime) else "",
        covers_whole_document=whole,
    )


def main() -> int:
    """Standard input: a line of JSON with the roots (DER in base64), then the PDF. Output: the finding as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    roots = [x509.Certificate.load(base64.b64decode(root)) for root in json.loads(sys.stdin.buffer.readline())]
    found = examine(sys.stdin.buffer.read(), roots=roots)
    sys.stdout.write(json.dumps(asdict(found)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
