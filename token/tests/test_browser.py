"""The whole way in a real browser: page, program as its own process, token in software, signed PDF; who gets none."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from token_world.certificates import Authority
from token_world.portal import Portal, portal_for
from token_world.program import free_port
from token_world.second_opinions import pdfsig, pyhanko_finds_valid
from token_world.soft_token import PIN, SoftToken

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--host-resolver-rules=MAP ke-xau.example 127.0.0.1"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Desk:
    """Hoa's computer: the portal's page is one tab, the program opens its own pages by the system's browser."""

    portal: Portal
    page: Page
    context: BrowserContext
    opened: Path
    pictures: Path
    port: int
    output: Path

    def own_page(self, times: int) -> Page:
        """The tab the program opened as the `times`-th one."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            addresses = self.opened.read_text().split() if self.opened.exists() else []
            if len(addresses) >= times:
                tab = self.context.new_page()
                tab.goto(addresses[times - 1])
                return tab
            time.sleep(0.05)
        raise AssertionError(f"the program opened no page: {self.output.read_text()}")

    def pair(self) -> None:
        """Carry the number over."""
        self.page.click("#pair")
        number = self.own_page(2).locator(".number").inner_text()
        self.page.fill("#number", number)
        self.page.click("#confirm")
        expect(self.page.locator("#certificates option")).to_have_count(1)


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), "")
    if not path:
        pytest.skip("Chromium is missing: apt install chromium-headless-shell")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@contextmanager
def program(token: SoftToken, portal: Portal, folder: Path) -> Iterator[tuple[Path, Path]]:
    """The program as people start it; pages it opens are written to a file by a "browser" of the system."""
    opened, script, output = folder / "opened", folder / "browser.sh", folder / "output"
    script.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    script.chmod(0o755)
    command = [sys.executable, "-m", "ansinh_token", "--portal", portal.at("localhost"), "--module", str(token.module),
               "--port", str(portal.token_port), "--settings", str(folder / "none.toml")]  # fmt: skip
    with output.open("w") as told:
        process = subprocess.Popen(
            command, cwd=ROOT, env=token.environment | {"BROWSER": f"{script} %s"}, stdout=told, stderr=told
        )
        try:
            until = time.monotonic() + 15
            while "http://127.0.0.1" not in output.read_text() and time.monotonic() < until:
                time.sleep(0.05)
            yield opened, output
        finally:
            process.terminate()
            assert process.wait(10) == 0, output.read_text()


@pytest.fixture
def desk(token: SoftToken, browser: Browser, tmp_path: Path) -> Iterator[Desk]:
    """The portal's page open, the program running."""
    port = free_port()
    with portal_for(port) as portal, program(token, portal, tmp_path) as (opened, output):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
        page = context.new_page()
        page.goto(portal.at("localhost"))
        yield Desk(portal, page, context, opened, tmp_path, port, output)


def look(desk: Desk, page: Page, name: str) -> None:
    """At both widths nothing overflows and axe finds nothing; a picture is kept."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=desk.pictures / f"{name}-{width}.png", full_page=True)
        assert page.evaluate(OVERFLOW) == 0, f"{name} at {width}"
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, f"{name} at {width}: {found.generate_report()}"


def test_hoa_signs_her_declaration(desk: Desk, authority: Authority) -> None:
    page = desk.page
    expect(page.locator("#state")).to_have_text("not-paired")
    page.click("#pair")
    home = desk.own_page(2)
    look(desk, home, "pairing")
    page.fill("#number", "x")
    page.click("#confirm")
    expect(page.locator("#said")).to_contain_text("wrong-number")
    page.fill("#number", home.locator(".number").inner_text())
    page.click("#confirm")
    expect(page.locator("#certificates option")).to_have_count(1)
    home.reload()
    look(desk, home, "home")

    page.click("#sign")
    own = desk.own_page(3)
    assert "Ký tài liệu này?" in own.inner_text("h1")
    look(desk, own, "sign")
    own.click("text=English")
    look(desk, own, "sign-en")
    own.click("text=Tiếng Việt")
    own.keyboard.press("Tab")
    own.fill("#pin", "000000")
    own.keyboard.press("Enter")
    own.wait_for_selector("#problem")
    look(desk, own, "wrong-pin")
    assert page.inner_text("#state") == "waiting"
    own.fill("#pin", PIN)
    own.click("button[value=sign]")
    own.wait_for_selector(".msg.ok")
    look(desk, own, "signed")

    expect(page.locator("#said")).to_have_text("finished")
    (signed,) = desk.portal.signed
    assert pyhanko_finds_valid(signed, authority)
    said = pdfsig(signed, desk.pictures)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert PIN not in desk.output.read_text()


def test_hoa_changes_her_mind(desk: Desk) -> None:
    desk.pair()
    desk.page.click("#sign")
    own = desk.own_page(3)
    with desk.context.expect_event("response", lambda answer: answer.url.endswith("/document")) as document:
        own.click("a[target=_blank]")
    assert document.value.header_value("content-type") == "application/pdf"
    own.click("button[value=cancel]")
    own.wait_for_selector(".msg.bad")
    expect(desk.page.locator("#said")).to_contain_text("cancelled")
    assert desk.page.inner_text("#state") == "refused"
    assert desk.portal.signed == []


def test_a_hostile_page_gets_nothing(desk: Desk) -> None:
    """The same page from another origin, with the portal's own token; and one that opens the program's page."""
    desk.pair()
    stolen = desk.page.evaluate("sessionStorage.getItem('an-sinh-token')")
    hostile = desk.context.new_page()
    hostile.goto(desk.portal.at("127.0.0.1"))
    expect(hostile.locator("#said")).to_contain_text("not-running")
    tried = hostile.evaluate(
        """([port, token]) => fetch(`http://127.0.0.1:${port}/v1/certificates`, {method: "POST", body: "{}",
            headers: {"Content-Type": "application/json", Authorization: `Bearer ${token}`}})
            .then(answer => answer.text(), error => error.name)""",
        [desk.port, stolen],
    )
    assert tried == "TypeError"
    secret = re.search(r"http://127\.0\.0\.1:\d+/[\w-]+/", desk.output.read_text())
    assert secret is not None
    hostile.goto(f"http://ke-xau.example:{desk.portal.port}/")
    with hostile.expect_popup() as popup:
        hostile.evaluate("address => { window.open(address) }", secret.group())
    popup.value.wait_for_load_state()
    assert "không có trong danh sách" in popup.value.inner_text("body")


def test_a_name_bound_to_this_computer_gets_nothing(desk: Desk) -> None:
    rebound = desk.context.new_page()
    answer = rebound.goto(f"http://ke-xau.example:{desk.port}/v1/hello")
    assert answer is not None
    assert (answer.status, answer.json()["code"]) == (403, "wrong-host")
    answer = rebound.goto(f"http://ke-xau.example:{desk.port}/")
    assert answer is not None
    assert answer.status == 403
