"""A parent registers a child, files something for it, shares it with the other parent, and hands over at 18."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from ansinh.casework import registration
from ansinh.catalogue.models import ProcedureVersion
from ansinh.catalogue.queries import folder_in_force
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import CHILD_REGISTRATION
from ansinh.people.actors import Citizen
from ansinh.people.models import Person
from ansinh.people.models_acting import Guardianship
from ansinh.platform.zone import VIETNAM
from ansinh.signing.authority import ensure_authority
from tests.chromium import open_browser
from tests.doors import account_of, code_at, give_an_app, sign_in_officer
from tests.journeys.citizen_site import hold, served, work_off
from tests.journeys.form_filler import fill_section
from tests.people.families import a_guardian, a_mandate, a_person
from tests.web.citizen.codes import last_code
from tests.world import ID_NUMBER, LOCAL_OFFICE, PASSWORD, World, a_moment, a_paper, a_world, delegate
from tests.world_procedures import ALLOWANCE

MONDAY = a_moment(date(2026, 11, 9))
BIRTHDAY = datetime(2026, 12, 1, tzinfo=VIETNAM)
CHILD = {
    "full_name": "Lê Trần An Nhiên",
    "date_of_birth": "2008-12-01",
    "gender": "female",
    "si_number": "9000000034",
    "guardian_relation": "mother",
    "contact_address": {"province": "90", "commune": "90101", "detail": "5 đường Bờ Sông"},
    "chosen_office": LOCAL_OFFICE,
    "truth_commitment": True,
}
FOR_THE_CHILD = {
    "full_name": "Lê Trần An Nhiên",
    "si_number": "9000000034",
    "phone": "0905000278",
    "date_of_birth": "2008-12-01",
    "receiving_office": LOCAL_OFFICE,
    "bank_account": {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI MAI LAN"},
    "born_on": "2026-05-04",
    "children": [{"name": "Lê Trần Bé"}],
}


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
    """Offices, officers, a person; and the registration of a child as it is in force."""
    made = a_world()
    folder = folder_in_force(CHILD_REGISTRATION, on=MONDAY.date())
    ProcedureVersion.objects.create(
        slug=folder.slug, in_force_from=folder.in_force_on, digest=folder.digest, content=folder.content,
        frozen_at=MONDAY,
    )  # fmt: skip
    delegate(made["other_counter"], by=made["leader"], office="90002")
    return made


@pytest.fixture
def page(chrome: Browser, site: str) -> Iterator[Page]:
    """The mother's telephone."""
    context = chrome.new_context(viewport={"width": 360, "height": 800}, base_url=site)
    yield context.new_page()
    context.close()


def sign_in(page: Page, login: str = ID_NUMBER) -> None:
    """Through the form."""
    page.goto("/dang-nhap")
    page.get_by_label("Mã số BHXH hoặc số định danh").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_load_state()


def file_with_code(page: Page) -> None:
    """From the page that checks to the receipt."""
    page.locator("a.btn, button").filter(has_text="Đọc lại và nộp").click()
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    page.get_by_label("Mã 6 chữ số").fill(last_code())
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_load_state()


def approved_at_another_office(world: World, dossier: Dossier) -> None:
    """The mother comes to another office than she chose; the birth certificate is photographed there."""
    officer, account = world["other_counter"], world.citizen.account_id
    paper = a_paper(Citizen(account, account, ""), kind="birth_certificate")
    registration.add_paper(dossier.pk, actor=officer, requirement="birth_certificate", paper=paper, at=MONDAY)
    registration.verify(
        dossier.pk, actor=officer, office_code="90002", identity_matches=True, declaration_signed=True,
        app_guided=True, at=MONDAY,
    )  # fmt: skip
    registration.approve(dossier.pk, actor=officer, at=MONDAY)


@pytest.mark.requirement("R-056")
@pytest.mark.requirement("R-057")
@pytest.mark.requirement("R-059")
def test_register_file_and_hand_over(page: Page, world: World, settings: Settings) -> None:
    sign_in(page)
    page.goto("/tai-khoan/lam-thay")
    hold(page, "acting-empty")
    page.goto(f"/ho-so/bat-dau/{CHILD_REGISTRATION}")
    page.get_by_role("button", name="Bắt đầu kê khai").click()
    hold(page, "child-first-section")
    while "/giay-to" not in page.url and "/kiem-tra" not in page.url:
        fill_section(page, CHILD)
    page.goto(page.url.partition("/giay-to")[0].partition("/kiem-tra")[0] + "/kiem-tra")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")
    hold(page, "child-check")
    file_with_code(page)
    work_off(MONDAY)
    dossier = Dossier.objects.get(procedure=CHILD_REGISTRATION)
    page.goto(f"/ho-so/{dossier.pk}")
    hold(page, "child-dossier")
    approved_at_another_office(world, dossier)

    page.goto("/tai-khoan/lam-thay")
    hold(page, "acting-with-child")
    page.get_by_role("button", name="Làm thay Lê Trần An Nhiên").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ của Lê Trần An Nhiên")
    page.goto(f"/ho-so/bat-dau/{ALLOWANCE}")
    page.get_by_role("button", name="Bắt đầu kê khai").click()
    hold(page, "for-the-child-section")
    while "/giay-to" not in page.url and "/kiem-tra" not in page.url:
        fill_section(page, FOR_THE_CHILD)
    draft_address = page.url.partition("/giay-to")[0].partition("/kiem-tra")[0]
    page.goto(f"{draft_address}/giay-to")
    page.get_by_role("link", name="Về việc của tôi").count()
    hold(page, "for-the-child-papers")
    child = Person.objects.get(si_number="9000000034")
    held = Guardianship.objects.get(child=child)
    page.goto(f"/tai-khoan/lam-thay/tre/{held.pk}")
    hold(page, "ward")

    settings.CLOCK = lambda: BIRTHDAY - timedelta(seconds=1)
    sign_in(page)  # three weeks later
    page.goto("/tai-khoan/lam-thay")
    page.get_by_role("button", name="Làm thay Lê Trần An Nhiên").click()
    page.goto(draft_address + "/kiem-tra")
    expect(page.get_by_text("Đang làm thay")).to_be_visible()
    settings.CLOCK = lambda: BIRTHDAY
    assert page.goto(draft_address + "/kiem-tra").status == 404  # type: ignore[union-attr]
    page.goto("/ho-so")
    expect(page.get_by_text("Quyền làm thay vừa chấm dứt")).to_be_visible()
    hold(page, "acting-ended")
    page.goto(f"/tai-khoan/lam-thay/tre/{held.pk}")
    expect(page.get_by_text("Trẻ đã đủ 18 tuổi")).to_be_visible()
    hold(page, "ward-of-age")


def test_give_a_mandate_and_take_it_back(page: Page, world: World) -> None:
    nephew = a_person("090085000033", "Lê Quốc Việt")
    a_guardian(world, Person.objects.create(
        full_name="Lê Trần An Nhiên", search_key="le tran an nhien", date_of_birth="2019-05-04", sex="female",
        si_number="9000000034", updated_at=MONDAY,
    ), world.citizen, at=MONDAY)  # fmt: skip
    sign_in(page)
    page.goto("/tai-khoan/lam-thay/uy-quyen")
    hold(page, "mandate-form")
    page.get_by_role("button", name="Đọc lại và xác nhận").click()
    expect(page.get_by_role("alert")).to_be_visible()
    hold(page, "mandate-form-wrong")
    page.get_by_label("Số định danh của người được ủy quyền").fill("090085000033")
    page.get_by_label("Họ và tên người được ủy quyền").fill(nephew.name)
    page.get_by_label("Kê khai").check()
    page.get_by_label("Xác nhận và nộp").check()
    for name, value in (("valid_from", "9/11/2026"), ("valid_to", "31/3/2027")):
        day, month, year = value.split("/")
        page.locator(f"[id='{name}']").fill(day)
        page.locator(f"[id='{name}.month']").fill(month)
        page.locator(f"[id='{name}.year']").fill(year)
    page.get_by_role("button", name="Đọc lại và xác nhận").click()
    hold(page, "mandate-read-back")
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    page.get_by_label("Mã 6 chữ số").fill(last_code())
    page.get_by_role("button", name="Xác nhận ủy quyền").click()
    expect(page.get_by_text("Chờ người được ủy quyền nhận")).to_be_visible()
    hold(page, "mandate-offered")
    page.get_by_role("button", name="Thu hồi ủy quyền").click()
    expect(page.get_by_text("Đã thu hồi ủy quyền của Lê Quốc Việt.")).to_be_visible()
    a_mandate(world.citizen, nephew, at=MONDAY + timedelta(minutes=5))
    page.goto("/tai-khoan/lam-thay")
    hold(page, "acting-overview")


def test_the_counter_writes_it_down(page: Page, world: World) -> None:
    child = Person.objects.create(
        full_name="Lê Trần An Nhiên", search_key="le tran an nhien", date_of_birth="2019-05-04", sex="female",
        si_number="9000000034", updated_at=MONDAY,
    )  # fmt: skip
    a_guardian(world, child, world.citizen, at=MONDAY)
    a_guardian(world, child, a_person("090085000033", "Lê Quốc Việt"), at=MONDAY, kind="father")
    give_an_app(account_of("can-bo-counter").pk, at=MONDAY)
    sign_in_officer(page, "", "can-bo-counter", PASSWORD, lambda: code_at(MONDAY))
    page.goto("/can-bo/lam-thay")
    hold(page, "desk-acting-search")
    page.get_by_label("Số định danh hoặc mã số BHXH của trẻ").fill("9000000034")
    page.get_by_role("button", name="Tìm người").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lê Trần An Nhiên")
    hold(page, "desk-acting-person")
    page.get_by_role("button", name="Tạm dừng ngay").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa ghi lý do")
    page.get_by_label("Lý do").first.fill("Cha mẹ tranh chấp quyền nuôi con")
    page.get_by_role("button", name="Tạm dừng ngay").click()
    expect(page.get_by_text("Đã tạm dừng")).to_be_visible()
    hold(page, "desk-acting-frozen")
