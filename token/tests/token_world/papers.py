"""What a portal would offer for signing."""

import asyncio
import base64
import hashlib
import io
from dataclasses import dataclass
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import ExternalSigner, PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument

DOCUMENT = "<Hoso><So>03706/2026/07906</So><Ten>Nguyễn Thị Hoa</Ten></Hoso>".encode()


def a_pdf() -> bytes:
    """A small PDF with a line of text."""
    text = b"BT /F1 18 Tf 60 760 Td (To khai 03706/2026/07906) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 6\n0000000000 65535 f \n" + rows
    return made + table + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)


@dataclass
class Offered:
    """A PDF prepared by the portal, waiting for a signature made elsewhere."""

    pdf: bytes
    prepared: Any

    def finish(self, cms: bytes) -> bytes:
        """The signed PDF."""
        out = io.BytesIO(self.pdf)
        PdfTBSDocument.finish_signing(out, self.prepared, cms)
        return out.getvalue()


def offer(certificate: bytes) -> Offered:
    """A PDF with its place for the signature, as pyHanko's external signing prepares it."""
    signer = ExternalSigner(x509.Certificate.load(certificate), None, signature_value=256)
    metadata = PdfSignatureMetadata(field_name="NguoiNop", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    pdf = IncrementalPdfFileWriter(io.BytesIO(a_pdf()))
    preparing = PdfSigner(metadata, signer).async_digest_doc_for_signing(pdf, bytes_reserved=16 * 1024)
    prepared, _, out = asyncio.run(preparing)
    out.seek(0)
    return Offered(out.read(), prepared)


def signed_info(document: bytes = DOCUMENT, **changed: str) -> bytes:
    """The canonical SignedInfo of an enveloped signature over the document in the I-VAN profile."""
    parts = {
        "canonical": "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "signature": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "transform": "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "digest": "http://www.w3.org/2001/04/xmlenc#sha256",
        "value": base64.b64encode(hashlib.sha256(document).digest()).decode(),
        "more": "",
    } | changed
    return (
        (
            '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">'
            '<CanonicalizationMethod Algorithm="{canonical}"></CanonicalizationMethod>'
            '<SignatureMethod Algorithm="{signature}"></SignatureMethod>'
            '<Reference URI=""><Transforms><Transform Algorithm="{transform}"></Transform></Transforms>'
            '<DigestMethod Algorithm="{digest}"></DigestMethod><DigestValue>{value}</DigestValue></Reference>'
            "{more}</SignedInfo>"
        )
        .format(**parts)
        .encode()
    )
