"""The demonstration authority with a company's and an officer's key, in a folder of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from asn1crypto import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.test.utils import override_settings

from ansinh.signing import authority, keystore, seal
from ansinh.signing.certificates import YEAR, Subject, authority_certificate, new_rsa_key, signer_certificate
from ansinh.signing.pdf import sign_pdf
from ansinh.signing.xml.sign import sign_xml

AT = datetime(2026, 11, 26, 7, 3, 5, tzinfo=UTC)
PATH = "Hoso/CKy_Dvi"
SIGNER = "company"
ROWS = 20


@dataclass(frozen=True)
class KeptSigner:
    """A key of the store as `sign_xml` wants it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    def sign(self, data: bytes) -> bytes:
        """RSA, PKCS #1 v1.5, SHA-256."""
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


@contextmanager
def signing_world() -> Iterator[None]:
    """Keys and trust list for the block."""
    with TemporaryDirectory(prefix="bench-signing-") as folder, override_settings(SIGNING_DIR=Path(folder)):
        authority.signer.cache_clear()
        seal._key.cache_clear()
        authority.ensure_authority(at=AT)
        authority.ensure_signer(key_name=SIGNER, full_name="Công ty Minh Hoạ", organisation="Minh Hoạ", at=AT)
        yield
    authority.signer.cache_clear()
    seal._key.cache_clear()
    bad_certificates.cache_clear()


def company() -> KeptSigner:
    """The company's key."""
    return KeptSigner(authority.parsed_certificate(SIGNER), keystore.load_rsa_key(SIGNER))


@cache
def bad_certificates(key: rsa.RSAPrivateKey) -> list[bytes]:
    """Certificates over the company's own key that are not to be believed, in DER: run out, not yet in force, of an
    authority itself, and of a stranger who copied every name."""
    issuing, issuing_key = keystore.load_certificate(authority.ISSUING), keystore.load_rsa_key(authority.ISSUING)
    stranger, subject = new_rsa_key(2048), Subject("Công ty Minh Hoạ", "Minh Hoạ", "MST:0301234567")
    good: dict[str, Any] = {"key": key, "issuer": issuing, "issuer_key": issuing_key, "years": 1}
    made = [
        signer_certificate(subject, **good, not_before=AT - 2 * YEAR),
        signer_certificate(subject, **good, not_before=AT + YEAR),
        authority_certificate(subject, **good, not_before=AT - YEAR / 2),
        signer_certificate(subject, **(good | {"issuer_key": stranger}), not_before=AT - YEAR / 2),
    ]
    return [one.public_bytes(serialization.Encoding.DER) for one in made]


def filing() -> bytes:
    """An unsigned filing with some workers."""
    rows = "".join(
        f"<Dong><STT>{n}</STT><HoTen>Người Thứ {n}</HoTen><MaSoBHXH>79{n:08d}</MaSoBHXH><Luong>{5_000_000 + n}</Luong>"
        "</Dong>"
        for n in range(ROWS)
    )
    return (
        f'<Hoso Id="hoso"><MaThuTuc>600</MaThuTuc><MaSoThue>0301234567</MaSoThue><Bang>{rows}</Bang><CKy_Dvi/></Hoso>'
    ).encode()


def signed_filing() -> bytes:
    """The filing signed by the company."""
    return sign_xml(filing(), signer=company(), at=AT, path=PATH)


def paper() -> bytes:
    """A page of PDF with a stream worth changing."""
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.contents_add(document.make_stream(b"BT /F1 12 Tf (56280000) Tj ET\n" * 50))
        out = io.BytesIO()
        document.save(out, compress_streams=False)
    return out.getvalue()


def signed_paper(pdf: bytes | None = None) -> bytes:
    """The paper signed."""
    return sign_pdf(pdf or paper(), key_name=SIGNER, signer_name="x", capacity="", reason="thử", at=AT)
