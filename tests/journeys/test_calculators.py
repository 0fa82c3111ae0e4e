"""The calculators in a real browser: filled by hand, without JavaScript, sound at both widths, shared, claimed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page

from ansinh.catalogue.freeze import freeze_all
from ansinh.dossiers.models import Draft
from ansinh.platform.zone import VIETNAM
from tests.chromium import open_browser
from tests.journeys.citizen_site import hold
from tests.journeys.serving import served
from tests.threads import aside
from tests.web.public.test_calculators import GIVEN, asked
from tests.world import ID_NUMBER, LONG_AGO, PASSWORD, World, a_world

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
    with open_browser() as opened:
        yield opened


@pytest.fixture
def procedures(world: World) -> None:
    """The real procedures, frozen before any browser runs."""
    freeze_all(at=LONG_AGO)


def answers_kept(world: World) -> dict[str, Any]:
    """The answers of the person's draft, read in a thread of its own: the browser keeps a loop in this one."""

    return aside(lambda: dict(Draft.objects.get(account_id=world.citizen.account_id).answers))


def a_page(browser: Browser, *, javascript: bool = True) -> Page:
    return browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=javascript).new_page()


def test_every_form_and_result_is_sound_at_both_widths(home: str, browser: Browser) -> None:
    page = a_page(browser)
    page.goto(f"{home}/tinh-thu")
    hold(page, "tinh-thu")
    for slug in GIVEN:
        page.goto(f"{home}/tinh-thu/{slug}")
        hold(page, f"{slug}-form")
        page.goto(f"{home}{asked(slug)}")
        assert "đ" in page.inner_text("h1")
        hold(page, f"{slug}-result")
    page.goto(f"{home}{asked('luong-huu', average='')}")
    hold(page, "luong-huu-error")
    page.goto(f"{home}/hien-thi?lang=en")
    page.goto(f"{home}{asked('bhxh-mot-lan')}")
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


@pytest.mark.requirement("R-042")
def test_an_estimate_goes_through_the_sign_in_into_the_claim(
    procedures: None, home: str, browser: Browser, world: World
) -> None:
    page = a_page(browser)
    page.goto(f"{home}{asked('thai-san')}")
    page.get_by_role("link", name="Đăng nhập để kê khai hồ sơ đã điền sẵn").click()
    page.get_by_label("Mã số BHXH hoặc số định danh").fill(ID_NUMBER)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    assert "Những gì đã nhập khi tính thử được điền sẵn" in page.inner_text("main")
    page.get_by_role("button", name="Bắt đầu kê khai").click()
    page.wait_for_url("**/ho-so/**")
    kept = answers_kept(world)
    wanted = {"mat_case": "birth", "child_birth_date": "2026-05-04", "child_count": 1}
    assert {name: kept[name] for name in wanted} == wanted


def test_an_adoption_and_a_loss_are_asked_what_concerns_them(home: str, browser: Browser) -> None:
    page = a_page(browser)
    adopted = {
        "situation": "adoption", "birth.month": "1", "birth.year": "2026", "birth.day": "10", "adoption_date.day": "1",
        "adoption_date.month": "3", "adoption_date.year": "2026", "adoption_leave": "yes",
    }  # fmt: skip
    page.goto(f"{home}{asked('thai-san', **adopted)}")
    assert "đ" in page.inner_text("h1")
    hold(page, "thai-san-adoption")
    lost = {"situation": "loss", "gestation_weeks": "23", **dict.fromkeys(("leave_from.day", "leave_from.month"), "6")}
    page.goto(f"{home}{asked('thai-san', **lost, **{'leave_from.year': '2026'}, earlier_births='')}")
    assert "Số lần đã sinh con trước đây" in page.inner_text("main")
    assert "Lần sinh thứ mấy" not in page.inner_text("main")
    hold(page, "thai-san-loss-asked")
    page.fill("#earlier_births", "0")
    page.click("text=Tính và xem kết quả")
    assert page.inner_text("h1").replace("\u00a0", " ") == "Được nghỉ 6 tháng, trợ cấp khoảng 51.600.000 đ"
    hold(page, "thai-san-loss")


def test_the_table_of_a_picture_is_downloaded(home: str, browser: Browser) -> None:
    page = a_page(browser)
    page.goto(f"{home}{asked('luong-huu')}")
    for summary in page.locator("main details:not([open]) > summary").all():
        summary.click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").first.click()
    name = waiting.value.suggested_filename
    written = waiting.value.path().read_text("utf-8-sig")
    assert name.endswith(".csv") and len(written.splitlines()) > 3
