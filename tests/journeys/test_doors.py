"""Doors in a real browser: a passkey made and used on a device, a relay that gets nothing, an app, a locked desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from ansinh.people.doors import authenticator, totp
from ansinh.people.models import Passkey, SignedInSession
from tests.chromium import open_browser
from tests.doors import account_of, code_at, give_an_app, sign_in_officer
from tests.journeys.citizen_site import hold
from tests.journeys.relay import relay
from tests.world import ID_NUMBER, PASSWORD, World, a_moment, a_submitted_dossier, a_world

pytestmark = pytest.mark.django_db(transaction=True)
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True, "defaultBackupEligibility": True,
    "defaultBackupState": True,
}  # fmt: skip


@dataclass
class Clock:
    """What time it is."""

    at: datetime


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; its event loop must end with the module, before tests with a database."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def clock(settings: Settings, tmp_path: Path, live_server: LiveServer) -> Clock:
    """A clock the test moves, a storage of its own, and the address people know."""
    made = Clock(a_moment(date(2026, 11, 9)))
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.CLOCK = lambda: made.at
    settings.PUBLIC_URL, settings.PASSKEY_RP_ID = live_server.url, ""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return made


@pytest.fixture
def world(transactional_db: None, clock: Clock) -> World:
    """Offices, officers, a person; committed."""
    return a_world()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser on a device that can hold passkeys."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url, locale="vi")
    opened = with_device(context)
    yield opened
    context.close()


def with_device(context: BrowserContext) -> Page:
    """A page whose device verifies its holder."""
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def sign_in(page: Page) -> None:
    """The citizen, by password."""
    page.goto("/dang-nhap")
    page.locator("#login").fill(ID_NUMBER)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/ho-so")


def add_passkey(page: Page, name: str = "Điện thoại của Lan") -> None:
    """From the account's page, under a name."""
    page.goto("/tai-khoan/dang-nhap")
    page.get_by_role("link", name="Thêm khóa đăng nhập").click()
    page.get_by_label("Tên để nhận ra khóa này").fill(name)
    page.get_by_role("button", name="Tạo khóa trên máy này").click()
    page.wait_for_url("**/tai-khoan/ma-du-phong?xong=them")


def leave(page: Page) -> None:
    """Sign out."""
    page.get_by_role("button", name="Thoát").click()
    page.wait_for_url(lambda address: address.endswith("/"))


@pytest.mark.requirement("R-050")
def test_a_passkey_is_made_and_opens_the_account_without_typing(page: Page, world: World) -> None:
    sign_in(page)
    page.goto("/tai-khoan/dang-nhap")
    hold(page, "doors-none")
    page.goto("/tai-khoan/khoa/them")
    hold(page, "doors-add-passkey")
    add_passkey(page)
    hold(page, "doors-recovery-before")
    page.get_by_role("button", name="Tạo mã dự phòng").click()
    expect(page.locator("ul.codes li")).to_have_count(10)
    hold(page, "doors-recovery-codes")
    leave(page)
    page.goto("/dang-nhap?tiep=/giay-to")
    hold(page, "doors-sign-in")
    page.get_by_role("button", name="Dùng khóa trên máy này").click()
    page.wait_for_url(lambda address: address.endswith("/giay-to") and "dang-nhap" not in address)
    session = SignedInSession.objects.latest("begun_at", "id")
    assert (session.method, session.factor) == ("passkey", "passkey")
    assert Passkey.objects.get().backed_up
    page.goto("/tai-khoan/dang-nhap")
    expect(page.get_by_text("Điện thoại của Lan", exact=True)).to_be_visible()
    hold(page, "doors-with-passkey")
    page.get_by_role("link", name="Đổi tên hoặc bỏ").click()
    hold(page, "doors-passkey")
    page.goto("/tai-khoan/phien")
    hold(page, "doors-sessions")


def test_a_page_between_gets_nothing_from_a_passkey(page: Page, world: World, live_server: LiveServer) -> None:
    """T4: the page shows the portal, hands everything on at once, and the device still signs what it sees."""
    sign_in(page)
    add_passkey(page)
    leave(page)
    before = SignedInSession.objects.filter(ended_at__isnull=True).count()
    with relay(live_server.url) as port:
        page.goto(f"http://localhost:{port}/dang-nhap")
        expect(page.get_by_role("heading", name="Đăng nhập", exact=True)).to_be_visible()
        page.get_by_role("button", name="Dùng khóa trên máy này").click()
        expect(page.get_by_text("không mở được tài khoản nào ở đây").first).to_be_visible()
        page.goto(f"http://127.0.0.1:{port}/dang-nhap")
        page.get_by_role("button", name="Dùng khóa trên máy này").click()
        expect(page.get_by_role("alert")).to_contain_text("Chưa dùng được khóa")
        # The same page does get in with what people type: that is what passkeys are for.
        page.locator("#login").fill(ID_NUMBER)
        page.locator("#password").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url("**/ho-so")
    assert SignedInSession.objects.filter(ended_at__isnull=True).count() == before + 1
    assert SignedInSession.objects.latest("begun_at", "id").method == "password"


def test_an_app_is_switched_on_and_asked_for(page: Page, world: World, clock: Clock) -> None:
    sign_in(page)
    page.goto("/tai-khoan/ung-dung-xac-thuc")
    hold(page, "doors-app")
    secret = totp.begin_setup(world.citizen.account_id, at=clock.at)
    page.locator("#code").fill(authenticator.code_of(secret, step=authenticator.step_of(clock.at)))
    page.get_by_role("button", name="Bật ứng dụng xác thực").click()
    page.wait_for_url("**/tai-khoan/ma-du-phong?xong=them")
    page.get_by_role("button", name="Tạo mã dự phòng").click()
    expect(page.locator("ul.codes li")).to_have_count(10)
    leave(page)
    clock.at += timedelta(minutes=1)
    page.goto("/dang-nhap")
    page.locator("#login").fill(ID_NUMBER)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/dang-nhap/buoc-hai")
    hold(page, "doors-second-step")
    page.locator("#code").fill("000000")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    hold(page, "doors-second-step-wrong")
    page.locator("#code").fill(authenticator.code_of(secret, step=authenticator.step_of(clock.at)))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/ho-so")


def test_an_officer_sets_up_a_key_and_a_desk_left_alone_asks_for_it(
    page: Page, world: World, clock: Clock, live_server: LiveServer
) -> None:
    account = account_of("can-bo-counter")
    give_an_app(account.pk, at=clock.at)
    totp.remove(account.pk, at=clock.at)
    page.goto("/dang-nhap?tiep=/can-bo")
    page.locator("#login").fill("can-bo-counter")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/tai-khoan/dang-nhap")
    hold(page, "doors-officer-must")
    add_passkey(page, "Máy ở quầy")
    page.goto("/can-bo")
    dossier = a_submitted_dossier(world)
    page.goto(f"/can-bo/ho-so/{dossier.pk}")
    clock.at += timedelta(minutes=16)
    page.goto("/can-bo")
    page.wait_for_url("**/xac-nhan-lai?tiep=*")
    hold(page, "doors-desk-locked")
    page.get_by_role("button", name="Dùng khóa trên máy này").click()
    page.wait_for_url("**/can-bo")


def test_what_was_typed_at_a_desk_left_alone_is_sent_after_the_code(
    page: Page, world: World, clock: Clock, live_server: LiveServer
) -> None:
    give_an_app(account_of("can-bo-counter").pk, at=clock.at)
    sign_in_officer(page, live_server.url, "can-bo-counter", PASSWORD, lambda: code_at(clock.at))
    dossier = a_submitted_dossier(world)
    page.goto(f"/can-bo/ho-so/{dossier.pk}/tiep-nhan")
    clock.at += timedelta(minutes=16)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("Những gì đã gõ vẫn còn")).to_be_visible()
    hold(page, "doors-kept")
    page.locator("#code").fill(code_at(clock.at))
    page.get_by_role("button", name="Xác nhận").click()
    hold(page, "doors-resume")
    page.get_by_role("button", name="Gửi tiếp").click()
    page.wait_for_load_state()
    dossier.refresh_from_db()
    assert dossier.state != "submitted"


def test_the_screen_of_a_desk_left_alone_is_covered_and_keeps_what_was_typed(
    page: Page, world: World, clock: Clock, live_server: LiveServer
) -> None:
    give_an_app(account_of("can-bo-counter").pk, at=clock.at)
    sign_in_officer(page, live_server.url, "can-bo-counter", PASSWORD, lambda: code_at(clock.at))
    page.clock.install()
    page.goto("/can-bo")
    page.locator("#head-search").fill("Trần Thị Mai Lan")
    page.clock.fast_forward("14:00")
    expect(page.locator("#desk-lock")).to_be_hidden()
    page.clock.fast_forward("01:30")
    expect(page.get_by_role("heading", name="Bàn làm việc đã khóa")).to_be_visible()
    clock.at += timedelta(minutes=16)
    hold(page, "doors-covered")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Đã mở khóa, làm tiếp").click()
    expect(page.locator("#desk-lock")).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Mở khóa ở thẻ mới").click()
    beside = opened.value
    beside.locator("#code").fill(code_at(clock.at))
    beside.get_by_role("button", name="Xác nhận").click()
    beside.wait_for_url("**/xac-nhan-lai/xong")
    beside.close()
    page.get_by_role("button", name="Đã mở khóa, làm tiếp").click()
    expect(page.locator("#desk-lock")).to_be_hidden()
    assert page.locator("#head-search").input_value() == "Trần Thị Mai Lan"
