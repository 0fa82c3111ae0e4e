"""What others say of a signed PDF."""

import io
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from token_world.certificates import Authority


def pyhanko_finds_valid(pdf: bytes, authority: Authority) -> bool:
    """Whether the one signature is whole, of a trusted signer, and covers the file."""
    root = x509.Certificate.load(authority.certificate.public_bytes(serialization.Encoding.DER))

    def validate() -> bool:
        context = ValidationContext(trust_roots=[root], allow_fetching=False)
        (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return bool(validate_pdf_signature(signature, context).bottom_line)

    with ThreadPoolExecutor(1) as beside:  # the browser's own event loop runs in this thread
        return beside.submit(validate).result()


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler's pdfsig says; skips the test, saying so, where there is none."""
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is missing: apt install poppler-utils")
    (folder / "signed.pdf").write_bytes(pdf)
    command = ["pdfsig", "-nocert", "signed.pdf"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
