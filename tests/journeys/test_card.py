"""The own health-insurance card on a telephone: shown, scanned, renewed by itself, and by hand without scripts."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from ansinh.registry.models import InsuredPerson
from ansinh.signing import seal
from tests.chromium import open_browser
from tests.documents.pages import svg_picture
from tests.journeys.citizen_site import hold, served
from tests.world import ID_NUMBER, PASSWORD, SI_NUMBER, a_world

TODAY = datetime.now(UTC)


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One headless browser for the file."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def site(settings: Settings, tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """The product today; Lan's card holds this month."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.CLOCK = lambda: datetime.now(UTC)
    seal._key.cache_clear()
    a_world()
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=f"DN490{SI_NUMBER}", card_level_percent=80, initial_facility="45001",
        card_valid_from=(TODAY - timedelta(days=9)).date(), card_valid_to=(TODAY + timedelta(days=20)).date(),
    )  # fmt: skip
    with served(tmp_path / "static") as address:
        yield address
    seal._key.cache_clear()


def card_page(chrome: Browser, site: str, *, scripts: bool = True) -> Page:
    """Signed in, the card open by its link on the account's page."""
    context = chrome.new_context(
        viewport={"width": 360, "height": 900}, base_url=site, java_script_enabled=scripts, locale="vi"
    )
    page = context.new_page()
    if scripts:
        page.clock.install()
    page.goto("/dang-nhap")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill(ID_NUMBER)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto("/tai-khoan")
    page.get_by_role("link", name="Thẻ BHYT của tôi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thẻ BHYT của tôi")
    return page


def scanned(page: Page) -> str:
    """What a camera reads from the page."""
    drawing = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", page.content(), re.DOTALL)
    assert drawing is not None
    (code,) = zxingcpp.read_barcodes(svg_picture(drawing[0]))
    return str(code.text)


@pytest.mark.requirement("R-176")
def test_a_card_is_shown_scanned_and_renewed_by_itself(chrome: Browser, site: str) -> None:
    page = card_page(chrome, site)
    hold(page, "card")
    first = second = scanned(page)
    page.clock.fast_forward(550_000)
    limit = time.monotonic() + 20
    while second == first and time.monotonic() < limit:
        time.sleep(0.1)
        second = scanned(page)
    assert second != first
    page.goto(f"/minh-chung?{second.partition('?')[2]}")
    expect(page.get_by_role("main")).to_contain_text("Thẻ BHYT đang có giá trị")
    hold(page, "card-checked")
    page.context.close()


def test_without_scripts_a_link_makes_the_next_code(chrome: Browser, site: str) -> None:
    page = card_page(chrome, site, scripts=False)
    first = scanned(page)
    page.get_by_role("link", name="Tạo mã mới").click()
    assert scanned(page) != first
    page.context.close()
