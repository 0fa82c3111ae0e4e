"""A company files for workers it names: a list of books to the result in a browser, and the pension of one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ansinh.casework.accept import accept
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier
from ansinh.law.names import search_key
from ansinh.people.models import Role
from ansinh.registry.models import BookEntry, InsuredPerson, PersonalDataChange
from tests.journeys.citizen_site import hold, work_off
from tests.journeys.form_filler import fill_section, place, press
from tests.journeys.test_employer_list import CHIEF, CLERK
from tests.journeys.test_employer_reimbursement import send_papers
from tests.journeys.test_organisation import act_for, certificate, chrome, signed_in, site
from tests.journeys.test_seven_procedures import send_papers as send_without_scripts
from tests.signing.applicants import signed_pdf
from tests.signing.pki import Holder
from tests.threads import aside
from tests.world import ID_NUMBER, LOCAL_OFFICE, SI_NUMBER, World, a_world, an_officer
from tests.world_organisations import Firm, a_firm, freeze

__all__ = ["certificate", "chrome", "site"]
BOOKS, PENSION = "cap-lai-doi-dieu-chinh-so-the", "luong-huu-can-bo-xa"
HEADS = ("Họ và tên", "Mã số BHXH", "Lý do", "Sổ hay thẻ", "Thông tin sửa", "Nội dung đang ghi", "Nội dung đúng")
ROWS = (
    ("Trần Thị Mai Lan", SI_NUMBER, "Bị mất", "Sổ BHXH", "", "", ""),
    ("Lê Thị Bình", "9000000102", "Sai thông tin cá nhân", "Sổ BHXH", "Họ và tên", "Lê Bình", "Lê Thị Bình"),
)
DELIVERY = {"result_channel": "electronic", "truth_commitment": True}
PERSON = {
    "full_name": "Trần Thị Mai Lan", "date_of_birth": "1964-05-12", "si_number": SI_NUMBER, "id_number": ID_NUMBER,
    "pension_case": "employed", "benefit_kind": "pension", "gender": "female", "has_paper_book": "no",
    "retire_from": "2026-12-01", "missing_months_payment": "no", "early_disability": "no", "hiv_risk": "no",
    "special_status": "none", "military_area": "no", "initial_facility": "Bệnh viện Lam Giang",
    "residence_address": {"province": "90", "commune": "90101", "detail": "12 đường Bờ Sông"},
    "payment_method": "bank_account",
    "bank_account": {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI MAI LAN"}, **DELIVERY,
}  # fmt: skip


@pytest.fixture
def world(site: str) -> World:
    """Offices, officers, one for books and cards, and the record of a second worker."""
    made = a_world()
    freeze(BOOKS, PENSION)
    InsuredPerson.objects.create(
        si_number="9000000102", full_name="Lê Bình", search_key=search_key("Lê Bình"), date_of_birth="1992-02-02",
        sex="female", managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
    )  # fmt: skip
    cards = an_officer("cards", "Đinh Thị Hải Yến", "Chuyên viên sổ thẻ", ((LOCAL_OFFICE, Role.CARD),))
    return replace(made, officers={**made.officers, "cards": cards})


@pytest.fixture
def firm(world: World) -> Firm:
    """A company with a clerk and a director."""
    return a_firm()


def begin(clerk: Page, slug: str) -> None:
    clerk.goto(f"/ho-so/bat-dau/{slug}")
    press(clerk, clerk.get_by_role("button", name="Bắt đầu kê khai"))


def list_the_workers(clerk: Page, folder: Path) -> None:
    """The clerk's part: the list pasted, a paper for the row that needs one."""
    begin(clerk, BOOKS)
    while not place(clerk).endswith("/workers_section"):
        fill_section(clerk, DELIVERY)
    clerk.get_by_label("Dán các dòng chép từ bảng tính").fill("\n".join("\t".join(row) for row in (HEADS, *ROWS)))
    press(clerk, clerk.get_by_role("button", name="Nhập các dòng đã dán"))
    expect(clerk.get_by_role("main")).to_contain_text("Đã nhập 2 dòng.")
    hold(clerk, "books-list")
    while not place(clerk).endswith(("/giay-to", "/kiem-tra")):
        fill_section(clerk, DELIVERY)
    expect(clerk.get_by_role("main")).to_contain_text("Căn cước hoặc hộ chiếu của người lao động")
    send_papers(clerk, folder)
    press(clerk, clerk.get_by_role("button", name="Lưu và tiếp tục"))
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")


def sign_it(chief: Page, service: str, certificate: Holder, folder: Path) -> None:
    """The director's part: read, sign with the company's certificate, hand in."""
    chief.get_by_role("main").get_by_role("link").filter(has_text=service).first.click()
    chief.get_by_label("Tải về, ký ở máy khác rồi gửi lên").check()
    chief.get_by_role("button", name="Đọc lại và nộp").click()
    with chief.expect_download() as download:
        chief.get_by_role("button", name="(PDF)").click()
    offered, sent = download.value.path().read_bytes(), folder / "da-ky.pdf"
    sent.write_bytes(aside(lambda: signed_pdf(offered, certificate, at=datetime.now(UTC))))
    chief.get_by_label("Tệp đã ký").set_input_files(sent)
    chief.get_by_role("button", name="Gửi và nộp hồ sơ").click()
    chief.wait_for_url("**/giay-tiep-nhan")


def decide(dossier: Dossier, world: World) -> None:
    """Taken in, proposed, controlled, signed."""
    now = datetime.now(UTC)
    accept(dossier.pk, actor=world["counter"], at=now)
    aside(lambda: propose_grant(dossier.pk, actor=world["cards"], amount=None, override_reason="", note="", at=now))
    aside(lambda: control(dossier.pk, actor=world["head"], note="", at=datetime.now(UTC)))
    aside(lambda: sign(dossier.pk, actor=world["leader"], at=datetime.now(UTC)))


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-129")
def test_books_of_a_list_are_reissued_and_each_worker_is_told(
    chrome: Browser, site: str, world: World, firm: Firm, certificate: Holder, tmp_path: Path
) -> None:
    clerk = signed_in(chrome, site, CLERK)
    act_for(clerk, firm)
    list_the_workers(clerk, tmp_path)
    chief = signed_in(chrome, site, CHIEF)
    act_for(chief, firm)
    sign_it(chief, "Cấp lại, đổi sổ, thẻ", certificate, tmp_path)
    work_off(datetime.now(UTC))
    dossier = Dossier.objects.get()
    decide(dossier, world)
    work_off(datetime.now(UTC))

    assert set(BookEntry.objects.filter(kind="issued").values_list("insured_id", flat=True)) == {
        SI_NUMBER, "9000000102",
    }  # fmt: skip
    assert PersonalDataChange.objects.get().new == "Lê Thị Bình"
    chief.goto(f"/ho-so/{dossier.pk}")
    hold(chief, "books-result")
    expect(chief.get_by_role("main")).to_contain_text("Đã có kết quả")
    worker = signed_in(chrome, site, ID_NUMBER)
    worker.goto("/thong-bao")
    told = worker.get_by_role("main")
    expect(told).to_contain_text("Công ty May Đồng Xanh 10 đã nộp hồ sơ có tên ông/bà")
    expect(told).to_contain_text("Có kết quả hồ sơ Công ty May Đồng Xanh 10 nộp")
    expect(told).to_contain_text("bị mất")
    expect(told).not_to_contain_text("Lê Thị Bình")
    hold(worker, "named-notices")
    assert worker.goto(f"/ho-so/{dossier.pk}") is not None
    expect(worker.get_by_role("main")).not_to_contain_text("Lê Thị Bình")


@pytest.mark.requirement("R-080")
def test_the_pension_of_a_worker_is_filed_by_the_employer(
    chrome: Browser, site: str, world: World, firm: Firm, certificate: Holder, tmp_path: Path
) -> None:
    clerk = signed_in(chrome, site, CLERK, scripts=False)
    act_for(clerk, firm)
    begin(clerk, PENSION)
    while not place(clerk).endswith("/applicant"):
        fill_section(clerk, PERSON)
    expect(clerk.get_by_label("Mã số BHXH")).to_be_editable()
    while not place(clerk).endswith(("/giay-to", "/kiem-tra")):
        fill_section(clerk, PERSON)
    expect(clerk.get_by_role("main")).to_contain_text("Quyết định nghỉ việc hưởng chế độ hưu trí")
    send_without_scripts(clerk, tmp_path)
    press(clerk, clerk.get_by_role("button", name="Lưu và tiếp tục"))
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")
    chief = signed_in(chrome, site, CHIEF)
    act_for(chief, firm)
    sign_it(chief, "Lương hưu", certificate, tmp_path)
    dossier = Dossier.objects.get()
    assert (dossier.owner_id, dossier.si_number) == (firm.company.pk, SI_NUMBER)
    assert dossier.answers["full_name"] == "Trần Thị Mai Lan"
