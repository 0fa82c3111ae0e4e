"""A claim in a real browser: sign-in, receipt, supplement, withdrawal; with a keyboard alone, and without scripts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django import Settings

from ansinh.casework import registration
from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.dossiers.models import Dossier, Draft
from ansinh.people.actors import Citizen
from ansinh.people.models import Account, AccountState
from ansinh.signing.authority import ensure_authority
from tests.chromium import open_browser
from tests.files import samples
from tests.journeys.citizen_site import hold, served, work_off
from tests.web.citizen.codes import last_code
from tests.world import (
    ID_NUMBER,
    LOCAL_OFFICE,
    PASSWORD,
    World,
    a_moment,
    a_paper,
    a_submitted_dossier,
    a_world,
    delegate,
)
from tests.world_procedures import ALLOWANCE, BY_POST

WORDS = "mưa rào tháng bảy"
MONDAY = a_moment(date(2026, 11, 9))


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One headless browser for the file."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def site(settings: Settings, tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """The product with folders of its own and the clock on a Monday morning."""
    settings.FILES_DIR = tmp_path / "files"
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.CLOCK = lambda: MONDAY
    ensure_authority(at=MONDAY)
    with served(tmp_path / "static") as address:
        yield address


@pytest.fixture
def world(site: str) -> World:
    """Offices, officers, a person; committed, so that the server sees them."""
    return a_world()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph on the person's telephone."""
    path = tmp_path / "khai sinh trang 1.jpg"
    path.write_bytes(samples.image_bytes("JPEG", samples.picture(width=640)))
    return path


@pytest.fixture
def page(chrome: Browser, site: str) -> Iterator[Page]:
    """A fresh telephone; any message of the console fails the test, for there the policy speaks."""
    context = chrome.new_context(viewport={"width": 360, "height": 800}, base_url=site)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert [text for text in said if "422" not in text] == []


def sign_in(page: Page) -> None:
    """Through the form."""
    page.goto("/dang-nhap")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill(ID_NUMBER)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def begin(page: Page, slug: str = ALLOWANCE) -> None:
    """To the first section."""
    page.goto(f"/ho-so/bat-dau/{slug}")
    page.get_by_role("button", name="Bắt đầu kê khai").click()


def fill_person(page: Page) -> None:
    """The first section."""
    page.get_by_label("Họ và tên").fill("Trần Thị Mai Lan")
    page.locator("[id='date_of_birth']").fill("12")
    page.locator("[id='date_of_birth.month']").fill("05")
    page.locator("[id='date_of_birth.year']").fill("1990")
    page.get_by_label("Mã số BHXH").fill("9000000018")
    page.get_by_label("Điện thoại liên hệ").fill("0905000278")
    page.locator("select#receiving_office").select_option(LOCAL_OFFICE)
    page.locator("[id='bank_account.bank']").select_option("970405")
    page.get_by_label("Số tài khoản").fill("3900205123456")
    page.get_by_label("Tên chủ tài khoản").fill("TRAN THI MAI LAN")


def go_on(page: Page) -> None:
    """The main button of a section."""
    page.get_by_role("button", name="Lưu và tiếp tục").click()


def test_a_claim_from_the_sign_in_to_the_receipt(page: Page, world: World, photo: Path) -> None:
    page.goto("/dang-nhap")
    hold(page, "sign-in")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill(ID_NUMBER)
    page.get_by_label("Mật khẩu").fill("không phải")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa đúng")
    hold(page, "sign-in-wrong")
    sign_in(page)
    hold(page, "home-empty")
    page.goto(f"/ho-so/bat-dau/{ALLOWANCE}")
    hold(page, "begin")
    page.get_by_role("button", name="Bắt đầu kê khai").click()
    hold(page, "section")
    fill_person(page)
    page.locator("[id='date_of_birth']").fill("31")
    page.locator("[id='date_of_birth.month']").fill("04")
    go_on(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title("Lỗi: Người hưởng – An Sinh")
    hold(page, "section-wrong")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("[id='date_of_birth']")).to_be_focused()
    page.locator("[id='date_of_birth']").fill("12")
    go_on(page)
    page.get_by_role("button", name="Thêm con").click()
    page.locator("[id='children[0].name']").fill("Lê Trần An Nhiên")
    page.locator("[id='born_on']").fill("4")
    page.locator("[id='born_on.month']").fill("5")
    page.locator("[id='born_on.year']").fill("2026")
    hold(page, "section-rows")
    page.get_by_role("link", name="Xem còn thiếu gì").click()
    hold(page, "check-gaps")
    page.get_by_role("link", name="Chưa gửi: Giấy khai sinh của con").click()
    page.locator("[id='birth_certificate@children[0]']").set_input_files(photo)
    expect(page.get_by_text("Đã nhận", exact=True)).to_be_visible()
    hold(page, "papers")
    page.get_by_role("link", name="Xem khai sinh trang 1.jpg").click()
    hold(page, "preview")
    page.go_back()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")
    hold(page, "check-complete")
    page.locator("a.btn, button").filter(has_text="Đọc lại và nộp").click()
    hold(page, "read-back")
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    hold(page, "code")
    page.get_by_label("Mã 6 chữ số").fill("000 000" if last_code() != "000000" else "111 111")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("alert")).to_contain_text("còn 4 lần thử")
    hold(page, "code-wrong")
    page.get_by_label("Mã 6 chữ số").fill(last_code())
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_text("đang được lập")).to_be_visible()
    work_off(MONDAY)
    expect(page.get_by_role("link", name="Tải bản PDF có chữ ký số")).to_be_visible(timeout=15000)
    hold(page, "receipt")
    page.get_by_role("link", name="Theo dõi hồ sơ").click()
    hold(page, "dossier-new")
    page.goto("/ho-so")
    hold(page, "home")
    page.goto("/giay-to")
    hold(page, "store")
    page.goto("/tai-khoan")
    hold(page, "account")
    page.goto("/tai-khoan/mat-khau")
    hold(page, "password")
    assert Dossier.objects.get().papers.count() == 1


def test_what_is_typed_is_kept_without_pressing_anything(page: Page, world: World) -> None:
    sign_in(page)
    begin(page)
    with page.expect_response("**/luu"):
        page.get_by_label("Điện thoại liên hệ").fill("0905 000 278")
        page.get_by_label("Điện thoại liên hệ").blur()
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc 09:40")
    assert Draft.objects.get().answers["phone"] == "84905000278"
    page.reload()
    expect(page.get_by_label("Điện thoại liên hệ")).to_have_value("0905 000 278")


def test_a_supplement_is_answered_and_a_dossier_withdrawn(
    page: Page, world: World, photo: Path, settings: Settings
) -> None:
    dossier = a_submitted_dossier(world, papers=(("birth_certificate", "children[0]"),))
    accept(dossier.pk, actor=world["counter"], at=MONDAY)
    confirm_check(dossier.pk, actor=world["collector"], note="", at=MONDAY)
    asks = (
        Ask("field", "bank_account", "bank-account-not-holder", "Tài khoản đứng tên TRAN THI LAN.", ""),
        Ask("paper", "birth_certificate@children[0]", "paper-unreadable", "Ảnh mờ, không đọc được số.", ""),
    )
    ask_for_more(dossier.pk, actor=world["specialist"], asks=asks, at=a_moment(date(2026, 11, 12)))
    settings.CLOCK = lambda: a_moment(date(2026, 11, 23))
    sign_in(page)
    page.get_by_role("link", name="Trợ cấp mẫu").click()
    hold(page, "dossier-asked")
    page.locator("[id='bank_account.bank']").select_option("970405")
    page.get_by_label("Số tài khoản").fill("12")
    page.get_by_label("Tên chủ tài khoản").fill("TRAN THI MAI LAN")
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(page.get_by_role("alert")).to_be_focused()
    hold(page, "supplement-wrong")
    page.get_by_label("Số tài khoản").fill("3900205123456")
    page.get_by_label("Tệp mới").set_input_files(photo)
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang thẩm định")
    hold(page, "dossier-appraised")
    page.get_by_role("link", name="Xem tờ khai").click()
    hold(page, "declaration")
    page.go_back()
    page.get_by_role("link", name="Rút hồ sơ").click()
    hold(page, "withdraw")
    page.get_by_label("Lý do rút").fill("Nộp nhầm.")
    page.get_by_role("button", name="Rút hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã rút")
    hold(page, "dossier-withdrawn")


def test_originals_by_post_and_a_late_dossier(page: Page, world: World, settings: Settings) -> None:
    waiting = a_submitted_dossier(world, BY_POST)
    late = a_submitted_dossier(world)
    accept(late.pk, actor=world["counter"], at=MONDAY)
    settings.CLOCK = lambda: a_moment(date(2026, 11, 20))
    sign_in(page)
    hold(page, "home-many")
    page.goto(f"/ho-so/{waiting.pk}")
    hold(page, "dossier-originals")
    page.goto(f"/ho-so/{late.pk}")
    hold(page, "dossier-late")


def test_a_claim_with_the_keyboard_alone(page: Page, world: World) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Mã số BHXH hoặc số định danh").focus()
    page.keyboard.type(ID_NUMBER)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ho-so")
    page.goto(f"/ho-so/bat-dau/{ALLOWANCE}")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Bắt đầu kê khai":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/person")
    names = []
    for _ in range(40):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        if names[-1] == "Lưu và tiếp tục":
            break
    order = [one for one in names if one in ("full_name", "date_of_birth.day", "phone", "bank_account.number")]
    assert order == ["full_name", "date_of_birth.day", "phone", "bank_account.number"]
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()


def test_a_claim_without_javascript(chrome: Browser, site: str, world: World, photo: Path) -> None:
    context = chrome.new_context(java_script_enabled=False, base_url=site, viewport={"width": 360, "height": 800})
    page = context.new_page()
    sign_in(page)
    begin(page)
    fill_person(page)
    go_on(page)
    page.get_by_role("button", name="Thêm con").click()
    page.locator("[id='children[0].name']").fill("Lê Trần An Nhiên")
    page.get_by_role("button", name="Thêm con").click()
    page.get_by_role("button", name="Bỏ con 2").click()
    page.get_by_role("button", name="Lấy lại").click()
    page.get_by_role("button", name="Bỏ con 2").click()
    for box, text in (("born_on", "4"), ("born_on.month", "5"), ("born_on.year", "2026")):
        page.locator(f"[id='{box}']").fill(text)
    go_on(page)
    page.locator("[id='birth_certificate@children[0]']").set_input_files(photo)
    page.get_by_role("button", name="Tải lên").first.click()
    expect(page.get_by_text("Đã nhận", exact=True)).to_be_visible()
    go_on(page)
    page.locator("a.btn, button").filter(has_text="Đọc lại và nộp").click()
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    page.get_by_label("Mã 6 chữ số").fill(last_code())
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_text("Đã nhận hồ sơ lúc")).to_be_visible()
    context.close()


def approve_at_the_counter(world: World, dossier: Dossier) -> None:
    """What the officers do with a registration: photos, comparison, approval by the delegate."""
    counter = world["counter"]
    delegate(counter, by=world["leader"])
    account = Account.objects.get(state=AccountState.PENDING)
    owner = Citizen(account_id=account.pk, person_id=account.pk, name=account.display_name)
    for kind in registration.missing_papers(dossier):
        paper = a_paper(owner, kind=kind)
        registration.add_paper(dossier.pk, actor=counter, requirement=kind, paper=paper, at=MONDAY)
    registration.verify(
        dossier.pk, actor=counter, office_code=LOCAL_OFFICE, identity_matches=True, declaration_signed=True,
        app_guided=True, at=MONDAY,
    )  # fmt: skip
    registration.approve(dossier.pk, actor=counter, at=MONDAY)


def test_a_mended_box_is_freed_at_once_and_back_sends_nothing_again(page: Page, world: World) -> None:
    sign_in(page)
    begin(page)
    fill_person(page)
    page.locator("[id='date_of_birth']").fill("31")
    page.locator("[id='date_of_birth.month']").fill("04")
    go_on(page)
    error = page.locator("[id='date_of_birth:error']")
    expect(error).to_contain_text("tháng 4 có 30 ngày")
    page.locator("[id='date_of_birth']").fill("30")
    page.locator("[id='date_of_birth']").blur()
    expect(error).to_have_count(0)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Con")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Người hưởng")
    expect(page.locator("[id='date_of_birth']")).to_have_value("30")


def wait_until_there(page: Page, requests: list[Route]) -> None:
    """The browser has asked for it."""
    for _ in range(500):
        if requests:
            return
        page.wait_for_timeout(20)
    raise AssertionError("the browser asked for nothing")


def test_what_is_chosen_before_the_script_has_come_is_saved(page: Page, world: World) -> None:
    page.goto("/dang-ky")
    script: list[Route] = []
    page.route("**/an-sinh*.js", lambda route: script.append(route))  # a builtin cannot be a handler
    page.get_by_role("button", name="Bắt đầu đăng ký").click(no_wait_after=True)
    page.locator("select[id='contact_address.province']").select_option("90")
    wait_until_there(page, script)
    script[0].continue_()
    expect(page.locator("select[id='contact_address.commune'] option[value='90101']")).to_be_attached()
    expect(page.locator("select[id='contact_address.province']")).to_have_value("90")


def test_what_is_chosen_while_the_page_saves_stays_chosen(page: Page, world: World) -> None:
    page.goto("/dang-ky")
    saving: list[Route] = []
    page.route("**/luu", lambda route: saving.append(route))  # a builtin cannot be a handler
    page.get_by_role("button", name="Bắt đầu đăng ký").click()  # held back from the new page's first request on
    page.locator("select[id='contact_address.province']").select_option("90")
    wait_until_there(page, saving)
    page.get_by_label("Nam", exact=True).check()
    saving[0].continue_()
    expect(page.locator("select[id='contact_address.commune'] option[value='90101']")).to_be_attached()
    expect(page.get_by_label("Nam", exact=True)).to_be_checked()
    expect(page.locator("select[id='contact_address.province']")).to_have_value("90")
    for later in saving[1:]:
        later.continue_()


def test_from_no_account_to_the_own_page(page: Page, world: World) -> None:
    page.goto("/dang-ky")
    hold(page, "register")
    page.get_by_role("button", name="Bắt đầu đăng ký").click()
    hold(page, "register-form")
    go_on(page)
    hold(page, "register-wrong")
    page.get_by_label("Họ và tên").fill("Đặng Minh Khôi")
    for box, text in (("date_of_birth", "3"), ("date_of_birth.month", "2"), ("date_of_birth.year", "1988")):
        page.locator(f"[id='{box}']").fill(text)
    page.get_by_label("Nam", exact=True).check()
    page.get_by_label("Số định danh cá nhân").fill("090088000027")
    page.get_by_label("Mã số BHXH").fill("9000000026")
    page.get_by_label("Điện thoại", exact=True).fill("0905000300")
    page.locator("select[id='contact_address.province']").select_option("90")
    page.locator("select[id='contact_address.commune']").select_option("90101")
    page.get_by_label("Số nhà").fill("5 đường Bờ Sông")
    page.locator("select#receiving_office").select_option(LOCAL_OFFICE)
    go_on(page)
    hold(page, "register-papers")
    go_on(page)
    page.locator("a.btn, button").filter(has_text="Đọc lại và nộp").click()
    hold(page, "register-read-back")
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    hold(page, "register-code")
    page.get_by_label("Mã 6 chữ số").fill(last_code())
    page.get_by_label("Đặt mật khẩu").fill(WORDS)
    page.get_by_role("button", name="Nộp đăng ký").click()
    dossier = Dossier.objects.get()
    expect(page.get_by_text(f"Số hồ sơ {dossier.number}")).to_be_visible()
    hold(page, "registered")
    approve_at_the_counter(world, dossier)
    page.goto("/dang-nhap")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill("090088000027")
    page.get_by_label("Mật khẩu").fill(WORDS)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ của tôi")
    page.get_by_role("button", name="Thoát").click()
    page.goto("/quen-mat-khau")
    hold(page, "forgotten")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill("090088000027")
    page.get_by_role("button", name="Gửi mã").click()
    hold(page, "reset")
