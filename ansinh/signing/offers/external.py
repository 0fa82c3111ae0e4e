"""Sign an offered document in two steps, when its key is where this server cannot reach: a token in a person's hand."""

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
from ansinh.signing.models import Format
from ansinh.signing.offers.xml import SIGNATURE_PATH
from ansinh.signing.xml.sign import finish_xml, prepare_xml

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
    """An offered document with an empty place for the signature.

    `content` is the file; `shown` what the person's program shows and digests: the file itself of PDF, its canonical
    octets of XML. `place` (from which octet, to which) is of PDF only, `signed_info` of XML only.
    """

    format: Format
    content: bytes
    shown: bytes
    place: tuple[int, int] = (0, 0)
    signed_info: bytes = b""


def prepare(offered: bytes, *, document_format: Format, certificate: x509.Certificate, at: datetime) -> Prepared:
    """The offered document with the place that this certificate's signature goes into.

    Raises ValueError when its key is of a kind that XML is not signed with.
    """
    if document_format == Format.XML:
        xml = prepare_xml(offered, certificate=certificate, at=at, path=SIGNATURE_PATH)
        return Prepared(Format.XML, xml.xml, xml.document, signed_info=xml.signed_info)
    signer = ExternalSigner(certificate, None, signature_value=512)
    preparing = ApplicantSigner(signer, at=at).async_digest_doc_for_signing(
        IncrementalPdfFileWriter(io.BytesIO(offered)), bytes_reserved=RESERVED_BYTES
    )
    prepared, _, out = asyncio.run(preparing)
    out.seek(0)
    pdf = out.read()
    return Prepared(Format.PDF, pdf, pdf, (prepared.reserved_region_start, prepared.reserved_region_end))


def finish(document_format: Format, content: bytes, *, place: tuple[int, int], signature: bytes) -> bytes:
    """The prepared file with the signature in its place: CMS in a PDF, the bare value in XML.

    Whether it holds, the check says. Raises Invalid when it has no room.
    """
    start, end = place
    room = (end - start - 2) // 2 if document_format == Format.PDF else RESERVED_BYTES
    if not 0 < len(signature) <= room:
        raise Invalid("signature-has-no-room", "Chương trình ký trả về chữ ký không dùng được. Xin ký lại.")
    if document_format == Format.XML:
        return finish_xml(content, signature)
    out = io.BytesIO(content)
    here = PreparedByteRangeDigest(document_digest=b"", reserved_region_start=start, reserved_region_end=end)
    PdfTBSDocument.finish_signing(out, here, signature)
    return out.getvalue()
