"""One check for whatever somebody was handed: a PDF or an XML file."""

from datetime import datetime
from typing import Final

from ansinh.signing.check import check_pdf
from ansinh.signing.report import ExpectedSigner, SignatureReport
from ansinh.signing.xml.check import check_xml

_MARKS: Final = (b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")


def check_file(content: bytes, *, at: datetime, expected_uid: ExpectedSigner | None = None) -> SignatureReport:
    """The report on a file of unknown kind; `at` is the moment from which we know it."""
    if content.lstrip()[:1] == b"<" or content.startswith(_MARKS):
        return check_xml(content, at=at, expected_uid=expected_uid).report
    return check_pdf(content, at=at, expected_uid=expected_uid)
