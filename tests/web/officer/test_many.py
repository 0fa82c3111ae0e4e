"""The list of the desk: filters kept under names, columns, order, and one press for many dossiers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from ansinh.casework.batch.press import do_row
from ansinh.casework.models import BatchPress, SavedList
from ansinh.dossiers.models import Dossier, State
from tests.browsers import Client
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_control
from tests.web.officer.test_desk import words
from tests.world import World, a_submitted_dossier
from tests.world_procedures import PROVINCIAL

Browser = Callable[[str], Client]
HOME, MANY, LISTS = "/can-bo", "/can-bo/mot-loat", "/can-bo/danh-sach"


def test_chosen_ones_are_accepted_after_one_question(world: World, browser: Browser) -> None:
    dossiers = [a_submitted_dossier(world) for _ in range(2)]
    counter = browser("counter")
    page = counter.get(HOME).content.decode()
    assert page.count('type="checkbox" name="ho-so"') == 2
    assert 'name="lam" value="accept"' in page
    chosen = {"lam": "accept", "ho-so": [str(one.pk) for one in dossiers]}
    asked = counter.post(MANY, chosen)
    assert "Tiếp nhận: 2 hồ sơ" in words(asked)
    assert not BatchPress.objects.exists()
    answer = counter.post(MANY, {**chosen, "_xac-nhan": "1"})
    press = BatchPress.objects.get()
    assert answer.headers["Location"] == f"{MANY}/{press.pk}"
    waiting = counter.get(f"{MANY}/{press.pk}").content.decode()
    assert "data-renew" in waiting
    for row in press.rows.all():
        do_row(row.pk, at=MONDAY)
    done = counter.get(f"{MANY}/{press.pk}")
    assert "xong 2 trong 2 hồ sơ" in words(done)
    assert "data-renew" not in done.content.decode()
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.IN_PROGRESS}


def test_what_must_be_written_is_asked_for(world: World, browser: Browser) -> None:
    dossier, head = a_dossier_to_control(world), browser("head")
    chosen = {"lam": "send_back", "ho-so": [str(dossier.pk)], "_xac-nhan": "1"}
    answer = head.post(MANY, chosen)
    assert answer.status_code == 422
    assert "Xin điền mục “Cần sửa gì”" in words(answer)
    assert head.post(MANY, {**chosen, "note": "Sửa ngày hưởng"}).status_code == 302


def test_the_whole_list_can_be_chosen(world: World, browser: Browser) -> None:
    for _ in range(51):
        a_submitted_dossier(world, papers=())
    other = a_submitted_dossier(world, PROVINCIAL)
    counter = browser("counter")
    asked = words(counter.post(MANY, {"lam": "accept", "tat-ca": "1", "thu-tuc": "tro-cap-tinh"}))
    assert "Tiếp nhận: 1 hồ sơ" in asked
    assert other.number in asked
    assert "Tiếp nhận: 52 hồ sơ" in words(counter.post(MANY, {"lam": "accept", "tat-ca": "1"}))


def test_nothing_chosen_is_said_on_the_list(world: World, browser: Browser) -> None:
    counter = browser("counter")
    assert counter.post(MANY, {"lam": "accept"}).status_code == 302
    assert "Chưa chọn hồ sơ nào" in words(counter.get(HOME))


def test_the_results_of_another_officer_are_not_there(world: World, browser: Browser) -> None:
    counter = browser("counter")
    counter.post(MANY, {"lam": "accept", "ho-so": [str(a_submitted_dossier(world).pk)], "_xac-nhan": "1"})
    assert browser("head").get(f"{MANY}/{BatchPress.objects.get().pk}").status_code == 404


def test_a_filter_is_kept_under_a_name_with_its_count(world: World, browser: Browser) -> None:
    a_submitted_dossier(world)
    urgent = a_submitted_dossier(world)
    Dossier.objects.filter(pk=urgent.pk).update(urgent=True)
    counter = browser("counter")
    assert urgent.number in words(counter.get(f"{HOME}?khan=1"))
    answer = counter.post(LISTS, {"ten": "Khẩn của tôi", "khan": "1", "cot": ["person", "filed"], "xep": "new"})
    kept = SavedList.objects.get()
    assert answer.headers["Location"] == f"{HOME}?viec={kept.pk}"
    page = counter.get(f"{HOME}?viec={kept.pk}")
    shown = words(page)
    assert "Khẩn của tôi 1" in shown
    assert page.content.decode().count('<tr role="row">') == 2
    heads = re.findall(r'<th role="columnheader" scope="col">([^<]+)</th>', page.content.decode())
    assert heads == ["Hạn", "Số hồ sơ", "Người nộp", "Nộp ngày"]


def test_a_name_twice_and_no_name_are_refused(world: World, browser: Browser) -> None:
    counter = browser("counter")
    for name, says in (("", "Chưa đặt tên"), ("Một", "Đã lưu"), ("Một", "đã có danh sách mang tên này")):
        counter.post(LISTS, {"ten": name})
        assert says in words(counter.get(HOME))


def test_a_head_shares_and_a_specialist_does_not(world: World, browser: Browser) -> None:
    browser("head").post(LISTS, {"ten": "Của tổ", "chung": "1"})
    browser("specialist").post(LISTS, {"ten": "Riêng", "chung": "1"})
    assert "Của tổ (chung)" in words(browser("collector").get(HOME))
    assert "Riêng" not in words(browser("collector").get(HOME))


def test_only_who_keeps_a_list_removes_it(world: World, browser: Browser) -> None:
    browser("head").post(LISTS, {"ten": "Của tổ", "chung": "1"})
    address = f"{LISTS}/{SavedList.objects.get().pk}/bo"
    assert browser("specialist").post(address).status_code == 404
    assert browser("head").post(address).status_code == 302
    assert "Của tổ" not in words(browser("specialist").get(HOME))


@pytest.mark.parametrize(
    ("query", "found"),
    [("han=none", 1), ("han=late", 0), ("han=7", 0), ("trang-thai=submitted", 1), ("trang-thai=in_progress", 0),
     ("trang-thai=khong-co", 1), ("bo-sung=1", 0), ("xep=old", 1), ("cot=handler", 1)],
)  # fmt: skip
def test_each_filter_narrows_and_nonsense_filters_nothing(
    world: World, browser: Browser, query: str, found: int
) -> None:
    a_submitted_dossier(world)
    assert browser("counter").get(f"{HOME}?{query}").content.decode().count('name="ho-so"') == found


def test_saved_lists_cost_no_more_queries(world: World, browser: Browser, django_assert_max_num_queries: Any) -> None:
    a_dossier_in_appraisal(world)
    specialist = browser("specialist")
    for name in ("Một", "Hai", "Ba"):
        specialist.post(LISTS, {"ten": name, "han": "7"})
    specialist.get(HOME)
    with django_assert_max_num_queries(12):  # one of them: opinions asked of the officer
        specialist.get(HOME)
