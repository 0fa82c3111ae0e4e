"""Only a document seen whole is signed: no bare digest, no gap to hide in, no SignedInfo of another document."""

import base64
import hashlib

import pytest

from ansinh_token.papers import Paper
from ansinh_token.pdf_paper import read_pdf
from ansinh_token.refusals import Refused
from ansinh_token.xml_paper import read_xml
from token_world.certificates import Authority, new_key
from token_world.papers import DOCUMENT, Offered, a_pdf, offer, signed_info


@pytest.fixture(scope="module")
def offered(authority: Authority) -> Offered:
    """A PDF the portal prepared."""
    return offer(authority.issue(key=new_key()))


def refused_pdf(pdf: bytes) -> bool:
    with pytest.raises(Refused) as refused:
        read_pdf(pdf)
    return refused.value.code == "not-a-signable-pdf"


def test_the_digest_is_the_one_the_portal_expects(offered: Offered) -> None:
    paper = read_pdf(offered.pdf)
    assert paper.digest == offered.prepared.document_digest
    assert paper.shown == offered.pdf
    assert paper.content_type == "application/pdf"


def test_a_pdf_without_a_place_is_refused() -> None:
    assert refused_pdf(a_pdf())
    assert refused_pdf(b"")
    assert refused_pdf(b"\x01" * 32)


def test_bytes_after_the_signed_range_are_refused(offered: Offered) -> None:
    assert refused_pdf(offered.pdf + b"\n")


def test_a_gap_that_is_not_empty_is_refused(offered: Offered) -> None:
    at = offered.pdf.index(b"<" + b"0" * 4096) + 1
    assert refused_pdf(offered.pdf[:at] + b"4" + offered.pdf[at + 1 :])
    assert refused_pdf(offered.pdf[:at] + b">" + offered.pdf[at + 1 :])


def test_a_range_that_leaves_out_more_than_the_place_is_refused(offered: Offered) -> None:
    at = offered.pdf.index(b"/ByteRange")
    end = offered.pdf.index(b"]", at)
    first, second, third, length = (int(part) for part in offered.pdf[at + 11 : end].strip(b"[ ").split())
    wider = f"/ByteRange [{first} {second - 40} {third} {length}".encode().ljust(end - at)
    assert refused_pdf(offered.pdf[:at] + wider + offered.pdf[end:])


def test_two_ranges_to_the_end_are_refused(offered: Offered) -> None:
    at = offered.pdf.index(b"/ByteRange")
    end = offered.pdf.index(b"]", at) + 1
    twice = offered.pdf.replace(b"To khai", offered.pdf[at:end], 1)
    assert len(twice) != len(offered.pdf)
    assert refused_pdf(twice)


def xml(info: bytes, document: bytes = DOCUMENT) -> Paper:
    return read_xml(document, info)


def test_xml_is_bound_to_its_signed_info() -> None:
    paper = xml(signed_info())
    assert paper.digest == hashlib.sha256(DOCUMENT).digest()
    assert (paper.shown, paper.signed_info) == (DOCUMENT, signed_info())
    assert paper.content_type.startswith("text/plain")


@pytest.mark.parametrize(
    "info",
    [
        signed_info(b"<Hoso>another</Hoso>"),
        signed_info(value="not base64"),
        signed_info(value=base64.b64encode(b"").decode()),
        signed_info(canonical="http://www.w3.org/2001/10/xml-exc-c14n#"),
        signed_info(signature="http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        signed_info(digest="http://www.w3.org/2000/09/xmldsig#sha1"),
        signed_info(transform="http://www.w3.org/TR/1999/REC-xslt-19991116"),
        signed_info(more='<Reference URI="#other"></Reference>'),
        b"<!DOCTYPE SignedInfo>" + signed_info(),
        b'<?xml version="1.0"?>' + signed_info(),
        signed_info() + b" " * 9000,
        signed_info().replace(b"<Reference URI", b"<Other URI").replace(b"</Reference", b"</Other"),
        signed_info().replace(b"2000/09/xmldsig", b"2000/09/another"),
        hashlib.sha256(DOCUMENT).digest(),
        b"",
    ],
)
def test_any_other_signed_info_is_refused(info: bytes) -> None:
    with pytest.raises(Refused) as refused:
        xml(info)
    assert refused.value.code == "not-a-signable-xml"


def test_a_document_nobody_can_read_is_refused() -> None:
    for document in (b"", b"\xff\xfe\x00"):
        with pytest.raises(Refused):
            xml(signed_info(document), document)
