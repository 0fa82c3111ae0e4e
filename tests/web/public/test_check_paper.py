"""The paper check: a genuine result, a changed one, a stranger's, and files that are none."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ansinh.casework.sign import sign
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import RESULT_XML
from ansinh.files.limits import MAX_BYTES
from ansinh.platform.storage import open_file
from ansinh.signing.authority import ensure_authority, ensure_signer
from ansinh.signing.pdf import sign_pdf
from tests.casework.moves import a_dossier_to_sign
from tests.files import samples
from tests.web.public.conftest import NOW
from tests.world import World, a_submitted_dossier


@pytest.fixture
def signed(world: World) -> bytes:
    """A signed PDF, not yet issued."""
    ensure_authority(at=NOW - timedelta(days=1))
    ensure_signer(key_name="leader", full_name="Võ Đình Nam", organisation="BHXH cơ sở Hàm Rồng", at=NOW)
    return sign_pdf(
        samples.pdf(),
        key_name="leader",
        signer_name="Võ Đình Nam",
        capacity="Giám đốc",
        reason="Kết quả",
        at=NOW,
        stamper=None,
    )


def check(reader: Client, content: bytes, name: str = "ket-qua.pdf") -> tuple[int, str]:
    answer = reader.post("/minh-chung", {"van_ban": SimpleUploadedFile(name, content, "application/pdf")})
    return answer.status_code, answer.content.decode()


def test_a_result_of_ours_is_called_genuine_without_naming_the_person(
    reader: Client, world: World, signed: bytes
) -> None:
    dossier = a_submitted_dossier(world)
    issue_document(
        dossier, signed, kind="decision", title="Quyết định của bà Lan", number="12/QĐ-BHXH", signed_by="x", at=NOW
    )
    status, page = check(reader, signed)
    assert status == 200
    assert "đúng do cơ quan BHXH phát hành, chưa bị sửa" in page
    assert "12/QĐ-BHXH" in page
    assert "BHXH cơ sở Hàm Rồng" in page
    assert dossier.applicant_name not in page
    assert "Quyết định của bà Lan" not in page


def test_a_signed_paper_we_do_not_hold_is_not_called_genuine(reader: Client, signed: bytes) -> None:
    _, page = check(reader, signed)
    assert "Chữ ký số đúng, nhưng văn bản không có trong hệ thống này" in page


def test_one_changed_byte_is_found(reader: Client, world: World, signed: bytes) -> None:
    dossier = a_submitted_dossier(world)
    issue_document(dossier, signed, kind="decision", title="Quyết định", signed_by="x", at=NOW)
    place = len(signed) // 3
    changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    _, page = check(reader, changed)
    assert "Chưa xác nhận được văn bản này" in page
    assert "msg bad" in page


def test_an_unsigned_pdf_says_why(reader: Client, world: World) -> None:
    ensure_authority(at=NOW)
    _, page = check(reader, samples.pdf())
    assert "không có chữ ký số" in page


def test_a_photograph_is_no_pdf(reader: Client, world: World) -> None:
    ensure_authority(at=NOW)
    _, page = check(reader, samples.image_bytes("JPEG", samples.picture()), "anh.jpg")
    assert "không phải PDF" in page


def test_nothing_empty_and_too_large_say_what_to_do(reader: Client) -> None:
    answer = reader.post("/minh-chung")
    assert answer.status_code == 422
    assert "Chưa chọn tệp nào" in answer.content.decode()
    status, page = check(reader, b"")
    assert status == 422
    assert "Tệp này rỗng" in page or "Chưa chọn tệp nào" in page
    large = BytesIO(b"%PDF-" + b"0" * (MAX_BYTES + 10)).getvalue()
    status, page = check(reader, large)
    assert status == 422
    assert "Tệp lớn hơn 10" in page


def test_a_name_of_a_file_is_only_text(reader: Client, world: World) -> None:
    ensure_authority(at=NOW)
    _, page = check(reader, samples.pdf(), '<img src=x onerror="1">.pdf')
    assert "<img src=x" not in page


def test_the_xml_of_a_result_is_called_what_it_is(reader: Client, world: World) -> None:
    dossier = a_dossier_to_sign(world, at=NOW)
    sign(dossier.pk, actor=world["leader"], at=NOW)
    with open_file(dossier.documents.get(kind=RESULT_XML).sha256) as file:
        status, page = check(reader, file.read(), "ket-qua.xml")
    assert status == 200
    assert "đúng do cơ quan BHXH phát hành, chưa bị sửa" in page
    assert "Kết quả giải quyết dạng tệp XML" in page
    assert RESULT_XML not in page
