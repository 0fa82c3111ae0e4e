"""An applicant's own signing program: pyHanko for PDF, our profile for XML, with a certificate of the tests."""

import io
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import serialization
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ansinh.signing.xml.sign import sign_xml
from tests.signing.pki import Holder

XML_PATH = "Hoso/CKy_Dvi"


class _AtThatTime(PdfSigner):
    """pyHanko's signer on a computer whose clock shows `at`."""

    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.at
        return session


def signed_pdf(
    pdf: bytes, holder: Holder, *, at: datetime, visible: bool = False, change: Any = None, field: str = "NguoiNop"
) -> bytes:
    """The PDF signed by the holder; `change(writer)` first does something to it in the same version."""
    pem = holder.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(list(holder.chain))
    signer = SimpleSigner(
        signing_cert=holder.certificate, signing_key=load_private_key_from_pemder_data(pem, None),
        cert_registry=registry,
    )  # fmt: skip
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if change is not None:
        change(writer)
    spec = SigFieldSpec(field, box=(40, 40, 240, 100)) if visible else SigFieldSpec(field)
    hash_name = "sha384" if holder.key.key_size == 384 else "sha256"
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm=hash_name, subfilter=SigSeedSubFilter.PADES)
    made = _AtThatTime(metadata, signer, new_field_spec=spec)
    made.at = at
    return bytes(made.sign_pdf(writer).getvalue())


def signed_xml(xml: bytes, holder: Holder, *, at: datetime) -> bytes:
    """The XML signed by the holder in the profile of I-VAN files."""
    return sign_xml(xml, signer=holder, at=at, path=XML_PATH)
