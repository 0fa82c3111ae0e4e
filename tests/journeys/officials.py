"""The officers of the demonstration at their desks."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from ansinh.demo.accounts import world
from tests.doors import shown_by_the_demonstration, sign_in_officer
from tests.journeys.real_world import RealWorld

ACCOUNT, PAPER = "field:bank_account", "paper:birth_paper"


class Official:
    """One officer at one browser, found by the login of `world.yaml`."""

    def __init__(self, browser: Browser, real: RealWorld, login: str) -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=real.site, locale="vi")
        self.page: Page = context.new_page()
        sign_in_officer(
            self.page, real.site, login, world()["password"], lambda: shown_by_the_demonstration(real.mailbox, login)
        )

    def press(self, label: str | re.Pattern[str]) -> None:
        """Press the button or link of these words in the page's main part."""
        main = self.page.locator("main")
        main.get_by_role("button", name=label).or_(main.get_by_role("link", name=label)).first.click()
        self.page.wait_for_load_state()

    def said(self) -> str:
        """What the page tells of the last act."""
        return self.page.get_by_role("status").first.inner_text().strip()

    def find(self, number: str) -> None:
        """Search the dossier by its number and open it."""
        self.page.goto("/can-bo")
        self.page.locator("#head-search").fill(number)
        self.page.locator("#head-search").press("Enter")
        self.page.wait_for_url(re.compile("/can-bo/(ho-so|tim)"))
        if "/can-bo/tim" in self.page.url:
            self.page.get_by_role("link", name=number).click()
        self.page.wait_for_url("**/can-bo/ho-so/*")

    def find_registration(self, number: str) -> None:
        """At the counter, by the number of the SMS."""
        self.page.goto("/can-bo/dang-ky")
        self.page.locator("#so").fill(number)
        self.press("Tìm hồ sơ đăng ký")
        self.page.wait_for_url("**/can-bo/dang-ky/*-*")

    def complete_registration(self, photos: dict[str, Path]) -> bytes:
        """Compare, take the missing photos, print the declaration, tick; answers the printed PDF."""
        assert self.page.get_by_text("Trùng", exact=True).count() == 4
        for requirement, photo in photos.items():
            self.page.locator(f"#{requirement}").set_input_files(photo)
            self.page.locator(f"button[value={requirement}]").click()
            self.page.wait_for_load_state()
        link = self.page.get_by_role("link", name="In tờ khai (PDF)").get_attribute("href")
        assert link is not None
        printed = self.page.request.get(link).body()
        for tick in ("identity_matches", "declaration_signed", "app_guided"):
            self.page.locator(f"#{tick}").check()
        self.press("Ghi kết quả đối chiếu")
        return printed

    def ask_for_two_things(self) -> None:
        """Pin the account and the photograph, with reasons."""
        self.press("Yêu cầu bổ sung")
        main = self.page.locator("main")
        main.get_by_label("Tài khoản nhận tiền").check()
        main.get_by_label("khai sinh").first.check()
        self.press("Ghi lý do")
        self.page.locator(f"[id='reason:{ACCOUNT}']").select_option("bank-account-not-holder")
        self.page.locator(f"[id='wrong:{ACCOUNT}']").fill("Tài khoản đứng tên người khác.")
        self.page.locator(f"[id='reason:{PAPER}']").select_option("paper-unreadable")
        self.page.locator(f"[id='wrong:{PAPER}']").fill("Ảnh mờ, không đọc được số đăng ký.")
        self.press("Xem như người nộp sẽ đọc")
        self.press("Gửi yêu cầu bổ sung 2 chỗ")

    def twice(self, label: str) -> str:
        """Open the page of an act and do it; both carry the same words."""
        self.press(label)
        self.press(label)
        return self.said()
