"""A person without an account at a telephone: registers, claims, answers, as the pages ask."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Download, Page

from tests.journeys.real_world import RealWorld, Telephone

NAME, ID_NUMBER, SI_NUMBER = "Hoàng Thị Thanh Trúc", "099195000054", "9920000054"
"""Somebody whom the demonstration's registry knows and who has no account (`ansinh/demo/world.yaml`)."""
PHONE = "0900000054"
PASSWORD = "mưa rào tháng bảy"
HOME_OFFICE = "04401"


class Newcomer:
    """The person with a small screen."""

    def __init__(self, browser: Browser, world: RealWorld) -> None:
        self.site = world.site
        self.context = browser.new_context(
            viewport={"width": 360, "height": 800}, base_url=world.site, locale="vi", accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.telephone = Telephone(self.context.new_page(), world.mailbox, PHONE)

    def go_on(self) -> None:
        """The main button of a section."""
        before = self.page.url
        self.page.get_by_role("button", name="Lưu và tiếp tục").click()
        self.page.wait_for_url(lambda address: address != before)

    def date(self, box: str, day: int, month: int, year: int) -> None:
        """Three boxes of a date."""
        for place, number in ((box, day), (f"{box}.month", month), (f"{box}.year", year)):
            self.page.locator(f"[id='{place}']").fill(str(number))

    def no(self, *boxes: str) -> None:
        """Answer these questions with no."""
        for box in boxes:
            self.page.locator(f"input[name={box}][value=no]").check()

    def register(self) -> str:
        """From the front page to the dossier number; photos are left for the counter."""
        page = self.page
        page.goto("/")
        page.get_by_role("link", name="Đăng ký tài khoản").click()
        page.get_by_role("button", name="Bắt đầu đăng ký").click()
        page.get_by_label("Họ và tên").fill(NAME)
        self.date("date_of_birth", 24, 9, 1995)
        page.get_by_label("Nữ", exact=True).check()
        page.locator("select#nationality").select_option("VN")
        self.go_on()
        page.get_by_label("Số định danh cá nhân").fill(ID_NUMBER)
        self.date("id_issue_date", 15, 4, 2021)
        page.get_by_label("Nơi cấp").fill("Cục Cảnh sát quản lý hành chính về trật tự xã hội")
        page.get_by_label("Mã số BHXH").fill(SI_NUMBER)
        self.go_on()
        page.get_by_label("Số điện thoại").fill("0900 000 054")
        page.locator("select[id='contact_address.province']").select_option("44")
        page.locator("select[id='contact_address.commune']").select_option("19333")
        page.get_by_label("Số nhà").fill("7 đường Cây Gạo")
        self.go_on()
        page.locator("select#chosen_office").select_option(HOME_OFFICE)
        self.go_on()
        page.get_by_label("Tôi cam đoan").check()
        self.go_on()
        self.go_on()
        page.locator("a.btn, button").filter(has_text="Đọc lại và nộp").click()
        page.get_by_role("button", name="Gửi mã xác nhận").click()
        page.get_by_label("Mã 6 chữ số").fill(self.telephone.code("dang ky tai khoan"))
        page.get_by_label("Đặt mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Nộp đăng ký").click()
        page.wait_for_url("**/xong")
        return page.get_by_role("status").inner_text().split("Số hồ sơ ")[1].split()[0]

    def sign_in(self) -> None:
        """Through the form, whatever it answers."""
        self.page.goto("/dang-nhap")
        self.page.get_by_label("Mã số BHXH hoặc số định danh").fill(ID_NUMBER)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_load_state()

    def choose_maternity(self) -> None:
        """Find the service by a search without diacritics and begin."""
        page = self.page
        page.goto("/")
        page.get_by_label("Tìm dịch vụ").fill("nghi sinh con")
        page.get_by_role("button", name="Tìm").click()
        page.get_by_role("link", name="Thai sản").first.click()
        page.wait_for_url("**/dich-vu/che-do-thai-san")
        page.get_by_role("button", name="Bắt đầu kê khai").or_(page.get_by_role("link", name="Bắt đầu kê khai")).click()
        page.wait_for_url("**/applicant")

    def fill_maternity(self) -> None:
        """Every section of the claim for a first birth, with what the record gives."""
        page = self.page
        assert SI_NUMBER in page.locator("main").inner_text()
        self.go_on()
        assert page.get_by_label("Số điện thoại liên hệ").input_value() == "0900 000 054"
        self.go_on()
        page.get_by_label("Sinh con", exact=True).check()
        self.go_on()
        self.date("child_birth_date", 4, 5, 2026)
        page.locator("#child_count").fill("1")
        page.locator("#child_name").fill("Hoàng Gia Bảo")
        page.locator("#birth_order").fill("1")
        self.no("surgery", "under_32_weeks", "child_died")
        self.go_on()
        self.no("rest_during_pregnancy", "infertility_treatment")
        self.go_on()
        self.date("leave_from", 4, 5, 2026)
        self.date("leave_to", 3, 11, 2026)
        self.go_on()
        self.no("treated_abroad")
        self.go_on()
        assert "8.400.000" in page.locator("main").inner_text()
        self.go_on()
        self.go_on()
        page.locator("input[name=payment_method][value=bank_account]").check()
        self.bank_account("3900205123456")
        self.go_on()
        assert page.locator("select#receiving_office").input_value() == HOME_OFFICE
        page.locator("input[name=result_channel][value=electronic]").check()
        self.go_on()
        page.get_by_label("Tôi cam đoan").check()
        self.go_on()

    def bank_account(self, number: str) -> None:
        """An account in the own name."""
        self.page.locator("[id='bank_account.bank']").select_option("970405")
        self.page.get_by_label("Số tài khoản").fill(number)
        self.page.get_by_label("Tên chủ tài khoản").fill("HOANG THI THANH TRUC")

    def confirm(self) -> None:
        """Read back, receive the code, type it; the button is left to press."""
        self.page.locator("a.btn, button").filter(has_text="Đọc lại và nộp").click()
        self.page.get_by_role("button", name="Gửi mã xác nhận").click()
        self.page.get_by_label("Mã 6 chữ số").fill(self.telephone.code("xac nhan giao dich"))

    def answer_supplement(self, paper: Path) -> None:
        """Another account and a better photograph."""
        self.bank_account("3900205123457")
        self.page.get_by_label("Tệp mới").set_input_files(paper)
        self.page.get_by_role("button", name="Gửi phần bổ sung").click()
        self.page.wait_for_url("**/ho-so/*")

    def download(self, link: str, into: Path) -> bytes:
        """The file behind a link of these words."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=link).first.click()
        arrived: Download = coming.value
        arrived.save_as(into)
        return into.read_bytes()
