"""The paper check shows the whole report: signer, masked number, certificate, moments, findings with advice."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ansinh.signing import authority
from ansinh.signing.authority import ensure_authority, ensure_signer
from ansinh.signing.keys import signing_key
from ansinh.signing.xml.sign import sign_xml
from ansinh.web.public.signature_report import masked
from tests.signing.forms import FILING, PATH
from tests.web.public.conftest import NOW
from tests.world import World

NAME = "Công ty Minh Hoạ"


@pytest.fixture
def signed(world: World) -> bytes:
    """A filing signed with a certificate of the demonstration authority."""
    ensure_authority(at=NOW - timedelta(days=1))
    ensure_signer(key_name="company", full_name=NAME, organisation=NAME, at=NOW)
    return sign_xml(FILING, signer=signing_key("company"), at=NOW, path=PATH)


def page_for(reader: Client, content: bytes) -> str:
    answer = reader.post("/minh-chung", {"van_ban": SimpleUploadedFile("hoso.xml", content, "text/xml")})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_signed_xml_file_is_reported_in_full(reader: Client, signed: bytes) -> None:
    page = page_for(reader, signed)
    assert NAME in page
    assert "Chữ ký số đúng" in page
    assert "Hiệu lực từ" in page
    assert "An Sinh – Chứng thực trình diễn" in page
    assert "09:00 23/11/2026" in page
    assert "Không có dấu thời gian tin cậy" in page
    assert "Toàn bộ tệp" in page


def test_the_number_is_shown_but_for_its_end_masked(reader: Client, signed: bytes) -> None:
    number = authority._invented_uid("company").removeprefix("CCCD:")
    page = page_for(reader, signed)
    assert number not in page
    assert masked(number) in page
    assert masked("0301234567") == "•••••••567"


def test_a_changed_file_says_what_happened_and_what_to_do(reader: Client, signed: bytes) -> None:
    page = page_for(reader, signed.replace(b"56280000", b"96280000"))
    assert "Nội dung tệp đã bị sửa sau khi ký." in page
    assert "xin tải lại bản gốc hoặc ký lại" in page
    assert "Tên ghi trong chữ ký" in page
    assert "Không phải toàn bộ tệp" in page


def test_the_report_is_spoken_in_english_too(reader: Client, signed: bytes) -> None:
    reader.get("/minh-chung?lang=en")
    assert "What is signed" in page_for(reader, signed)
