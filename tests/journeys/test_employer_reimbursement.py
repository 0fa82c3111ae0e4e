"""A company's claim for what its workers paid at the hospital: pasted, papers, its certificate, two orders to pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ansinh.casework.accept import accept
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier
from ansinh.payments.models import Order
from ansinh.people.models import Role
from ansinh.signing.check import check_pdf
from tests.files import samples
from tests.journeys.citizen_site import hold, work_off
from tests.journeys.form_filler import fill_section, place, press
from tests.journeys.test_employer_list import CHIEF, CLERK
from tests.journeys.test_organisation import act_for, certificate, chrome, signed_in, site
from tests.signing.applicants import signed_pdf
from tests.signing.pki import Holder
from tests.threads import aside
from tests.world import LOCAL_OFFICE, World, a_world, an_officer
from tests.world_organisations import Firm, a_firm, freeze

__all__ = ["certificate", "chrome", "site"]
SLUG = "thanh-toan-truc-tiep-kcb"
ACCOUNT = {"bank": "970405", "number": "3900205999888", "holder": "CONG TY MAY DONG XANH"}
ANSWERS = {
    "arrears_from": "2026-07", "arrears_to": "2026-09", "arrears_paid_on": "2026-10-20", "invoice_kind": "electronic",
    "result_channel": "electronic", "truth_commitment": True, "employer_bank_account": ACCOUNT,
}  # fmt: skip
HEADS = (
    "Họ và tên", "Mã số BHXH", "Mã thẻ BHYT", "Mức hưởng", "Đủ 5 năm liên tục", "Đã cùng chi trả từ đầu năm",
    "Cơ sở đã điều trị", "Từ ngày", "Đến ngày", "Mã bệnh (ICD-10)", "Hình thức", "Đúng nơi, đúng trình tự",
    "Số hóa đơn", "Ngày hóa đơn", "Số tiền đã trả", "Thuộc phạm vi BHYT", "Đơn vị đã hoàn trả", "Ngày hoàn trả",
    "Số tài khoản của người lao động", "Tên chủ tài khoản", "Ngân hàng",
)  # fmt: skip
ROWS = (
    ("Nguyễn Văn An", "9000000101", "DN4909000000101", "80 %", "Không", "0", "Bệnh viện Lam Giang", "03/08/2026",
     "07/08/2026", "J18.9", "Nội trú", "Có", "HD-1", "07/08/2026", "6.200.000", "6.000.000", "Có", "10/09/2026", "", "",
     ""),
    ("Lê Thị Bình", "9000000102", "DN4909000000102", "80 %", "Không", "0", "Trung tâm y tế Bến Hải", "14/09/2026",
     "14/09/2026", "M54.5", "Ngoại trú", "Có", "HD-2", "14/09/2026", "350.000", "300.000", "Không", "",
     "3900205123457", "LE THI BINH", "970405"),
)  # fmt: skip


@pytest.fixture
def world(site: str) -> World:
    """Offices, officers, an assessor of treatment costs, and the procedure."""
    made = a_world()
    freeze(SLUG)
    assessor = an_officer("assessor", "Tống Thị Kim Liên", "Giám định viên BHYT", ((LOCAL_OFFICE, Role.HEALTH),))
    return replace(made, officers={**made.officers, "assessor": assessor})


@pytest.fixture
def firm(world: World) -> Firm:
    """A company with a clerk and a director."""
    return a_firm()


def prepare(clerk: Page, folder: Path) -> None:
    """The clerk's part: what the company owed and when it paid, the list, the papers."""
    clerk.goto(f"/ho-so/bat-dau/{SLUG}")
    press(clerk, clerk.get_by_role("button", name="Bắt đầu kê khai"))
    while not place(clerk).endswith("/workers_section"):
        fill_section(clerk, ANSWERS)
    expect(clerk.get_by_role("main")).to_contain_text("Mỗi dòng là một hóa đơn của một người lao động")
    clerk.get_by_label("Dán các dòng chép từ bảng tính").fill("\n".join("\t".join(row) for row in (HEADS, *ROWS)))
    press(clerk, clerk.get_by_role("button", name="Nhập các dòng đã dán"))
    expect(clerk.get_by_role("main")).to_contain_text("Đã nhập 2 dòng.")
    hold(clerk, "reimbursement-list")
    while not place(clerk).endswith(("/giay-to", "/kiem-tra")):
        fill_section(clerk, ANSWERS)
    expect(clerk.get_by_role("main")).to_contain_text("Chứng từ đơn vị đã hoàn trả cho người lao động")
    send_papers(clerk, folder)
    hold(clerk, "reimbursement-papers")
    press(clerk, clerk.get_by_role("button", name="Lưu và tiếp tục"))
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")


def send_papers(clerk: Page, folder: Path) -> None:
    """A photograph for each paper; it goes up as soon as it is chosen."""
    boxes = clerk.locator("input[type=file]").evaluate_all("boxes => boxes.map(box => box.name)")
    for number, box in enumerate(boxes, start=1):
        photo = folder / f"{number}.jpg"
        photo.write_bytes(samples.image_bytes("JPEG", samples.picture(width=500 + number)))
        clerk.locator(f"input[name='{box}']").set_input_files(photo)
        expect(clerk.get_by_text("Đã nhận", exact=True)).to_have_count(number)


def confirm(chief: Page, certificate: Holder, folder: Path) -> None:
    """The director's part: read, sign with the company's certificate, hand in."""
    chief.get_by_role("main").get_by_role("link").filter(has_text="Thanh toán trực tiếp").first.click()
    chief.get_by_label("Tải về, ký ở máy khác rồi gửi lên").check()
    chief.get_by_role("button", name="Đọc lại và nộp").click()
    with chief.expect_download() as download:
        chief.get_by_role("button", name="(PDF)").click()
    offered, sent = download.value.path().read_bytes(), folder / "da-ky.pdf"
    sent.write_bytes(aside(lambda: signed_pdf(offered, certificate, at=datetime.now(UTC))))
    chief.get_by_label("Tệp đã ký").set_input_files(sent)
    chief.get_by_role("button", name="Gửi và nộp hồ sơ").click()
    chief.wait_for_url("**/giay-tiep-nhan")
    assert aside(lambda: b"" if check_pdf(sent.read_bytes(), at=datetime.now(UTC)).valid else b"no") == b""


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-082")
def test_an_employer_is_paid_what_it_paid_back_and_the_worker_the_rest(
    chrome: Browser, site: str, world: World, firm: Firm, certificate: Holder, tmp_path: Path
) -> None:
    clerk = signed_in(chrome, site, CLERK)
    act_for(clerk, firm)
    prepare(clerk, tmp_path)
    chief = signed_in(chrome, site, CHIEF)
    act_for(chief, firm)
    confirm(chief, certificate, tmp_path)
    work_off(datetime.now(UTC))

    dossier = Dossier.objects.get()
    accept(dossier.pk, actor=world["counter"], at=datetime.now(UTC))
    now = datetime.now(UTC)
    aside(lambda: propose_grant(dossier.pk, actor=world["assessor"], amount=None, override_reason="", note="", at=now))
    aside(lambda: control(dossier.pk, actor=world["head"], note="", at=datetime.now(UTC)))
    aside(lambda: sign(dossier.pk, actor=world["leader"], at=datetime.now(UTC)))
    orders = {one.name: one.amount for one in Order.objects.filter(dossier_id=dossier.pk)}
    # 6,000,000 × 80 %; 300,000 is less than 15 % of the reference level, so the whole of it
    assert orders == {"Công ty May Đồng Xanh 10": 4_800_000, "Lê Thị Bình": 300_000}
    chief.goto(f"/ho-so/{dossier.pk}")
    hold(chief, "reimbursement-result")
    expect(chief.get_by_role("main")).to_contain_text("Vũ Thị Ngọc Ánh lập, Phạm Thị Hạnh ký.")
