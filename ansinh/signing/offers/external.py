"""Sign an offered PDF in two steps, when the key is somewhere this server cannot reach: a token in a person's hand."""

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import ExternalSigner, PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument

from ansinh.platform.errors import Invalid
from ansinh.platform.vietnamese import ZONE

FIELD: Final = "NguoiNop"
RESERVED_BYTES: Final = 16 * 1024
"""Room for the signature with its certificates."""


class ApplicantSigner(PdfSigner):
    """pyHanko's signer of an applicant's PDF (PAdES B-B), told the time instead of asking the clock."""

    def __init__(self, signer: Signer, *, at: datetime) -> None:
        metadata = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
        super().__init__(metadata, signer)
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at.astimezone(ZONE)
        return session


@dataclass(frozen=True)
class Prepared:
    """A PDF with an empty place for the signature, from octet `start` to `end`; `digest` is over the rest."""

    pdf: bytes
    digest: bytes
    start: int
    end: int


def prepare(pdf: bytes, *, certificate: x509.Certificate, at: datetime) -> Prepared:
    """The offered PDF with the place that this certificate's signature goes into."""
    signer = ExternalSigner(certificate, None, signature_value=512)
    preparing = ApplicantSigner(signer, at=at).async_digest_doc_for_signing(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=RESERVED_BYTES
    )
    prepared, _, out = asyncio.run(preparing)
    out.seek(0)
    return Prepared(
        pdf=out.read(),
        digest=prepared.document_digest,
        start=prepared.reserved_region_start,
        end=prepared.reserved_region_end,
    )


def finish(prepared: Prepared, cms: bytes) -> bytes:
    """The PDF with the signature in its place; whether it holds, the check says. Raises Invalid when it has no room."""
    if not cms or 2 * len(cms) > prepared.end - prepared.start - 2:
        raise Invalid("signature-has-no-room", "Chương trình ký trả về chữ ký không dùng được. Xin ký lại.")
    out = io.BytesIO(prepared.pdf)
    place = PreparedByteRangeDigest(
        document_digest=prepared.digest, reserved_region_start=prepared.start, reserved_region_end=prepared.end
    )
    PdfTBSDocument.finish_signing(out, place, cms)
    return out.getvalue()
