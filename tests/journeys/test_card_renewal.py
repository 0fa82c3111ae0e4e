"""A card renewed on a telephone: filed, paid by the code at the demonstration's bank, extended without an officer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import open_browser
from tests.journeys.form_filler import fill_section, place, press
from tests.journeys.real_world import RealWorld, Telephone
from tests.journeys.test_seven_procedures import HOME, OFFICE, sign_in

WORKER, PHONE = "099196000018", "0900000018"
ANSWERS = {
    "submitter_role": "self", "id_number": WORKER, "phone": PHONE, "contact_address": HOME, "receiving_office": OFFICE,
    "group": "household", "order_in_household": 1, "months": "12", "result_channel": "electronic",
    "truth_commitment": True,
}  # fmt: skip
LOOKS, BETWEEN_LOOKS = 100, 300


def file_the_renewal(page: Page, world: RealWorld) -> None:
    """Form and code; the receipt is there at the end."""
    page.goto("/ho-so/bat-dau/gia-han-the-bhyt")
    press(page, page.get_by_role("button", name="Bắt đầu kê khai"))
    while not place(page).endswith(("/giay-to", "/kiem-tra")):
        fill_section(page, ANSWERS)
    if place(page).endswith("/giay-to"):
        press(page, page.get_by_role("button", name="Lưu và tiếp tục"))
    press(page, page.locator("a.btn, button").filter(has_text="Đọc lại và nộp"))
    telephone = Telephone(page.context.new_page(), world.mailbox, PHONE)
    telephone.clear()
    press(page, page.get_by_role("button", name="Gửi mã xác nhận"))
    page.get_by_label("Mã 6 chữ số").fill(telephone.code("xac nhan giao dich"))
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url(re.compile("/giay-tiep-nhan"))


def read_until(page: Page, words: str) -> None:
    """Load the page again until it says these words: a worker does what follows."""
    for _ in range(LOOKS):
        page.reload()
        if words in page.get_by_role("main").inner_text():
            return
        page.wait_for_timeout(BETWEEN_LOOKS)
    raise AssertionError(f"waited in vain for “{words}”: {page.get_by_role('main').inner_text()}")


@pytest.mark.requirement("R-098")
def test_a_card_is_paid_for_and_extended(world: RealWorld) -> None:
    with open_browser() as browser:
        page = browser.new_context(
            viewport={"width": 360, "height": 800}, base_url=world.site, locale="vi", java_script_enabled=False
        ).new_page()
        sign_in(page, WORKER)
        file_the_renewal(page, world)
        page.goto(page.url.removesuffix("/giay-tiep-nhan"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Đang chờ ông/bà nộp tiền")
        expect(page.get_by_role("main")).to_contain_text("1.366.200 đ")  # 4.5 % of 2,530,000 a month, 12 months
        at_the_bank = page.get_by_role("link", name="Mở ngân hàng trình diễn").get_attribute("href")
        assert at_the_bank is not None
        bank = page.context.new_page()
        bank.goto(at_the_bank)
        press(bank, bank.get_by_role("button", name="Chuyển tiền"))
        read_until(page, "đến hết ngày 31/12/2027")
        expect(page.get_by_role("main")).to_contain_text("Biên lai thu tiền")
