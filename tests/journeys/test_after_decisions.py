"""What comes after a result, in a browser at both widths: money claimed back, and complaints from far areas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from ansinh.casework.complaints.file import file_complaint
from ansinh.dossiers.models import Dossier
from ansinh.payments.models import Order
from tests.casework.effects.test_undoing_rounds import again, refused_after
from tests.casework.test_complaints_from_afar import ABOUT, DOCUMENT, WANTS, an_area, decided
from tests.journeys.officer_desk import Desk
from tests.journeys.test_officer_desk import at
from tests.journeys.test_officer_desk import browser as browser
from tests.journeys.test_officer_desk import desk as desk
from tests.journeys.test_officer_desk import world as world
from tests.journeys.test_steering_desk import citizen as citizen
from tests.payments.money import body_of, reported
from tests.threads import aside
from tests.world import World, a_moment

pytestmark = pytest.mark.django_db(transaction=True)
Opened = Callable[[str], Desk]
NOW = a_moment(date(2026, 11, 18), 10, 15)
WHY = "Khoản đã chi cho bà Lan là đúng theo sổ gốc năm 2015."


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    """As at the desk, some days later."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.CLOCK = lambda: NOW
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def looks(officer: Desk, dossier: Dossier, page: str = "") -> None:
    """To a page of a closed dossier, by way of saying what for."""
    officer.open(at(dossier) + page)
    if "/muc-dich" in officer.page.url:
        officer.page.locator("input[name=purpose][value=supervise]").check()
        officer.page.locator("[name=sentence]").fill("Xem lại kết quả đã trả của hồ sơ.")
        officer.page.locator("main form button").last.click()
        officer.page.wait_for_load_state()
    officer.open(at(dossier) + page)


def test_a_claim_is_proposed_to_be_cancelled_and_a_leader_agrees(world: World, desk: Opened, citizen: Desk) -> None:
    dossier, _ = aside(lambda: refused_after(world))
    head = desk("head")
    looks(head, dossier)
    expect(head.page.get_by_text("Còn phải nộp")).to_be_visible()
    head.press("Hủy một khoản thu hồi")
    head.look("claims-back")
    head.press("Trình lãnh đạo")
    expect(head.page.get_by_role("alert")).to_be_visible()
    head.look("claims-back-refused")
    head.page.locator("#ground").select_option("paid-rightly")
    head.page.locator("#why").fill(WHY)
    head.press("Trình lãnh đạo")
    head.look("dossier-cancelling-proposed")
    leader = desk("leader")
    leader.open("/can-bo/chi-tra")
    leader.look("payments")
    leader.press("Đề nghị hủy khoản thu hồi")
    leader.look("cancellations")
    looks(leader, dossier, "/thu-hoi")
    leader.look("claims-back-to-decide")
    leader.press("Đồng ý hủy")
    leader.look("dossier-claim-cancelled")
    expect(leader.page.get_by_text("Đã hủy, không phải nộp")).to_be_visible()
    leader.open("/can-bo/chi-tra/thu-hoi")
    leader.look("cancellations-empty")
    citizen.open(f"/ho-so/{dossier.pk}")
    expect(citizen.page.get_by_text(WHY.rstrip(".")).first).to_be_visible()
    citizen.look("own-claim-cancelled")


def test_a_claim_that_was_paid_goes_back_and_one_that_a_result_cancelled_says_so(
    world: World, desk: Opened, citizen: Desk
) -> None:
    dossier, first = aside(lambda: refused_after(world))
    aside(lambda: again(world, dossier, first.amount - 400_000))  # cancels the first claim and makes one of the rest
    demand = Order.objects.get(direction="in", state="awaiting")
    reported(body_of(demand, moved=NOW), at=NOW)
    head = desk("head")
    looks(head, dossier, "/thu-hoi")
    head.page.locator("#ground").select_option("paid-rightly")
    head.page.locator("#why").fill(WHY)
    head.press("Trình lãnh đạo")
    leader = desk("leader")
    looks(leader, dossier, "/thu-hoi")
    leader.look("claims-back-paid-to-decide")
    leader.press("Đồng ý hủy")
    leader.look("dossier-claim-given-back")
    citizen.open(f"/ho-so/{dossier.pk}")
    expect(citizen.page.get_by_text("Đã hủy, tiền đã nộp được trả lại")).to_be_visible()
    expect(citizen.page.get_by_text("thay thế kết quả trước").first).to_be_visible()
    citizen.look("own-claim-given-back")


def test_a_province_keeps_its_far_areas_and_their_complaints_have_the_longer_limits(
    world: World, desk: Opened, citizen: Desk
) -> None:
    dossier = aside(lambda: decided(world))
    director = desk("director")
    director.open("/can-bo/dia-ban")
    director.look("far-areas-empty")
    director.press("Ghi địa bàn")
    expect(director.page.get_by_role("alert")).to_be_visible()
    director.look("far-areas-refused")
    an_area(world)
    director.open("/can-bo/dia-ban")
    expect(director.page.get_by_text(DOCUMENT)).to_be_visible()
    director.look("far-areas")

    citizen.open(f"/ho-so/{dossier.pk}/khieu-nai")
    expect(citizen.page.get_by_text("45 ngày").first).to_be_visible()
    citizen.look("own-complaint-from-afar-form")
    made = file_complaint(dossier.pk, actor=world.citizen, about=ABOUT, wants=WANTS, at=NOW)
    citizen.open(f"/ho-so/{dossier.pk}/khieu-nai")
    expect(citizen.page.get_by_text("04/01/2027").first).to_be_visible()  # 45 days end on a holiday
    citizen.look("own-complaint-from-afar")
    director.open(f"/can-bo/khieu-nai/{made.pk}")
    expect(director.page.get_by_text("04/01/2027").first).to_be_visible()
    director.look("complaint-from-afar")
    director.open("/can-bo/khieu-nai")
    director.look("complaints-from-afar")

    director.open("/can-bo/dia-ban")
    director.page.locator("details summary").first.click()
    director.press("Bỏ vì ghi nhầm")
    expect(director.page.get_by_text("đã bỏ vì ghi nhầm")).to_be_visible()
    director.look("far-areas-taken-back")
