"""What pyHanko can put behind a signature: material and document time-stamps (right), and changes (not)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ansinh.signing import authority
from ansinh.signing.keys.key import parsed_certificate
from tests.verifier.conftest import AT


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def with_material(pdf: bytes) -> bytes:
    """A security store with the chain."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    chain = [parsed_certificate(name) for name in (authority.ISSUING, authority.ROOT)]
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=chain)
    return _written(writer)


def with_document_time_stamp(pdf: bytes) -> bytes:
    """A document time-stamp over everything there is."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    out = PdfTimeStamper(_client()).timestamp_pdf(writer, "sha256", validation_context=None)
    return bytes(out.getvalue())


def token_over(content: bytes) -> bytes:
    """A time-stamp token over these octets."""
    token = _client().request_tsa_response(
        tsp.TimeStampReq(
            {
                "version": 1,
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": hashlib.sha256(content).digest(),
                },
                "cert_req": True,
            }
        )
    )
    return bytes(token["time_stamp_token"].dump())


def _client() -> DummyTimeStamper:
    certificate, key = _stamper()
    der = certificate.public_bytes(serialization.Encoding.DER)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(der),
        tsa_key=keys.PrivateKeyInfo.load(private),
        certs_to_embed=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        fixed_dt=AT,
    )


def trusting_the_stamper(trust: Path, folder: Path) -> Path:
    """The authority of the paper and the time-stamp's own."""
    both = folder / "both.pem"
    both.write_bytes(trust.read_bytes() + _stamper()[0].public_bytes(serialization.Encoding.PEM))
    return both


@cache
def _stamper() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nơi đóng dấu thời gian")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(AT - timedelta(days=9))
        .not_valid_after(AT + timedelta(days=900))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    return made, key


def _page_content_changed(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    return _written(writer)


def _stream_replaced(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stream = writer.root["/Pages"]["/Kids"][0]["/Contents"]
    stream._data, stream._encoded_data = b"BT ET", None
    writer.update_container(stream)
    return _written(writer)


def _pages_replaced(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Pages"] = writer.add_object(writer.root["/Pages"])
    writer.update_root()  # type: ignore[no-untyped-call]
    return _written(writer)


def _seen_annotation(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    box = ArrayObject(NumberObject(side) for side in (0, 0, 500, 500))  # type: ignore[no-untyped-call]
    note = DictionaryObject({pdf_name("/Type"): NameObject("/Annot"), pdf_name("/Rect"): box})  # type: ignore[no-untyped-call]
    page["/Annots"] = ArrayObject([*page.get("/Annots", []), writer.add_object(note)])
    writer.update_container(page)
    return _written(writer)


def _remark(pdf: bytes) -> bytes:
    return pdf + b"\n% more\n"


def _action_on_opening(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/OpenAction"] = NameObject("/x")
    writer.update_root()  # type: ignore[no-untyped-call]
    return _written(writer)


CHANGES: tuple[Callable[[bytes], bytes], ...] = (
    _page_content_changed, _stream_replaced, _pages_replaced, _seen_annotation, _action_on_opening,
)  # fmt: skip
