"""The public pages in a real browser: axe finds nothing, the keyboard is enough, the first visit is light."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, Response

from ansinh.platform.zone import VIETNAM
from tests.accessibility import violations
from tests.chromium import open_browser
from tests.journeys.serving import served
from tests.world import World, a_submitted_dossier, a_world

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ADDRESSES = (
    "/", "/dich-vu", "/dich-vu?q=nghi sinh con", "/dich-vu?q=zzqqxx",
    "/dich-vu?ngay.day=31&ngay.month=2&ngay.year=2026",
    "/dich-vu/che-do-thai-san", "/dich-vu/che-do-om-dau", "/dich-vu/cap-ma-xac-thuc-giao-dich", "/tra-cuu",
    "/minh-chung", "/minh-chung/khoa", "/co-quan", "/co-quan?tinh=90&xa=90101", "/lich-nghi", "/tro-giup", "/hien-thi",
    "/du-lieu-mo", "/dich-vu/che-do-thai-san/thuc-te?tinh=90", "/khong-co",
)  # fmt: skip


@pytest.fixture
def number(transactional_db: None) -> str:
    """The number of a filed dossier in a small world, made before any browser runs."""
    world: World = a_world()
    return a_submitted_dossier(world).number


@pytest.fixture
def home(number: str, tmp_path: Path) -> Iterator[str]:
    """Where the product is served."""
    with override_settings(CLOCK=lambda: NOW), served(tmp_path / "static") as address:
        yield address


@pytest.fixture
def browser(home: str) -> Iterator[Browser]:
    """Chromium, closed before the database is emptied."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Page:
    """A telephone's page."""
    return browser.new_context(viewport={"width": 360, "height": 800}).new_page()


def sound(page: Page, where: str) -> None:
    """Nothing overflows and axe finds nothing, with every part opened, on a telephone and on a desk."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOW) == 0, f"{where} at {width}"
        assert not (found := violations(page)), f"{where} at {width}: {found}"


def test_axe_finds_nothing_on_any_page(home: str, page: Page) -> None:
    for address in ADDRESSES:
        page.goto(f"{home}{address}")
        sound(page, address)


def test_big_letters_in_english_fit_a_small_telephone(home: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{home}/?chu=to")
    page.goto(f"{home}/?lang=en")
    for address in ADDRESSES:
        page.goto(f"{home}{address}")
        assert page.evaluate(OVERFLOW) == 0, address


def test_the_keyboard_alone_finds_a_dossier(home: str, page: Page, number: str) -> None:
    page.goto(f"{home}/tra-cuu?so={number}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "so"
    page.keyboard.press("Tab")
    page.keyboard.type("0905 000 270")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'problems'")
    sound(page, "a refused look-up")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "dien_thoai"
    page.keyboard.press("Control+a")
    page.keyboard.type("0905 000 278")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã nhận, chờ kiểm tra")
    assert "0905" not in page.url
    sound(page, "a found dossier")


def test_without_javascript_one_searches_filters_and_checks(home: str, browser: Browser, tmp_path: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(home)
    page.fill("#q", "thai sna")
    page.press("#q", "Enter")
    page.click("text=C4. Thai sản")
    assert page.inner_text("h1") == "Thai sản"
    page.goto(f"{home}/dich-vu")
    page.click("summary")
    page.select_option("#nhom", "D")
    page.click("text=Lọc danh sách")
    assert page.locator(".links li").count() == 3
    file = tmp_path / "thu.pdf"
    file.write_bytes(b"day khong phai PDF")
    page.goto(f"{home}/minh-chung")
    page.set_input_files("#van_ban", file)
    page.click("button.btn")
    assert page.inner_text("h1") == "Chưa xác nhận được văn bản này"


def keep_answers(page: Page, answers: list[Response]) -> None:
    """Put every answer of the page into the list."""
    page.on("response", lambda answer: answers.append(answer))


def test_a_first_visit_is_under_100_kb(home: str, browser: Browser) -> None:
    for address in ("/", "/dich-vu", "/dich-vu/che-do-thai-san"):
        page = browser.new_context().new_page()
        answers: list[Response] = []
        keep_answers(page, answers)
        page.goto(f"{home}{address}")
        assert all(answer.status == 200 for answer in answers)
        assert sum(answer.request.sizes()["responseBodySize"] for answer in answers) < 100_000, address
