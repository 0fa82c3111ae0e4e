"""Officers at the doors of the tests: one function signs an officer in through the pages, as a person would."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from playwright.sync_api import Page

from ansinh.people.doors import totp
from ansinh.people.doors.authenticator import code_of, step_of
from ansinh.people.models import Account, DoorGuard

SECRET = b"an officer's telephone"[:20]


def give_an_app(account_id: UUID, *, at: datetime) -> None:
    """The officer has set up an authenticator app, and has used the account lately."""
    totp.put(account_id, SECRET, confirmed_at=at, at=at)
    DoorGuard.objects.update_or_create(account_id=account_id, defaults={"enabled_at": at})


def code_at(at: datetime, *, steps: int = 0) -> str:
    """What the app shows at a moment, or so many steps later."""
    return code_of(SECRET, step=step_of(at) + steps)


def account_of(login: str) -> Account:
    """The account of this login."""
    return Account.objects.get(login=login)


def sign_in_officer(page: Page, site: str, login: str, password: str, code: Callable[[], str]) -> None:
    """By password and the app's code, to the desk; a code that was used just now is waited out."""
    page.goto(f"{site}/dang-nhap?tiep=/can-bo")
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/dang-nhap/buoc-hai")
    for _ in range(4):
        page.locator("#code").fill(code())
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_load_state()
        if page.url.endswith("/can-bo"):
            return
        page.wait_for_timeout(15_000)
    raise AssertionError(page.locator("main").inner_text())


def shown_by_the_demonstration(mailbox: str, login: str) -> str:
    """The code on the telephone of a demonstration's officer."""
    with urllib.request.urlopen(f"{mailbox}authenticators.json", timeout=30) as answer:
        codes: dict[str, str] = json.load(answer)
    return codes[login]
