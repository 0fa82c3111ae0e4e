"""Lists, assignment and one press for many dossiers in a browser: keys, both widths, axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ansinh.casework.ask_again import propose_again
from ansinh.casework.batch.press import do_row
from ansinh.casework.models import BatchPress
from ansinh.dossiers.models import Dossier, State
from tests.casework.moves import BLURRED, MONDAY, a_dossier_in_appraisal, answered, asked
from tests.journeys.test_officer_desk import Opened, at
from tests.journeys.test_officer_desk import browser as browser
from tests.journeys.test_officer_desk import desk as desk
from tests.journeys.test_officer_desk import place as place
from tests.journeys.test_officer_desk import world as world
from tests.world import World, a_submitted_dossier

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_are_chosen_by_keys_and_accepted_while_the_page_shows_how_far(world: World, desk: Opened) -> None:
    for _ in range(3):
        a_submitted_dossier(world)
    counter = desk("counter")
    counter.look("worklist")
    keys = counter.page.keyboard
    counter.page.locator("h1").click()
    for key in ("j", "x", "j", "x", "j", "k"):
        keys.press(key)
    expect(counter.page.locator("[data-count]")).to_have_text("2")
    keys.press("?")
    expect(counter.page.locator("[data-shortcuts]")).to_have_attribute("open", "")
    counter.press("Tiếp nhận (2)")
    expect(counter.page.locator("h1")).to_have_text("Tiếp nhận: 2 hồ sơ")
    counter.look("press-many")
    counter.press("Tiếp nhận 2 hồ sơ")
    expect(counter.page.locator("h1")).to_have_text("Tiếp nhận: xong 0 trong 2 hồ sơ")
    for row in BatchPress.objects.get().rows.all():
        do_row(row.pk, at=MONDAY)
    expect(counter.page.locator("h1")).to_have_text("Tiếp nhận: xong 2 trong 2 hồ sơ", timeout=20_000)
    counter.look("pressed-many")
    assert Dossier.objects.filter(state=State.IN_PROGRESS).count() == 2


def test_a_head_makes_a_rule_and_gives_a_dossier(world: World, desk: Opened) -> None:
    dossier = a_dossier_in_appraisal(world)
    head = desk("head")
    head.open("/can-bo/phan-cong")
    head.page.locator("summary", has_text="Thêm quy tắc").click()
    head.page.locator("#role").select_option("benefit_officer")
    head.look("assigning")
    head.press("Ghi quy tắc")
    expect(head.page.locator("main")).to_contain_text("chia đều cho mọi người cùng nhiệm vụ")
    head.open(f"{at(dossier)}/giao-viec")
    head.look("give")
    head.page.locator("#to").select_option(str(world["specialist"].officer_id))
    head.page.locator("#reason").fill("Quen việc tử tuất")
    head.press("Giao hồ sơ")
    assert Dossier.objects.get(pk=dossier.pk).handler_id == world["specialist"].officer_id


def test_a_filter_is_kept_and_opened_again(world: World, desk: Opened) -> None:
    dossier = a_submitted_dossier(world)
    Dossier.objects.filter(pk=dossier.pk).update(urgent=True)
    head = desk("counter")
    head.page.locator("summary", has_text="Lọc, xếp").click()
    head.page.get_by_text("Chỉ hồ sơ khẩn").click()
    head.press("Lọc danh sách")
    head.page.locator("#ten").fill("Khẩn")
    head.press("Lưu")
    expect(head.page.locator("h1")).to_have_text("Khẩn")
    head.look("saved-list")


def test_a_head_gives_many_from_the_list_of_the_office(world: World, desk: Opened) -> None:
    dossiers = [a_dossier_in_appraisal(world) for _ in range(2)]
    a_submitted_dossier(world)
    head = desk("head")
    head.page.get_by_role("link", name="Giao nhiều hồ sơ").click()
    head.page.locator("#buoc").select_option("benefit_officer")
    head.press("Lọc danh sách")
    expect(head.page.locator("h1")).to_have_text("Giao nhiều hồ sơ: 2 hồ sơ đang mở")
    head.page.get_by_text("Cả danh sách này").click()
    head.look("assign-many")
    head.press("Giao việc (2)")
    head.page.locator("#to").select_option(str(world["specialist"].officer_id))
    head.page.locator("#reason").fill("Chia việc của người nghỉ")
    head.press("Giao việc 2 hồ sơ")
    for row in BatchPress.objects.get().rows.all():
        do_row(row.pk, at=MONDAY)
    assert set(Dossier.objects.filter(pk__in=[one.pk for one in dossiers]).values_list("handler", flat=True)) == {
        world["specialist"].officer_id
    }


def test_a_head_finds_the_second_round_that_waits(world: World, desk: Opened) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    answered(world, dossier, at=MONDAY)
    why = "Ảnh mới mở ra thấy thiếu trang hai."
    propose_again(dossier.pk, actor=world["specialist"], asks=[BLURRED], why=why, at=MONDAY)
    head = desk("head")
    head.page.get_by_role("link", name="Xem đề nghị").click()
    expect(head.page.locator("main")).to_contain_text(why)
    head.look("rounds-asked")
    head.page.get_by_role("link", name=dossier.number).click()
    expect(head.page.locator("main")).to_contain_text("Đồng ý, gửi cho người nộp")
