"""The desk in a real browser: signing in as an officer, looking at a page at both widths."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from ansinh.web.clock import now
from tests.accessibility import violations
from tests.doors import account_of, code_at, give_an_app, sign_in_officer
from tests.world import PASSWORD

WIDTHS = (360, 1280)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDER = """[...document.querySelectorAll("main *")].filter(one => one.getBoundingClientRect().right > innerWidth)
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 4)"""
"""What sticks out, for whoever reads the failure."""
SHOTS = os.environ.get("ANSINH_SHOTS", "")
"""A folder to keep a picture of each page looked at; empty keeps none."""


class Desk:
    """One officer at one browser."""

    def __init__(self, browser: Browser, site: str, name: str) -> None:
        self.site = site
        self.context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi")
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        login = f"can-bo-{name}"
        give_an_app(account_of(login).pk, at=now())
        sign_in_officer(self.page, site, login, PASSWORD, lambda: code_at(now()))

    def open(self, address: str) -> Page:
        """Go to an address of the site."""
        self.page.goto(f"{self.site}{address}")
        return self.page

    def press(self, label: str) -> Page:
        """Press the button or link of these words and wait for the next page."""
        main = self.page.locator("main")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        main.get_by_role("button", name=label).or_(main.get_by_role("link", name=label)).first.click()
        self.page.wait_for_load_state("networkidle")
        return self.page

    def look(self, name: str) -> None:
        """Nothing overflows and axe finds nothing, narrow and wide, with every detail open."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
            if SHOTS:
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
            assert self.page.evaluate(OVERFLOW) == 0, (name, width, self.page.evaluate(WIDER))
            assert not (found := violations(self.page)), f"{name} {width}: {found}"
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def close(self) -> None:
        """Leave; the console must have stayed silent, for the policy speaks there."""
        self.context.close()
        said = [text for text in self.said if "422" not in text]
        assert said == [], said
