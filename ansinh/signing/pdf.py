"""Sign a PDF for decades (PAdES B-LT, ETSI EN 319 142-1): time-stamp, chain and revocation lists inside it."""

import asyncio
import io
from datetime import datetime
from typing import Any, Final

from asn1crypto import cms
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import StaticStampStyle

from ansinh.platform.vietnamese import ZONE
from ansinh.signing.field import APPEARANCE, add_field, block_of
from ansinh.signing.keys import signing_key
from ansinh.signing.keys.pyhanko_signer import KeySigner
from ansinh.signing.material import material
from ansinh.signing.timestamps import Stamper

RESERVED_BYTES: Final = 32 * 1024
"""Room (in hexadecimal digits) for the signature, its chain and a time-stamp with its own; known, so that nothing
is signed twice to measure it."""


class _Stamps(TimeStamper):
    """pyHanko's client of an authority, which asks ours. Outside its event loop: a stamper may block and check."""

    def __init__(self, stamper: Stamper) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._stamper = stamper

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        return await asyncio.to_thread(self._stamper.stamp, message_digest)


class _SignerAt(PdfSigner):
    """pyHanko's signer, told the time instead of asking the clock."""

    def __init__(
        self,
        metadata: PdfSignatureMetadata,
        *,
        key_name: str,
        stamper: Stamper | None,
        at: datetime,
        look: StaticStampStyle = APPEARANCE,
    ) -> None:
        super().__init__(
            metadata,
            KeySigner(signing_key(key_name)),
            timestamper=_Stamps(stamper) if stamper else None,
            stamp_style=look,
        )
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at.astimezone(ZONE)
        return session


def sign_pdf(
    pdf: bytes,
    *,
    key_name: str,
    signer_name: str,
    capacity: str,
    reason: str,
    at: datetime,
    stamper: Stamper | None,
    approved_at: datetime | None = None,
    field: str = "ChuKy",
) -> bytes:
    """The PDF signed as an incremental update, no change permitted afterwards.

    `capacity` is the office the signer acts in ("KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"); it stands with the name in the
    signature's dictionary, as `reason` does. The field lies over the block the paper prints; a paper without one
    gets a field without size. `approved_at` is the moment the signature claims, when it is made later, at `at`, than
    the signer approved. `stamper` None leaves the time-stamp out: for papers that must not wait for
    anybody. Chain and revocation lists are part of what is signed. Raises NotFound when the signer has no key,
    TokenDown, TimestampsDown.
    """
    named = f"{signer_name}, {capacity}" if capacity else signer_name
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=named,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    add_field(writer, field, block=block_of(pdf), spoken=f"Chữ ký số của {named}")
    return _signed(writer, _SignerAt(metadata, key_name=key_name, stamper=stamper, at=approved_at or at), at=at)


def countersign_pdf(
    pdf: bytes,
    *,
    key_name: str,
    signer_name: str,
    capacity: str,
    reason: str,
    look: StaticStampStyle,
    at: datetime,
    approved_at: datetime,
    stamper: Stamper | None,
    field: str,
) -> bytes:
    """A PDF that somebody signed before, signed again in the empty `field` it came with; the first signature holds.

    Parameters as of `sign_pdf`; `look` is laid into the field. Only the first signature of a PDF can forbid changes,
    so this one closes the paper by being checked: what comes after it is a fault of the paper (examine.py).
    """
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=f"{signer_name}, {capacity}" if capacity else signer_name,
        reason=reason,
    )
    signer = _SignerAt(metadata, key_name=key_name, stamper=stamper, at=approved_at, look=look)
    return _signed(IncrementalPdfFileWriter(io.BytesIO(pdf)), signer, at=at)


def _signed(writer: IncrementalPdfFileWriter, signer: _SignerAt, *, at: datetime) -> bytes:
    """Chain and revocation lists go in first, and so are part of what is signed."""
    kept = material(at=at)
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=kept.certificates, crls=kept.lists)
    return bytes(signer.sign_pdf(writer, bytes_reserved=RESERVED_BYTES).getvalue())
