"""Four ways to confirm, each in a real browser to a number and a receipt, with the real parts on the other side."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings

from ansinh.dossiers.models import Dossier, Draft
from ansinh.platform.secrets import secret
from ansinh.signing.authority import ensure_authority
from ansinh.signing.models import EvidenceRecord
from tests.chromium import open_browser
from tests.journeys.citizen_site import hold, served, work_off
from tests.notifications.outside import counterparty
from tests.signing.applicants import signed_pdf, signed_xml
from tests.signing.pki import Holder, Pki
from tests.threads import aside
from tests.web.citizen.codes import last_code
from tests.world import ID_NUMBER, PASSWORD, World, a_draft, a_world
from token_world.program import free_port
from token_world.soft_token import PIN, SoftToken, module_path

NOW = datetime.now(UTC).replace(microsecond=0)
NAME = "Trần Thị Mai Lan"
PHONE = "84905000278"
TOKEN = Path(__file__).resolve().parents[2] / "token"


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One headless browser for the file."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def site(settings: Settings, tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """The product today, with an authority of the applicant's and folders of its own."""
    settings.FILES_DIR = tmp_path / "files"
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.CLOCK = lambda: datetime.now(UTC)
    ensure_authority(at=NOW)
    with served(tmp_path / "static") as address:
        yield address


@pytest.fixture
def lan(site: str) -> Holder:
    """The applicant's certificate, of an authority on the trust list."""
    pki = Pki()
    pki.put_on_the_list()
    return pki.holder(
        uid=f"CCCD:{ID_NUMBER}", name=NAME, first=NOW - timedelta(days=30), last=NOW + timedelta(days=300)
    )


@pytest.fixture
def draft(lan: Holder) -> Draft:
    """A complete draft, filled in yesterday."""
    world: World = a_world()
    return a_draft(world)


@pytest.fixture
def context(chrome: Browser, site: str) -> Iterator[BrowserContext]:
    """A fresh browser of the applicant."""
    made = chrome.new_context(viewport={"width": 1280, "height": 900}, base_url=site, accept_downloads=True)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, draft: Draft) -> Page:
    """Signed in, on the page that checks the draft."""
    opened = context.new_page()
    opened.goto("/dang-nhap")
    opened.get_by_label("Mã số BHXH hoặc số định danh").fill(ID_NUMBER)
    opened.get_by_label("Mật khẩu").fill(PASSWORD)
    opened.get_by_role("button", name="Đăng nhập").click()
    opened.goto(f"/ho-so/nhap/{draft.pk}/kiem-tra")
    return opened


def choose(page: Page, way: str) -> None:
    """One way on the check page, and on."""
    page.get_by_label(way).check()
    page.get_by_role("button", name="Đọc lại và nộp").click()


def has_receipt(page: Page, *, said: str) -> None:
    """A number, how it was confirmed, and the signed receipt to download."""
    page.wait_for_url("**/giay-tiep-nhan")
    dossier = Dossier.objects.get()
    work_off(datetime.now(UTC))
    page.reload()
    expect(page.get_by_role("article")).to_contain_text(dossier.number)
    expect(page.get_by_role("article")).to_contain_text(said)
    expect(page.get_by_role("link", name="Tải bản PDF có chữ ký số")).to_be_visible()
    assert EvidenceRecord.objects.get().digest == dossier.digest


def is_signed_as(kind: str) -> None:
    """What was filed is a document of that format."""
    offer = EvidenceRecord.objects.select_related("offer").get().offer
    assert offer is not None
    assert offer.format == kind.lower()


@pytest.mark.requirement("R-053")
def test_with_a_code(page: Page) -> None:
    hold(page, "ways-check")
    choose(page, "Mã gửi về điện thoại hoặc thư điện tử")
    hold(page, "ways-read-back")
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    page.locator("#code").fill(last_code())
    page.get_by_role("button", name="Nộp hồ sơ").click()
    has_receipt(page, said="Xác nhận bằng mã giao dịch")


@pytest.mark.requirement("R-054")
@pytest.mark.parametrize("kind", ["PDF", "XML"])
def test_download_sign_upload(page: Page, lan: Holder, tmp_path: Path, kind: str) -> None:
    choose(page, "Tải về, ký ở máy khác rồi gửi lên")
    hold(page, "ways-upload")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"({kind})").click()
    offered = download.value.path().read_bytes()
    sent = tmp_path / f"da-ky.{kind.lower()}"
    sent.write_bytes(offered)
    page.get_by_label("Tệp đã ký").set_input_files(sent)
    page.get_by_role("button", name="Gửi và nộp hồ sơ").click()
    expect(page.get_by_role("main")).to_contain_text("Tệp này không có chữ ký số.")
    hold(page, f"ways-upload-refused-{kind}")
    sign = signed_pdf if kind == "PDF" else signed_xml
    sent.write_bytes(aside(lambda: sign(offered, lan, at=datetime.now(UTC))))
    page.get_by_label("Tệp đã ký").set_input_files(sent)
    page.get_by_role("button", name="Gửi và nộp hồ sơ").click()
    has_receipt(page, said=f"Xác nhận bằng chữ ký số của {NAME}")
    hold(page, f"ways-receipt-{kind}")


@pytest.mark.requirement("R-054")
@pytest.mark.parametrize("kind", ["PDF", "XML"])
def test_at_a_remote_service(page: Page, settings: Settings, tmp_path: Path, kind: str) -> None:
    people = tmp_path / "people.yaml"
    listed = {"persons": [{"login": ID_NUMBER, "name": NAME, "phone": PHONE}]}
    people.write_text(yaml.safe_dump(listed, allow_unicode=True))
    store = tmp_path / "counterparty"
    more = ("--people", str(people), "--authority", str(settings.SIGNING_DIR))
    with counterparty(store, *more) as outside:
        settings.DEMO_REMOTE_SIGNING_URL = f"http://127.0.0.1:{outside.signing}"
        settings.DEMO_REMOTE_SIGNING_TOKEN = secret("remote-signing", folder=store / "secrets")
        page.reload()
        choose(page, "Ký số từ xa")
        hold(page, "ways-remote")
        page.get_by_label(kind, exact=False).check()
        page.get_by_role("button", name="Tìm chứng thư số của tôi").click()
        hold(page, "ways-remote-certificate")
        page.get_by_role("button", name="Tiếp tục").click()
        hold(page, "ways-remote-otp")
        page.get_by_label("Mã OTP").fill("abc")
        page.get_by_role("button", name="Ký và nộp hồ sơ").click()
        expect(page.get_by_role("alert")).to_contain_text("chưa đúng")
        hold(page, "ways-remote-wrong")
        found = re.search(r"OTP ky so: (\d{6})", outside.arrived(PHONE)[0]["text"])
        assert found is not None
        page.get_by_label("Mã OTP").fill(found[1])
        page.get_by_role("button", name="Ký và nộp hồ sơ").click()
        has_receipt(page, said="ký số từ xa")
        is_signed_as(kind)


@contextmanager
def token_program(token: SoftToken, *, portal: str, port: int, folder: Path) -> Iterator[Path]:
    """The program as people start it; the addresses it opens are written to a file instead."""
    opened, script, output = folder / "opened", folder / "browser.sh", folder / "output"
    script.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    script.chmod(0o755)
    command = [sys.executable, "-m", "ansinh_token", "--portal", portal, "--module", str(token.module), "--port",
               str(port), "--settings", str(folder / "none.toml")]  # fmt: skip
    with output.open("w") as told:
        process = subprocess.Popen(
            command, cwd=TOKEN, env=token.environment | {"BROWSER": f"{script} %s"}, stdout=told, stderr=told
        )
        try:
            yield opened
        finally:
            process.terminate()
            process.wait(10)


def own_page(context: BrowserContext, opened: Path, times: int) -> Page:
    """The page that the program opened as the `times`-th one."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        addresses = opened.read_text().split() if opened.exists() else []
        if len(addresses) >= times:
            tab = context.new_page()
            tab.goto(addresses[times - 1])
            return tab
        time.sleep(0.05)
    raise AssertionError("the program opened no page")


IMPORT = """
import sys
from pathlib import Path
from cryptography.hazmat.primitives import serialization
from token_world.soft_token import SoftToken
from tests.threads import aside
token = SoftToken(Path(sys.argv[1]), Path(sys.argv[2]))
key = serialization.load_pem_private_key(Path(sys.argv[3]).read_bytes(), password=None)
token.keep(key=key, certificate=Path(sys.argv[4]).read_bytes())
"""
"""Run in a process of its own: a PKCS#11 module is bound to the configuration it was first loaded with."""


def plugged_in(folder: Path, holder: Holder) -> SoftToken:
    """A token with the applicant's key and certificate; skips the test without SoftHSM."""
    from cryptography.hazmat.primitives import serialization

    assert isinstance(holder.key, rsa.RSAPrivateKey)
    token = SoftToken(folder / "token", module_path())
    token.make()
    key, certificate = folder / "key.pem", folder / "certificate.der"
    key.write_bytes(
        holder.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    certificate.write_bytes(holder.certificate.dump())
    command = [sys.executable, "-c", IMPORT, str(token.folder), str(token.module), str(key), str(certificate)]
    more = {"PYTHONPATH": f"{TOKEN}:{TOKEN / 'tests'}"}
    subprocess.run(command, env=token.environment | more, check=True)
    return token


@pytest.mark.requirement("R-054")
@pytest.mark.parametrize("kind", ["PDF", "XML"])
def test_with_a_token(
    page: Page, context: BrowserContext, lan: Holder, settings: Settings, site: str, tmp_path: Path, kind: str
) -> None:
    token = plugged_in(tmp_path, lan)
    settings.TOKEN_PORT = port = free_port()
    choose(page, "Ký bằng USB token trên máy này")
    expect(page.get_by_role("heading", name="Chưa thấy chương trình ký")).to_be_visible()
    hold(page, "ways-token-not-running")
    with token_program(token, portal=site, port=port, folder=tmp_path) as opened:
        own_page(context, opened, 1).close()
        page.get_by_role("button", name="Tìm lại").click()
        page.get_by_role("button", name="Ghép").click()
        number = own_page(context, opened, 2)
        page.get_by_label("Sáu chữ số").fill(number.locator(".number").inner_text())
        hold(page, "ways-token-pairing")
        page.get_by_role("button", name="Xác nhận số ghép").click()
        expect(page.get_by_label("Chứng thư số dùng để ký").locator("option")).to_have_count(1)
        page.get_by_label(kind, exact=False).check()
        hold(page, f"ways-token-paired-{kind}")
        page.get_by_role("button", name="Ký và nộp hồ sơ").click()
        asked = own_page(context, opened, 3)
        expect(asked.get_by_role("link", name=f"Xem tài liệu ({kind}")).to_be_visible()
        hold(page, "ways-token-waiting")
        asked.fill("#pin", PIN)
        asked.click("button[value=sign]")
        has_receipt(page, said="ký bằng USB token")
        is_signed_as(kind)


def test_without_scripts_the_token_page_leads_to_the_others(chrome: Browser, site: str, draft: Draft) -> None:
    context = chrome.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/dang-nhap")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill(ID_NUMBER)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(f"/ho-so/nhap/{draft.pk}/nop/ky-token")
    expect(page.get_by_text("Cách này cần JavaScript")).to_be_visible()
    page.get_by_role("link", name="Tải về, ký ở máy khác rồi gửi lên").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tải về, ký rồi gửi lên")
    context.close()
