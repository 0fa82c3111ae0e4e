"""Every change is told in the application too."""

import re

import pytest
from django.test import Client

from ansinh.casework.accept import accept
from tests.web.citizen.conftest import MONDAY
from tests.world import World, a_submitted_dossier


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()


@pytest.mark.requirement("R-129")
def test_a_notice_is_new_once_and_leads_to_its_dossier(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world)
    accept(dossier.pk, actor=world["counter"], at=MONDAY)
    assert "Có 1 thông báo chưa đọc" in page(browser, "/ho-so")
    first = page(browser, "/thong-bao")
    assert "· mới" in first
    assert dossier.number in first
    assert f"/ho-so/{dossier.pk}" in first
    assert "· mới" not in page(browser, "/thong-bao")
    assert "chưa đọc" not in page(browser, "/ho-so")


def test_without_notices_the_page_says_what_will_be_here(browser: Client) -> None:
    assert "Chưa có thông báo nào" in page(browser, "/thong-bao")


def test_nobody_reads_anothers_notices(browser: Client, stranger: Client, world: World) -> None:
    accept(a_submitted_dossier(world).pk, actor=world["counter"], at=MONDAY)
    answer = stranger.get("/thong-bao")
    assert (answer.status_code, re.match("/dang-nhap", answer.headers["Location"]) is not None) == (302, True)


@pytest.mark.requirement("R-129")
def test_opening_the_dossier_reads_its_notices(browser: Client, world: World) -> None:
    dossier, other = a_submitted_dossier(world), a_submitted_dossier(world)
    for one in (dossier, other):
        accept(one.pk, actor=world["counter"], at=MONDAY)
    page(browser, f"/ho-so/{dossier.pk}")
    assert "Có 1 thông báo chưa đọc" in page(browser, "/ho-so")
