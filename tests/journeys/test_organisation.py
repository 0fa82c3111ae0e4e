"""An organisation in a real browser: a clerk prepares, the director signs, and the mandate stands at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from ansinh.dossiers.models import Dossier
from ansinh.people.models import Organisation, TransmissionMandate
from ansinh.platform.zone import local_day
from ansinh.signing.authority import ensure_authority
from tests.chromium import open_browser
from tests.journeys.citizen_site import hold, served, work_off
from tests.journeys.form_filler import fill_section, place, press
from tests.signing.applicants import signed_pdf
from tests.signing.pki import Holder, Pki
from tests.threads import aside
from tests.world import PASSWORD, a_world
from tests.world_organisations import COMPANY, Firm, a_firm, a_provider, freeze

NOW = datetime.now(UTC).replace(microsecond=0)
CHIEF, CLERK = "090185000101", "090185000102"


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One headless browser for the file."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def site(settings: Settings, tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """The product today, with keys and papers of its own."""
    settings.FILES_DIR = tmp_path / "files"
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.CLOCK = lambda: datetime.now(UTC)
    ensure_authority(at=NOW)
    with served(tmp_path / "static") as address:
        yield address


@pytest.fixture
def firm(site: str) -> Firm:
    """A company, an I-VAN provider, and the procedure between them."""
    a_world()
    freeze("dang-ky-su-dung-ivan")
    a_provider()
    return a_firm()


@pytest.fixture
def certificate(site: str) -> Holder:
    """The company's, of an authority on the trust list."""
    pki = Pki()
    pki.put_on_the_list()
    first, last = NOW - timedelta(days=30), NOW + timedelta(days=300)
    return pki.holder(uid=f"MST:{COMPANY}", name="Công ty May Đồng Xanh 10", first=first, last=last)


def signed_in(chrome: Browser, site: str, login: str, *, scripts: bool = True) -> Page:
    """A page of this person, in a browser of one's own."""
    context = chrome.new_context(
        viewport={"width": 1280, "height": 900}, base_url=site, accept_downloads=True, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto("/dang-nhap")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/ho-so")
    return page


def act_for(page: Page, firm: Firm) -> None:
    """From the list of one's organisations to the company's dossiers."""
    page.goto("/to-chuc")
    page.get_by_role("button").filter(has_text="Làm việc thay tổ chức này").click()
    page.wait_for_url("**/ho-so")
    expect(page.get_by_role("main")).to_contain_text(f"Hồ sơ của {firm.company.name}")


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-054")
def test_prepared_by_one_signed_by_another(
    chrome: Browser, site: str, firm: Firm, certificate: Holder, tmp_path: Path
) -> None:
    clerk = signed_in(chrome, site, CLERK, scripts=False)
    act_for(clerk, firm)
    clerk.goto("/ho-so/bat-dau/dang-ky-su-dung-ivan")
    press(clerk, clerk.get_by_role("button", name="Bắt đầu kê khai"))
    provider = Organisation.objects.get(kind="ivan_provider")
    answers = {
        "request_type": "register", "ivan_provider": str(provider.pk), "truth_commitment": True,
        "effective_date": local_day(datetime.now(UTC)).isoformat(),
    }  # fmt: skip
    while not place(clerk).endswith("/kiem-tra"):
        fill_section(clerk, answers)
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")

    chief = signed_in(chrome, site, CHIEF)
    act_for(chief, firm)
    chief.get_by_role("main").get_by_role("link").filter(has_text="Đăng ký I-VAN").first.click()
    expect(chief.get_by_label("Mã gửi về điện thoại hoặc thư điện tử")).to_have_count(0)
    hold(chief, "organisation-check")
    chief.get_by_label("Tải về, ký ở máy khác rồi gửi lên").check()
    chief.get_by_role("button", name="Đọc lại và nộp").click()
    with chief.expect_download() as download:
        chief.get_by_role("button", name="(PDF)").click()
    offered, sent = download.value.path().read_bytes(), tmp_path / "da-ky.pdf"
    sent.write_bytes(aside(lambda: signed_pdf(offered, certificate, at=datetime.now(UTC))))
    chief.get_by_label("Tệp đã ký").set_input_files(sent)
    chief.get_by_role("button", name="Gửi và nộp hồ sơ").click()
    chief.wait_for_url("**/giay-tiep-nhan")
    work_off(datetime.now(UTC))
    assert TransmissionMandate.objects.get().provider == provider
    chief.goto(f"/ho-so/{Dossier.objects.get().pk}")
    expect(chief.get_by_role("main")).to_contain_text("Vũ Thị Ngọc Ánh lập, Phạm Thị Hạnh ký.")
    chief.goto(f"/to-chuc/{firm.company.pk}")
    expect(chief.get_by_role("main")).to_contain_text(provider.name)
    hold(chief, "organisation")


@pytest.mark.requirement("R-080")
def test_the_pages_of_people_are_for_everybody(chrome: Browser, site: str, firm: Firm) -> None:
    page = signed_in(chrome, site, CHIEF)
    page.goto("/to-chuc")
    hold(page, "organisations")
    page.goto(f"/to-chuc/{firm.company.pk}/moi")
    hold(page, "organisation-invite")
    page.get_by_role("button", name="Gửi lời mời").click()
    expect(page.get_by_role("main")).to_contain_text("Hãy nhập số định danh cá nhân")
    hold(page, "organisation-invite-wrong")
    page.goto(f"/to-chuc/{firm.company.pk}/lien-he")
    hold(page, "organisation-contact")
    page.goto(f"/to-chuc/{firm.company.pk}")
    page.get_by_role("link").filter(has_text="Đổi, cho thôi").filter(has_text="Vũ Thị Ngọc Ánh").click()
    hold(page, "organisation-member")
    clerk = signed_in(chrome, site, CLERK)
    act_for(clerk, firm)
    page.get_by_role("button", name="Cho thôi ngay").click()
    expect(page.get_by_role("main")).to_contain_text("không còn là người dùng")
    clerk.goto("/ho-so")
    expect(clerk.get_by_role("main")).not_to_contain_text(firm.company.name)
