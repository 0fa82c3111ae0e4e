"""A clinic in a real browser: next year's contract from the form to the public list, signed by both; its counter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from ansinh.casework.models import JointPaper
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier
from ansinh.platform.storage import open_file
from ansinh.registry.models import InsuredPerson, TreatmentContract
from ansinh.signing.authority import ensure_authority
from ansinh.signing.check import check_pdf
from tests.chromium import open_browser
from tests.dossiers.claim_samples import two
from tests.journeys.citizen_site import hold, served
from tests.journeys.form_filler import fill_section, place, press
from tests.signing.applicants import signed_pdf
from tests.signing.remote_service import remote_signing
from tests.threads import aside
from tests.world import PASSWORD, SI_NUMBER, a_world
from tests.world_facilities import AT, Clinic, a_clinic, controlled
from tests.world_organisations import FACILITY

YEARLY = "ky-hop-dong-kcb-hang-nam"
CHIEF = "090175000113"
ANSWERS = {"valid_from": "2027-01-01", "valid_to": "2027-12-31", "has_changes": "no", "truth_commitment": True}


@pytest.fixture
def chrome() -> Iterator[Browser]:
    """A headless browser."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def clinic(settings: Settings, tmp_path: Path, transactional_db: None) -> Clinic:
    """A clinic whose contract ends this year, on a day of this year; Lan has a card."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.CLOCK = lambda: AT
    ensure_authority(at=AT)
    world = a_world()
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=f"DN490{SI_NUMBER}", card_level_percent=80, card_valid_from=date(2026, 1, 1),
        card_valid_to=date(2026, 12, 31),
    )  # fmt: skip
    return a_clinic(world, YEARLY, "thanh-toan-kcb-co-so")


@pytest.fixture
def chief(clinic: Clinic, chrome: Browser, tmp_path: Path) -> Iterator[Page]:
    """The chief's browser, working for the clinic."""
    with served(tmp_path / "static") as site:
        page = chrome.new_context(
            viewport={"width": 1280, "height": 900}, base_url=site, accept_downloads=True
        ).new_page()
        page.goto("/dang-nhap")
        page.get_by_label("Mã số BHXH hoặc số định danh").fill(CHIEF)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url("**/ho-so")
        page.goto("/to-chuc")
        page.get_by_role("button").filter(has_text="Làm việc thay tổ chức này").click()
        page.wait_for_url("**/ho-so")
        yield page
        page.context.close()


def sign_download(page: Page, clinic: Clinic, button: str, signed: Path) -> Path:
    """What the button downloads, signed by the clinic's own program."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    offered = download.value.path().read_bytes()
    signed.write_bytes(aside(lambda: signed_pdf(offered, clinic.certificate, at=AT)))
    return signed


@pytest.mark.requirement("R-054")
def test_next_years_contract_from_the_form_to_the_public_list(
    clinic: Clinic, chief: Page, tmp_path: Path, settings: Settings
) -> None:
    chief.goto(f"/ho-so/bat-dau/{YEARLY}")
    press(chief, chief.get_by_role("button", name="Bắt đầu kê khai"))
    while not place(chief).endswith("/kiem-tra"):
        fill_section(chief, ANSWERS)
    chief.get_by_label("Tải về, ký ở máy khác rồi gửi lên").check()
    chief.get_by_role("button", name="Đọc lại và nộp").click()
    sent = sign_download(chief, clinic, "(PDF)", tmp_path / "ho-so.pdf")
    chief.get_by_label("Tệp đã ký").set_input_files(sent)
    chief.get_by_role("button", name="Gửi và nộp hồ sơ").click()
    chief.wait_for_url("**/giay-tiep-nhan")
    dossier = Dossier.objects.get()
    aside(lambda: controlled(clinic, dossier, at=AT))

    chief.goto(f"/ho-so/{dossier.pk}")
    chief.locator(f"a[href='/ho-so/{dossier.pk}/ky-van-ban']").first.click()
    hold(chief, "facility-contract-to-sign")
    with remote_signing(settings, tmp_path / "remote", number=FACILITY, name="Phòng khám Sao Mai", at=AT) as service:
        chief.reload()
        press(chief, chief.get_by_role("link", name="Ký số từ xa"))
        hold(chief, "facility-contract-remote")
        press(chief, chief.get_by_role("button", name="Tìm chứng thư số của tôi"))
        press(chief, chief.get_by_role("button", name="Tiếp tục"))
        hold(chief, "facility-contract-remote-code")
        chief.get_by_label("Mã OTP").fill(service.code())
        chief.get_by_role("button", name="Ký và gửi văn bản").click()
        chief.wait_for_url(f"**/ho-so/{dossier.pk}")
    expect(chief.get_by_role("main")).to_contain_text("Đang chờ lãnh đạo ký")
    hold(chief, "facility-waits-for-the-leader")
    later = AT + timedelta(minutes=30)
    assert aside(lambda: sign(dossier.pk, actor=clinic.world["leader"], at=later))

    made = TreatmentContract.objects.get(dossier_id=dossier.pk)
    assert (made.valid_from, made.valid_to) == (date(2027, 1, 1), date(2027, 12, 31))
    chief.goto(f"/to-chuc/{clinic.facility.pk}")
    expect(chief.get_by_role("main")).to_contain_text(made.number)
    hold(chief, "facility-organisation")
    chief.goto("/co-so-kcb")
    expect(chief.get_by_role("main")).to_contain_text("Phòng khám Sao Mai")
    hold(chief, "facility-public-list")
    chief.goto(f"/ho-so/{dossier.pk}")
    hold(chief, "facility-contract-in-force")
    with open_file(JointPaper.objects.get().signed_sha256) as file:
        both = file.read()
    report = aside(lambda: check_pdf(both, at=later))
    assert report.valid, report.findings


def test_the_counter_and_the_files_of_costs(clinic: Clinic, chief: Page, tmp_path: Path) -> None:
    chief.goto("/tra-the")
    hold(chief, "facility-counter")
    chief.get_by_label("Số thẻ hoặc mã số BHXH").fill(SI_NUMBER)
    chief.get_by_label("Họ và tên").fill("Trần Thị Mai Lan")
    chief.get_by_label("Ngày sinh").fill("12/05/1990")
    chief.get_by_role("button", name="Tra theo số thẻ").click()
    expect(chief.get_by_role("main")).to_contain_text("000: Thẻ còn giá trị")
    hold(chief, "facility-counter-answer")
    chief.get_by_label("Ngày sinh").fill("1991")
    chief.get_by_role("button", name="Tra theo số thẻ").click()
    expect(chief.get_by_role("main")).to_contain_text("070")
    hold(chief, "facility-counter-refused")

    file = tmp_path / "quy-3.xml"
    file.write_bytes(two())
    chief.goto("/du-lieu-chi-phi")
    chief.get_by_label("Tệp dữ liệu chi phí").set_input_files(file)
    chief.get_by_role("button", name="Gửi tệp").click()
    expect(chief.get_by_role("main")).to_contain_text("1.500.001")
    hold(chief, "facility-claims")
    chief.get_by_label("Tệp dữ liệu chi phí").set_input_files(file)
    chief.get_by_role("button", name="Gửi tệp").click()
    expect(chief.get_by_role("main")).to_contain_text("Tệp này đã gửi")
    hold(chief, "facility-claims-twice")
