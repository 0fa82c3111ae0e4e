"""The demonstration authority with a company's and an officer's key, in a folder of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import Certificate
from django.test.utils import override_settings

from ansinh.signing import authority, keystore, seal
from ansinh.signing.certificates import YEAR, Issuer, Subject, authority_certificate, new_rsa_key, signer_certificate
from ansinh.signing.keys import SigningKey, signing_key
from ansinh.signing.pdf import sign_pdf
from ansinh.signing.xml.sign import sign_xml

AT = datetime(2026, 11, 26, 7, 3, 5, tzinfo=UTC)
PATH = "Hoso/CKy_Dvi"
SIGNER = "company"
ROWS = 20


@contextmanager
def signing_world(*, module: str = "") -> Iterator[None]:
    """A trust list, and keys in files or in a token of that module, for the block."""
    with (
        TemporaryDirectory(prefix="bench-signing-") as folder,
        override_settings(
            SIGNING_DIR=Path(folder),
            PKCS11_MODULE=module,
            AUTHORITY_URL="",
            DEMO=True,
            SOFT_TOKEN_DIR=Path(folder) / "token",
            SECRETS_DIR=Path(folder) / "secrets",
        ),
    ):
        seal._key.cache_clear()
        authority.ensure_authority(at=AT)
        authority.ensure_signer(key_name=SIGNER, full_name="Công ty Minh Hoạ", organisation="Minh Hoạ", at=AT)
        yield
    seal._key.cache_clear()
    bad_certificates.cache_clear()


def company() -> SigningKey:
    """The company's key."""
    return signing_key(SIGNER)


@cache
def bad_certificates() -> list[bytes]:
    """Certificates over the company's own key that are not to be believed, in DER: run out, not yet in force, of an
    authority itself, and of a stranger who copied every name."""
    key, issuer = keystore.load_rsa_key(SIGNER), authority.issuer(authority.ISSUING)
    stranger = Issuer(issuer.certificate, new_rsa_key(2048))
    subject = Subject("Công ty Minh Hoạ", "Minh Hoạ", "MST:0301234567")

    def signers(issuer: Issuer, *, not_before: datetime) -> Certificate:
        return signer_certificate(subject, public_key=key.public_key(), issuer=issuer, not_before=not_before, years=1)

    made = [
        signers(issuer, not_before=AT - 2 * YEAR),
        signers(issuer, not_before=AT + YEAR),
        authority_certificate(subject, key=key, issuer=issuer, not_before=AT - YEAR / 2, years=1),
        signers(stranger, not_before=AT - YEAR / 2),
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
    return sign_pdf(pdf or paper(), key_name=SIGNER, signer_name="x", capacity="", reason="thử", at=AT, stamper=None)
