"""A company's list of workers in a real browser: pasted, two errors mended, signed, decided, the result is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from ansinh.casework.accept import accept
from ansinh.casework.propose import control
from ansinh.casework.sign import sign
from ansinh.catalogue.queries import frozen
from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder as DraftHolder
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.submit import file_draft
from ansinh.law.names import search_key
from ansinh.platform.identifiers import uuid7
from ansinh.registry.models import ContributionPeriod, InsuredPerson
from ansinh.signing.authority import ensure_authority
from tests.chromium import open_browser
from tests.journeys.citizen_site import hold, served, work_off
from tests.journeys.form_filler import fill_section, place
from tests.journeys.officer_desk import Desk
from tests.journeys.test_organisation import act_for, signed_in
from tests.signing.applicants import signed_pdf
from tests.signing.pki import Holder, Pki
from tests.threads import aside
from tests.world import LOCAL_OFFICE, World, a_world
from tests.world_organisations import COMPANY, Firm, a_firm, acting_for, freeze

NOW = datetime.now(UTC).replace(microsecond=0)
CHIEF, CLERK = "090185000101", "090185000102"
HEADS = (
    "Họ và tên", "Mã số BHXH", "Nghỉ từ ngày", "Đến ngày", "Hình thức điều trị", "Nghỉ chăm con ốm",
    "Số seri chứng từ", "Mã bệnh (ICD-10)", "Tên bệnh", "Hình thức nhận tiền",
)  # fmt: skip
USUAL = {"Nghỉ chăm con ốm": "Không", "Hình thức nhận tiền": "Qua đơn vị", "Đến ngày": "09/10/2026"}
ROWS = (
    {"Họ và tên": "Nguyễn Văn An", "Mã số BHXH": "9000000101", "Nghỉ từ ngày": "05/10/2026",
     "Hình thức điều trị": "Nội trú", "Số seri chứng từ": "RV-1", "Mã bệnh (ICD-10)": "J18.9", "Tên bệnh": "Viêm phổi"},
    {"Họ và tên": "Lê Thị Bình", "Mã số BHXH": "9000000102", "Nghỉ từ ngày": "31/09/2026",
     "Hình thức điều trị": "Ngoại trú", "Số seri chứng từ": "CN-2", "Mã bệnh (ICD-10)": "M54.5", "Tên bệnh": "Mỏi"},
    {"Họ và tên": "Phạm Thị Cúc", "Mã số BHXH": "90000001", "Nghỉ từ ngày": "08/10/2026",
     "Hình thức điều trị": "Ngoại trú", "Số seri chứng từ": "CN-3", "Mã bệnh (ICD-10)": "J20", "Tên bệnh": "Ho"},
)  # fmt: skip


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
def world(site: str) -> World:
    """Offices, officers, the procedure, and the records of three workers."""
    made = a_world()
    freeze("che-do-om-dau")
    for number in range(101, 104):
        person = InsuredPerson.objects.create(
            si_number=f"9000000{number}", full_name="Người lao động", search_key=search_key("Người lao động"),
            date_of_birth="1990-05-12", sex="female", managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
        )  # fmt: skip
        ContributionPeriod.objects.create(
            insured=person, from_month=date(2024, 1, 1), to_month=date(2026, 9, 1), fund="compulsory", salary=9_600_000
        )
    return made


@pytest.fixture
def firm(world: World) -> Firm:
    """A company with a clerk and a director."""
    return a_firm()


@pytest.fixture
def certificate(site: str) -> Holder:
    """The company's, of an authority on the trust list."""
    pki = Pki()
    pki.put_on_the_list()
    first, last = NOW - timedelta(days=30), NOW + timedelta(days=300)
    return pki.holder(uid=f"MST:{COMPANY}", name="Công ty May Đồng Xanh 10", first=first, last=last)


def prepare(clerk: Page) -> None:
    """The clerk's part: the sections before the list, the list pasted, both errors mended, the rest."""
    clerk.goto("/ho-so/bat-dau/che-do-om-dau")
    clerk.get_by_role("button", name="Bắt đầu kê khai").click()
    account = {"bank": "970405", "number": "3900205999888", "holder": "CONG TY MAY DONG XANH"}
    answers = {
        "period": "2026-11", "batch_no": 1, "list_part": "new", "truth_commitment": True,
        "employer_bank_account": account,
    }  # fmt: skip
    while not place(clerk).endswith("/workers_section"):
        fill_section(clerk, answers)
    hold(clerk, "list-empty")
    text = "\n".join("\t".join(line) for line in (HEADS, *([(USUAL | row)[head] for head in HEADS] for row in ROWS)))
    clerk.get_by_label("Dán các dòng chép từ bảng tính").fill(text)
    clerk.get_by_role("button", name="Nhập các dòng đã dán").click()
    main = clerk.get_by_role("main")
    expect(main).to_contain_text("Đã nhập 3 dòng.")
    expect(main).to_contain_text("Dòng 2, cột Nghỉ từ ngày: 31/09/2026 không có trong lịch vì tháng 9 có 30 ngày")
    expect(main).to_contain_text("Dòng 3, cột Mã số BHXH")
    hold(clerk, "list-two-errors")
    main.get_by_role("link", name="Dòng 2, cột Nghỉ từ ngày").click()
    hold(clerk, "list-row")
    clerk.locator("[name='workers[1].from_date.day']").fill("30")
    clerk.get_by_role("button", name="Lưu và đến dòng cần sửa tiếp theo").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("Dòng 3")
    clerk.locator("[name='workers[2].si_number']").fill("9000000103")
    clerk.get_by_role("button", name="Lưu dòng này").click()
    expect(main).not_to_contain_text("cần sửa")
    hold(clerk, "list-right")
    while not place(clerk).endswith("/kiem-tra"):
        if place(clerk).endswith("/giay-to"):
            clerk.get_by_role("button", name="Lưu và tiếp tục").click()
        else:
            fill_section(clerk, answers)
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")


def confirm(chief: Page, certificate: Holder, tmp_path: Path) -> None:
    """The director's part: read, sign with the company's certificate, hand in."""
    chief.get_by_role("main").get_by_role("link").filter(has_text="Ốm đau").first.click()
    chief.get_by_label("Tải về, ký ở máy khác rồi gửi lên").check()
    chief.get_by_role("button", name="Đọc lại và nộp").click()
    with chief.expect_download() as download:
        chief.get_by_role("button", name="(PDF)").click()
    offered, sent = download.value.path().read_bytes(), tmp_path / "da-ky.pdf"
    sent.write_bytes(aside(lambda: signed_pdf(offered, certificate, at=datetime.now(UTC))))
    chief.get_by_label("Tệp đã ký").set_input_files(sent)
    chief.get_by_role("button", name="Gửi và nộp hồ sơ").click()
    chief.wait_for_url("**/giay-tiep-nhan")


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-082")
def test_a_list_from_the_clipboard_to_the_result(
    chrome: Browser, site: str, world: World, firm: Firm, certificate: Holder, tmp_path: Path
) -> None:
    clerk = signed_in(chrome, site, CLERK)
    act_for(clerk, firm)
    prepare(clerk)
    chief = signed_in(chrome, site, CHIEF)
    act_for(chief, firm)
    confirm(chief, certificate, tmp_path)
    work_off(datetime.now(UTC))

    dossier = Dossier.objects.get()
    accept(dossier.pk, actor=world["counter"], at=datetime.now(UTC))
    desk = Desk(chrome, site, "specialist")
    desk.open(f"/can-bo/ho-so/{dossier.pk}")
    expect(desk.page.get_by_role("main")).to_contain_text("Trợ cấp ốm đau: Phạm Thị Cúc")
    desk.look("list-desk")
    desk.press("Đề xuất giải quyết")
    desk.press("Đề xuất giải quyết")
    desk.close()
    aside(lambda: control(dossier.pk, actor=world["head"], note="", at=datetime.now(UTC)))
    aside(lambda: sign(dossier.pk, actor=world["leader"], at=datetime.now(UTC)))
    dossier.refresh_from_db()
    # An 5 days, Bình from 30/09 8 days, Cúc 2 days of 9,600,000 / 24 × 75%
    assert (dossier.state, dossier.decisions.get().amount) == ("granted", 15 * 300_000)
    chief.goto(f"/ho-so/{dossier.pk}")
    expect(chief.get_by_role("main")).to_contain_text("Vũ Thị Ngọc Ánh lập, Phạm Thị Hạnh ký.")
    hold(chief, "list-result")
    with chief.expect_download() as letter:
        chief.get_by_role("link").filter(has_text="Tải").filter(has_text="PDF").first.click()
    assert letter.value.path().read_bytes().startswith(b"%PDF")
    chief.goto(f"/ho-so/{dossier.pk}/to-khai")
    hold(chief, "list-declaration")


def a_long_list(world: World, firm: Firm, *, rows: int) -> Dossier:
    """Filed by the director without what signing needs: the desk and the supplement are looked at here."""
    chief = acting_for(firm.chief, firm.company, on=NOW.date())
    draft = drafts.begin("che-do-om-dau", holder=DraftHolder.of(chief), at=NOW)
    account = {"bank": "970405", "number": "3900205999888", "holder": "CONG TY MAY DONG XANH"}
    workers = [
        {
            "full_name": "Nguyễn Thị Hoàng Anh", "si_number": f"91{number:08d}", "from_date": "2026-10-05",
            "to_date": "2026-10-09", "sick_case": "inpatient", "for_child": "no", "document_serial": f"RV-{number}",
            "diagnosis_code": "J18.9", "diagnosis": "Viêm phổi do vi khuẩn chưa xác định",
            "payment_method": "via_employer",
        }
        for number in range(1, rows + 1)
    ]  # fmt: skip
    answers = {
        "period": "2026-11", "batch_no": 1, "list_part": "new", "truth_commitment": True,
        "employer_bank_account": account, "workers": workers,
    }  # fmt: skip
    draft = drafts.save(draft.pk, holder=DraftHolder.of(chief), answers=answers, at=NOW)
    with transaction.atomic():
        file_draft(
            draft, dossier_id=(dossier_id := uuid7()), folder=frozen(draft.version_id), actor=chief, digest="0" * 64,
            evidence_id=None, channel="portal", at=NOW,
        )  # fmt: skip
    return accept(dossier_id, actor=world["counter"], at=NOW)


@pytest.mark.requirement("R-082")
def test_one_row_of_a_long_list_is_pinned_by_the_office_and_mended_by_the_company(
    chrome: Browser, site: str, world: World, firm: Firm
) -> None:
    dossier = a_long_list(world, firm, rows=130)
    desk = Desk(chrome, site, "specialist")
    desk.open(f"/can-bo/ho-so/{dossier.pk}/bo-sung?chon=1")
    desk.look("pin-empty")
    main = desk.page.get_by_role("main")
    desk.press("Ghi lý do cho các chỗ đã ghim")
    expect(main).to_contain_text("Chưa ghim chỗ nào")
    desk.look("pin-error")
    desk.page.get_by_label("Tìm trong danh sách").fill("RV-119")
    desk.press("Tìm")
    desk.page.locator("[value='row:workers[118]']").check()
    desk.page.get_by_label("Tìm trong danh sách").fill("RV-18")
    desk.press("Tìm")
    desk.page.locator("[value='row:workers[17]']").check()
    desk.look("pin-filled")
    desk.page.get_by_label("Tìm trong danh sách").fill("không có ai")
    desk.press("Tìm")
    desk.look("pin-nobody")
    desk.press("Ghi lý do cho các chỗ đã ghim")
    desk.look("pin-reasons")
    for row in (17, 118):
        key = f"row:workers[{row}]"
        desk.page.locator(f"[name='reason:{key}']").first.select_option("answer-incomplete")
        desk.page.locator(f"[name='wrong:{key}']").fill("Số giấy ra viện không có trong hệ thống của bệnh viện.")
        desk.page.locator(f"[name='good:{key}']").fill("Như số in ở góc trên giấy ra viện.")
    desk.press("Xem như người nộp sẽ đọc")
    desk.look("pin-preview")
    desk.press("Gửi yêu cầu bổ sung 2 chỗ")
    desk.close()

    chief = signed_in(chrome, site, CHIEF)
    act_for(chief, firm)
    chief.goto(f"/ho-so/{dossier.pk}/bo-sung")
    hold(chief, "row-empty")
    chief.locator("[name='workers[17].document_serial']").fill("RV-2026-18")
    chief.locator("[name='workers[118].from_date.day']").fill("31")
    chief.locator("[name='workers[118].from_date.month']").fill("9")
    chief.get_by_role("button", name="Gửi phần bổ sung").click()
    shown = chief.get_by_role("main")
    expect(shown).to_contain_text("Dòng 119, cột Nghỉ từ ngày")
    expect(shown).to_contain_text("Đã sửa. Trước đây khai: RV-18")
    hold(chief, "row-error")
    chief.locator("[name='workers[118].from_date.day']").fill("5")
    chief.locator("[name='workers[118].from_date.month']").fill("10")
    chief.get_by_label("Đã xem lại: dòng này đã khai đúng, giữ nguyên").last.check()
    chief.get_by_role("button", name="Gửi phần bổ sung").click()
    chief.wait_for_url(f"**/ho-so/{dossier.pk}")
    dossier.refresh_from_db()
    serials = [row["document_serial"] for row in dossier.answers["workers"]]
    assert serials == [f"RV-{n}" if n != 18 else "RV-2026-18" for n in range(1, 131)]

    desk = Desk(chrome, site, "specialist")
    desk.open(f"/can-bo/ho-so/{dossier.pk}")
    seen = desk.page.get_by_role("main")
    expect(seen).to_contain_text("dòng 18: Số seri chứng từ: RV-18")
    expect(seen).to_contain_text("Dòng 119: người nộp đã xem lại và cho là đúng.")
    desk.open(f"/can-bo/ho-so/{dossier.pk}/tu-choi")
    desk.look("refuse-empty")
    refuse(desk, row="131")
    expect(seen).to_contain_text("131")
    desk.look("refuse-error")
    refuse(desk, row="7")
    desk.page.wait_for_url(f"**/can-bo/ho-so/{dossier.pk}")
    desk.close()


def refuse(desk: Desk, *, row: str) -> None:
    """Name one row of the list as the reason."""
    code = "condition-not-met"
    desk.page.locator(f"[name='reasons'][value='{code}']").check()
    desk.page.locator(f"[name='pin:{code}']").select_option("field:workers")
    desk.page.locator(f"[name='row:{code}']").fill(row)
    desk.page.locator(f"[name='why:{code}']").fill("Người này không có trong sổ BHXH.")
    desk.press("Đề xuất từ chối")
