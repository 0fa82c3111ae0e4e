"""Sign a PDF (PAdES B-B, ETSI EN 319 142-1). Long-term evidence and time-stamps come with a time-stamp authority."""

import io
from datetime import datetime
from typing import Any, Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from ansinh.platform.vietnamese import ZONE
from ansinh.signing.authority import signer

RESERVED_BYTES: Final = 16 * 1024
"""Room for the signature and its chain of three certificates; known, so that nothing is signed twice to measure it."""


class _SignerAt(PdfSigner):
    """pyHanko's signer, told the time instead of asking the clock."""

    def __init__(self, metadata: PdfSignatureMetadata, *, key_name: str, at: datetime) -> None:
        super().__init__(metadata, signer(key_name))
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at.astimezone(ZONE)
        return session


def sign_pdf(
    pdf: bytes, *, key_name: str, signer_name: str, capacity: str, reason: str, at: datetime, field: str = "ChuKy"
) -> bytes:
    """The PDF signed as an incremental update, no change permitted afterwards.

    `capacity` is the office the signer acts in ("KT. Giám đốc, Phó Giám đốc"); it stands with the name
    in the signature's dictionary, as `reason` does. The visible block is part of the paper itself.
    Raises NotFound when the signer has no key.
    """
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=f"{signer_name}, {capacity}" if capacity else signer_name,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    out = _SignerAt(metadata, key_name=key_name, at=at).sign_pdf(writer, bytes_reserved=RESERVED_BYTES)
    return bytes(out.getvalue())
