"""In a browser: a letter from its draft to a call that is written down; banners, the public page, what readers said."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ansinh.directives import distribute, groups
from ansinh.directives.distribute import Order, Target
from ansinh.directives.models import Delivery, Letter, PageFeedback
from tests.journeys.test_officer_desk import NOW, Opened
from tests.journeys.test_officer_desk import browser as browser
from tests.journeys.test_officer_desk import desk as desk
from tests.journeys.test_officer_desk import place as place
from tests.journeys.test_officer_desk import world as world
from tests.threads import aside
from tests.world import LOCAL_OFFICE, PROVINCE_OFFICE, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.requirement("R-148", "R-151", "R-153", "R-182")
def test_a_letter_goes_from_its_draft_to_a_call_that_is_written_down(world: World, desk: Opened) -> None:
    director = desk("director")
    director.open("/can-bo/van-ban/moi")
    page = director.page
    for name, text in (
        ("symbol", "BHXH-CNTT"), ("summary", "tăng cường giao dịch điện tử"), ("to-act", "Các đơn vị sử dụng lao động"),
        ("body", "Thực hiện chỉ đạo của UBND tỉnh.\nYêu cầu các đơn vị thực hiện."), ("to-publish", "trang Web"),
    ):  # fmt: skip
        page.locator(f"[id='{name}']").fill(text)
    page.locator("#signer").select_option(str(world["province_leader"].officer_id))
    director.look("letter-new")
    director.press("Lưu dự thảo")
    director.look("letter-draft")
    letter = Letter.objects.get()
    deputy = desk("province_leader")
    deputy.open(f"/can-bo/van-ban/{letter.pk}")
    deputy.look("letter-to-sign")
    deputy.press("Ký và phát hành")
    expect(deputy.page.locator("h1")).to_have_text("1/BHXH-CNTT")
    aside(lambda: sent_on(world, letter))
    director.open("/can-bo/van-ban/nhom")
    director.look("recipient-groups")
    director.open(f"/can-bo/van-ban/{letter.pk}")
    director.look("letter-issued")
    director.press("Báo Sông Lam")
    director.look("letter-at-a-member")
    page.locator("#spoken_to").fill("Ban thư ký")
    director.press("Ghi cuộc gọi")
    expect(page.get_by_role("status").first).to_contain_text("Đã ghi cuộc gọi.")
    leader = desk("leader")
    leader.open("/can-bo/van-ban")
    leader.look("letters")
    leader.press("1/BHXH-CNTT")
    leader.look("letter-at-an-office")


def sent_on(world: World, letter: Letter) -> list[Delivery]:
    """To the local office, and to a newspaper of a group."""
    director = world["director"]
    made = groups.make_group(
        PROVINCE_OFFICE, name_vi="Báo, đài", name_en="", organisation_kind="", actor=director, at=NOW
    )
    groups.add_member(made.pk, name="Báo Sông Lam", contact="0900 000 001", actor=director, at=NOW)
    to = [Target("office", LOCAL_OFFICE)]
    there = distribute.forward(letter.pk, to, Order("Triển khai"), actor=director, at=NOW)
    return there + distribute.forward_to_group(letter.pk, made.pk, Order(), actor=director, at=NOW)


@pytest.mark.requirement("R-045", "R-157", "R-158", "R-185")
def test_a_province_keeps_its_public_page_and_its_banners(world: World, desk: Opened) -> None:
    director = desk("director")
    director.open("/can-bo/trang-cong-khai")
    director.look("faces")
    director.open(f"/can-bo/trang-cong-khai/{PROVINCE_OFFICE}")
    director.look("office-face")
    for kind in ("news", "maintenance", "release"):
        director.open(f"/can-bo/thong-bao?loai={kind}")
        director.look(f"announce-{kind}")
    PageFeedback.objects.create(
        page="guide:x", title="Hướng dẫn", office_id=PROVINCE_OFFICE, helped=False, comment="Thiếu mẫu 2-CBH", at=NOW
    )
    director.open("/can-bo/van-ban/gop-y")
    director.look("page-feedback")
    leader = desk("leader")
    leader.open("/can-bo/thong-bao")
    leader.look("announce-nothing")
