"""Confirming with a digital signature in plain posts: what a browser without JavaScript does, and what it is told."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.http import HttpResponse
from pytest_django import Settings

from ansinh.dossiers.models import Dossier, Draft
from ansinh.platform.queue import drain
from ansinh.signing.authority import ensure_authority
from ansinh.signing.models import EvidenceRecord
from tests.browsers import Client
from tests.signing.applicants import signed_pdf, signed_xml
from tests.signing.pki import Holder, Pki
from tests.web.citizen.conftest import MONDAY
from tests.world import ID_NUMBER, World, a_draft


@pytest.fixture
def pki(world: World) -> Pki:
    """A licensed authority, on the trust list."""
    ensure_authority(at=MONDAY)
    made = Pki()
    made.put_on_the_list()
    return made


@pytest.fixture
def lan(pki: Pki) -> Holder:
    """The applicant's certificate."""
    return person(pki, f"CCCD:{ID_NUMBER}")


def person(pki: Pki, uid: str) -> Holder:
    """A certificate that holds on that Monday."""
    return pki.holder(
        uid=uid, name="Trần Thị Mai Lan", first=MONDAY - timedelta(days=300), last=MONDAY + timedelta(days=300)
    )


def page_of(draft: Draft) -> str:
    return f"/ho-so/nhap/{draft.pk}/nop/ky-gui-len"


def download(browser: Client, draft: Draft, kind: str = "pdf") -> bytes:
    answer = browser.post(page_of(draft), {"_make": kind})
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    return answer.content


def send(browser: Client, draft: Draft, content: bytes, name: str = "da-ky.pdf") -> HttpResponse:
    file = BytesIO(content)
    file.name = name
    return browser.post(page_of(draft), {"da_ky": file})  # type: ignore[return-value]


@pytest.mark.requirement("R-054")
@pytest.mark.parametrize("kind", ["pdf", "xml"])
def test_download_sign_upload_gives_a_receipt(browser: Client, world: World, lan: Holder, kind: str) -> None:
    draft = a_draft(world)
    offered = download(browser, draft, kind)
    signed = (signed_pdf if kind == "pdf" else signed_xml)(offered, lan, at=MONDAY)
    answer = send(browser, draft, signed, f"da-ky.{kind}")
    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == f"/ho-so/{dossier.pk}/giay-tiep-nhan"
    drain(at=MONDAY)
    receipt = browser.get(answer.headers["Location"]).content.decode()
    assert dossier.number in receipt and "Xác nhận bằng chữ ký số của Trần Thị Mai Lan" in receipt
    assert "Tờ khai đã ký số" in browser.get(f"/ho-so/{dossier.pk}").content.decode()
    kept = browser.get(f"/ho-so/{dossier.pk}/ban-da-ky")
    assert kept.getvalue() == signed
    again = send(browser, draft, signed)
    assert again.headers["Location"] == answer.headers["Location"] and Dossier.objects.count() == 1


def test_the_officer_reads_what_was_signed(browser: Client, world: World, lan: Holder) -> None:
    draft = a_draft(world)
    signed = signed_pdf(download(browser, draft), lan, at=MONDAY)
    send(browser, draft, signed)
    dossier = Dossier.objects.get()
    officer = Client()
    officer.force_login(EvidenceRecord.objects.get().account.__class__.objects.get(pk=world["counter"].account_id))
    assert "Tờ khai người nộp đã ký số" in officer.get(f"/can-bo/ho-so/{dossier.pk}").content.decode()
    assert officer.get(f"/can-bo/ho-so/{dossier.pk}/to-khai-da-ky").getvalue() == signed


def test_a_refusal_says_what_was_found_and_what_to_do(browser: Client, world: World, pki: Pki) -> None:
    draft = a_draft(world)
    other = person(pki, "CCCD:090080000011")
    answer = send(browser, draft, signed_pdf(download(browser, draft), other, at=MONDAY))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "đứng tên đơn vị hoặc người khác" in text and "Mã lỗi: other-subject" in text
    assert "vẫn còn nguyên" in text and not Dossier.objects.exists()
    assert browser.get(page_of(draft)).status_code == 200


def test_a_file_sent_before_any_was_offered(browser: Client, world: World, lan: Holder) -> None:
    answer = send(browser, a_draft(world), b"%PDF-1.7\n%%EOF\n")
    assert answer.status_code == 422 and "Xin tải bản để ký ở bước 1" in answer.content.decode()
    assert "Chưa chọn tệp nào" in browser.post(page_of(a_draft(world))).content.decode()


def test_the_check_page_offers_what_is_there_and_remembers(browser: Client, world: World, lan: Holder) -> None:
    draft = a_draft(world)
    check = browser.get(f"/ho-so/nhap/{draft.pk}/kiem-tra").content.decode()
    assert 'name="cach" value="code" checked' in check and 'value="upload"' in check and 'value="token"' in check
    assert 'value="remote"' not in check
    led = browser.get(f"/ho-so/nhap/{draft.pk}/nop?cach=upload")
    assert led.headers["Location"] == page_of(draft)
    send(browser, draft, signed_pdf(download(browser, draft), lan, at=MONDAY))
    again = browser.get(f"/ho-so/nhap/{a_draft(world).pk}/kiem-tra").content.decode()
    assert 'value="upload" checked' in again


def test_without_a_trusted_authority_and_a_program_only_the_code_is_offered(
    browser: Client, world: World, settings: Settings
) -> None:
    draft = a_draft(world)
    check = browser.get(f"/ho-so/nhap/{draft.pk}/kiem-tra").content.decode()
    assert 'name="cach"' not in check and "Đọc lại và nộp" in check


def test_only_the_token_page_may_reach_the_token_program(browser: Client, world: World, lan: Holder) -> None:
    draft = a_draft(world)
    policy = browser.get(f"/ho-so/nhap/{draft.pk}/nop/ky-token").headers["Content-Security-Policy"]
    assert "connect-src 'self' http://127.0.0.1:48199" in policy
    assert "48199" not in browser.get(page_of(draft)).headers["Content-Security-Policy"]
