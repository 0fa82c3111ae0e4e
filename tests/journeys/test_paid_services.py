"""Services paid for, other than the renewal: filed on a telephone, paid by the code at the demonstration's bank and
decided at the desk; and money that goes back, from the form to the accountant's list.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.form_filler import fill_section, place, press
from tests.journeys.officials import Official
from tests.journeys.real_world import RealWorld, Telephone
from tests.journeys.test_card_renewal import read_until
from tests.journeys.test_seven_procedures import OFFICE, page, send_papers, sign_in, small_browser, typed_answers

__all__ = ["page", "small_browser"]
PAID = {
    "dong-tiep-bhxh-tu-nguyen": ("099166000045", "0900000045", "dong-tiep-ba-thang", "1.122.000 đ"),
    "bhxh-tu-nguyen": ("099185000027", "0900000027", "dang-ky-lan-dau-hang-thang", " đ"),
    "dang-ky-dong-cap-the-bhyt": ("099185000027", "0900000027", "hoc-sinh-12-thang", "683.100 đ"),
}
"""Procedure → who files it, the telephone, the example whose answers are typed, and what is to be paid."""

REFUND = "hoan-tra-tien-da-dong"
FILED = {**PAID, REFUND: ("099166000045", "0900000045", "tu-nguyen-chuyen-bat-buoc", "3.212.376 đ")}
EFFECTS = {
    "dong-tiep-bhxh-tu-nguyen": "Ghi nhận đóng",
    "bhxh-tu-nguyen": "tham gia BHXH tự nguyện từ tháng",
    "dang-ky-dong-cap-the-bhyt": "Cấp thẻ BHYT",
    REFUND: "Chi 3.212.376",
}
"""What the page of the dossier says in the end."""


def file_it(page: Page, world: RealWorld, slug: str, folder: Path) -> str:
    """From the form to the receipt, confirmed by the code on the telephone; answers the number."""
    login, phone, example, _ = FILED[slug]
    answers = typed_answers(slug, example)
    sign_in(page, login)
    page.goto(f"/ho-so/bat-dau/{slug}")
    press(page, page.get_by_role("button", name="Bắt đầu kê khai"))
    while not place(page).endswith(("/giay-to", "/kiem-tra")):
        fill_section(page, answers)
    if place(page).endswith("/giay-to"):
        send_papers(page, folder)
        press(page, page.get_by_role("button", name="Lưu và tiếp tục"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")
    press(page, page.locator("a.btn, button").filter(has_text="Đọc lại và nộp"))
    telephone = Telephone(page.context.new_page(), world.mailbox, phone)
    telephone.clear()
    press(page, page.get_by_role("button", name="Gửi mã xác nhận"))
    page.get_by_label("Mã 6 chữ số").fill(telephone.code("xac nhan giao dich"))
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url(re.compile("/giay-tiep-nhan"))
    telephone.page.close()
    number: str = re.findall(rf"\d{{5,}}/\d{{4}}/{OFFICE}", page.get_by_role("main").inner_text())[0]
    return number


def decide_it(browser: Browser | None, world: RealWorld, number: str) -> None:
    """At the desk: taken in, the collection officer proposes, the head controls, the leader signs."""
    assert browser is not None
    counter = Official(browser, world, "tiepnhan")
    counter.find(number)
    assert "Đã tiếp nhận hồ sơ" in counter.twice("Tiếp nhận hồ sơ")
    collector = Official(browser, world, "quanlythu")
    collector.find(number)
    proposes = re.compile("^Đề xuất giải quyết")
    collector.press(proposes)
    collector.press(proposes)
    assert "Đã đề xuất giải quyết" in collector.said()
    head = Official(browser, world, "truongphong")
    head.find(number)
    assert "Đã trình lãnh đạo ký" in head.twice("Đồng ý, trình lãnh đạo ký")
    leader = Official(browser, world, "giamdoc")
    leader.find(number)
    leader.press("Xem thư và ký")
    leader.press("Ký quyết định")
    assert "Đã ký." in leader.said()
    for one in (counter, collector, head, leader):
        one.page.context.close()


@pytest.mark.requirement("R-098")
@pytest.mark.parametrize("slug", PAID)
def test_it_is_filed_and_paid_by_the_code(
    slug: str, world: RealWorld, page: Page, small_browser: BrowserContext, tmp_path: Path
) -> None:
    number = file_it(page, world, slug, tmp_path)
    page.goto(page.url.removesuffix("/giay-tiep-nhan"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang chờ ông/bà nộp tiền")
    expect(page.get_by_role("main")).to_contain_text(PAID[slug][3])
    at_the_bank = page.get_by_role("link", name="Mở ngân hàng trình diễn").get_attribute("href")
    assert at_the_bank is not None
    bank = small_browser.new_page()
    bank.goto(at_the_bank)
    press(bank, bank.get_by_role("button", name="Chuyển tiền"))
    bank.close()
    read_until(page, "Biên lai thu tiền")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Đang chờ ông/bà nộp tiền")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Đã nhận\s[\d.]+\sđ"))
    if slug != "dong-tiep-bhxh-tu-nguyen":  # that one is finished by rule
        decide_it(small_browser.browser, world, number)
    read_until(page, EFFECTS[slug])


@pytest.mark.requirement("R-098")
def test_money_paid_in_vain_goes_back_to_the_accountants_list(
    world: RealWorld, page: Page, small_browser: BrowserContext, tmp_path: Path
) -> None:
    number = file_it(page, world, REFUND, tmp_path)
    decide_it(small_browser.browser, world, number)
    page.goto(page.url.removesuffix("/giay-tiep-nhan"))
    read_until(page, EFFECTS[REFUND])
    assert small_browser.browser is not None
    accountant = Official(small_browser.browser, world, "ketoan")
    accountant.page.goto("/can-bo/chi-tra")
    row = accountant.page.get_by_role("row").filter(has_text=number)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Đặng Hữu Phước")
    expect(row).to_contain_text("3.212.376 đ")
    expect(row).to_contain_text("3456")  # of the account the form named
    accountant.page.context.close()
