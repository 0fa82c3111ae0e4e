"""The calculators in a real browser: filled by hand, without JavaScript, sound at both widths, shared, claimed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

from ansinh.platform.zone import VIETNAM
from tests.chromium import chromium_path
from tests.journeys.citizen_site import hold
from tests.journeys.serving import served
from tests.web import site
from tests.web.public.test_calculators import GIVEN, asked
from tests.world import World, a_world

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def world(transactional_db: None) -> World:
    """A small world, made before any browser runs."""
    return a_world()


@pytest.fixture
def home(world: World, tmp_path: Path) -> Iterator[str]:
    """Where the product is served."""
    with override_settings(CLOCK=lambda: NOW), served(tmp_path / "static") as address:
        yield address


@pytest.fixture
def browser(home: str) -> Iterator[Browser]:
    """Chromium, closed before the database is emptied."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=site.FLAGS)
        yield opened
        opened.close()


def a_page(browser: Browser, *, javascript: bool = True) -> Page:
    return browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=javascript).new_page()


def test_every_form_and_result_is_sound_at_both_widths(home: str, browser: Browser) -> None:
    page = a_page(browser)
    page.goto(f"{home}/tinh-thu", wait_until="networkidle")
    hold(page, "tinh-thu")
    for slug in GIVEN:
        page.goto(f"{home}/tinh-thu/{slug}", wait_until="networkidle")
        hold(page, f"{slug}-form")
        page.goto(f"{home}{asked(slug)}", wait_until="networkidle")
        assert "đ" in page.inner_text("h1")
        hold(page, f"{slug}-result")
    page.goto(f"{home}{asked('luong-huu', average='')}", wait_until="networkidle")
    hold(page, "luong-huu-error")
    page.goto(f"{home}/hien-thi?lang=en")
    page.goto(f"{home}{asked('bhxh-mot-lan')}", wait_until="networkidle")
    hold(page, "bhxh-mot-lan-english")


@pytest.mark.requirement("R-042")
def test_without_javascript_one_finds_fills_mends_and_passes_on_an_estimate(home: str, browser: Browser) -> None:
    page = a_page(browser, javascript=False)
    page.goto(home)
    page.click("text=Tính thử được bao nhiêu")
    page.click("text=Tính thử BHXH tự nguyện")
    page.check("input[name=gender][value=male]")
    page.fill("[name='birth.month']", "5")
    page.fill("[name='birth.year']", "1980")
    page.fill("#income", "một triệu")
    page.click("text=Tính và xem kết quả")
    assert "“một triệu” chưa đọc được thành số" in page.inner_text(".msg.bad")
    assert page.title().startswith("Lỗi: ")
    page.fill("#income", "3.000.000")
    page.click("text=Tính và xem kết quả")
    assert page.inner_text("h1").replace("\u00a0", " ").startswith("Mỗi lần đóng 594.000 đ")
    page.click("text=Địa chỉ của kết quả này")
    shared = page.url
    other = a_page(browser)
    other.goto(shared)
    assert other.inner_text("h1") == page.inner_text("h1")
