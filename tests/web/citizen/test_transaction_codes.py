"""The page of transaction codes: where they go, what waits for one, what each confirmed; never a code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from ansinh.dossiers.models import Dossier
from tests.browsers import Client
from tests.web.citizen.codes import last_code
from tests.web.citizen.conftest import MONDAY, set_clock
from tests.web.citizen.test_filing import begin, fill
from tests.web.citizen.test_own_data import someone_else
from tests.web.officer.test_desk import words
from tests.world import World

PAGE = "/tai-khoan/ma-xac-thuc"


@pytest.mark.requirement("R-053")
def test_a_code_is_followed_from_the_draft_to_the_dossier_it_confirmed(
    browser: Client, world: World, settings: Settings
) -> None:
    assert "Chưa có mã nào được gửi" in words(browser.get(PAGE))
    base = fill(browser)
    waiting = browser.get(PAGE).content.decode()
    assert f'href="{base}/kiem-tra"' in waiting and "0905000278" not in waiting
    browser.post(f"{base}/nop", {"channel": "sms"})
    code = last_code()
    sent = words(browser.get(PAGE))
    assert "đang chờ nhập" in sent and code not in sent
    browser.post(f"{base}/nop/ma", {"code": code, "idempotency_key": "k1"})
    dossier = Dossier.objects.get()
    done = browser.get(PAGE).content.decode()
    assert "đã dùng để xác nhận" in done
    assert f"/ho-so/{dossier.pk}" in done and dossier.number in done
    assert "Chưa có mã nào được gửi" in words(someone_else().get(PAGE)), "of nobody else"


def test_a_code_that_ran_out_or_was_replaced_says_so(browser: Client, world: World, settings: Settings) -> None:
    base = fill(browser)
    browser.post(f"{base}/nop", {"channel": "sms"})
    set_clock(settings, MONDAY + timedelta(minutes=2))
    browser.post(f"{base}/nop", {"channel": "sms"})
    assert "đã hủy" in words(browser.get(PAGE))
    set_clock(settings, MONDAY + timedelta(hours=1))
    assert "hết hạn, chưa dùng" in words(browser.get(PAGE))


def test_whoever_may_not_file_for_another_is_shown_no_draft(browser: Client, world: World) -> None:
    begin(browser)
    assert Client().get(PAGE).status_code == 302
    assert "Hồ sơ đang kê khai, chờ xác nhận" in words(browser.get(PAGE))
