"""Giving work on the desk: one dossier, the rules, the lists of what is one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from ansinh.casework.assignment.assign import assign
from ansinh.casework.batch.press import do_row
from ansinh.casework.models import BatchPress
from ansinh.dossiers.models import Dossier
from ansinh.people.models import Absence, Deputy, Role
from tests.browsers import Client
from tests.casework.moves import MONDAY, a_dossier_in_appraisal
from tests.web.officer.test_desk import at, words
from tests.world import LOCAL_OFFICE, World, a_submitted_dossier, an_officer
from tests.world_organisations import freeze

Browser = Callable[[str], Client]
RULES, GIVE, MANY = "/can-bo/phan-cong", "/can-bo/giao-nhieu", "/can-bo/mot-loat"
pytestmark = [pytest.mark.requirement("R-114")]


def a_rule(head: Client, **more: str) -> Any:
    day = {"begins.day": "09", "begins.month": "11", "begins.year": "2026"}
    return head.post(RULES, {"_act": "rule", "role": "benefit_officer", **day, **more})


def test_the_head_gives_a_dossier_and_it_says_why(world: World, browser: Browser) -> None:
    dossier, head = a_dossier_in_appraisal(world), browser("head")
    page = words(head.get(at(dossier, "giao-viec")))
    assert "Lê Quang Huy: 0 hồ sơ, quy đổi 0,0" in page
    assert dossier.applicant_name not in page
    answer = head.post(
        at(dossier, "giao-viec"), {"to": str(world["specialist"].officer_id), "reason": "Quen việc tử tuất"}
    )
    assert answer.status_code == 302
    assert "Đã giao hồ sơ" in words(head.get(RULES))
    shown = words(browser("specialist").get(at(dossier)))
    assert "Vì sao giao cho Lê Quang Huy" in shown
    assert "Trần Minh Châu giao: Quen việc tử tuất" in shown
    assert "Giao Lê Quang Huy. Quen việc tử tuất (nội bộ)" in shown


def test_a_head_lists_the_open_dossiers_and_gives_many_in_one_press(world: World, browser: Browser) -> None:
    mine, other = a_dossier_in_appraisal(world), a_dossier_in_appraisal(world)
    intake, head = a_submitted_dossier(world), browser("head")
    assert "Giao nhiều hồ sơ" in words(head.get("/can-bo"))
    page = words(head.get(GIVE))
    assert all(one.number in page for one in (mine, other, intake)) and mine.applicant_name not in page
    assert intake.number not in words(head.get(f"{GIVE}?buoc=benefit_officer"))
    given = {"lam": "assign", "to": str(world["specialist"].officer_id), "reason": "Chia việc", "_xac-nhan": "1"}
    head.post(MANY, {**given, "ho-so": [str(mine.pk)]})
    do_row(BatchPress.objects.get().rows.get().pk, at=MONDAY)
    free = f"{GIVE}?buoc=benefit_officer&chua-giao=1"
    assert mine.number not in words(head.get(free)) and other.number in words(head.get(free))
    whole = {"danh-sach": "giao", "buoc": "benefit_officer", "han": "", "chua-giao": "1", "tat-ca": "1"}
    head.post(MANY, {**given, **whole})
    assert [row.dossier_id for row in BatchPress.objects.latest("made_at", "id").rows.all()] == [other.pk]


def test_only_who_gives_work_lists_it_and_only_of_the_own_office(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    assert browser("specialist").get(GIVE).status_code == 403
    assert dossier.number not in words(browser("province_leader").get(GIVE))


def test_without_reason_the_page_says_so_beside_the_question(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    answer = browser("head").post(at(dossier, "giao-viec"), {"to": str(world["specialist"].officer_id)})
    assert answer.status_code == 422
    assert "Xin điền mục “Vì sao”" in words(answer)


@pytest.mark.parametrize("page", [RULES, "one"])
def test_who_leads_nobody_is_told_so(world: World, browser: Browser, page: str) -> None:
    address = at(a_dossier_in_appraisal(world), "giao-viec") if page == "one" else page
    assert browser("specialist").get(address).status_code == 403


def test_a_rule_is_saved_used_and_stopped(world: World, browser: Browser) -> None:
    dossier, head = a_dossier_in_appraisal(world), browser("head")
    assert a_rule(head).status_code == 302
    page = words(head.get(RULES))
    assert "chia đều cho mọi người cùng nhiệm vụ" in page
    head.post(RULES, {"_act": "share-out"})
    assert "Đã giao 1 hồ sơ theo quy tắc" in words(head.get(RULES))
    assert Dossier.objects.get(pk=dossier.pk).handler_id == world["specialist"].officer_id
    row = head.get(RULES).content.decode().split('name="row" value="')[1][:36]
    head.post(RULES, {"_act": "end-rule", "row": row})
    assert "Chưa có quy tắc nào" in words(head.get(RULES))


def test_a_rule_twice_is_refused_on_the_page(world: World, browser: Browser) -> None:
    head = browser("head")
    a_rule(head)
    answer = a_rule(head)
    assert answer.status_code == 422
    assert "Đã có quy tắc cho đúng việc đó" in words(answer)


def test_who_does_which_procedure_is_named_and_taken_back(world: World, browser: Browser) -> None:
    freeze("huong-bhxh-mot-lan")
    head = browser("head")
    typed = {"_act": "skill", "who": str(world["specialist"].officer_id), "skill": "huong-bhxh-mot-lan"}
    head.post(RULES, typed)
    page = head.get(RULES).content.decode()
    assert "làm 1 thủ tục" in page
    row = page.split('name="_act" value="end-skill"><input type="hidden" name="row" value="')[1][:36]
    head.post(RULES, {"_act": "end-skill", "row": row})
    assert "Chưa giới hạn" in words(head.get(RULES))


def test_where_work_is_shared_out_my_list_holds_mine(world: World, browser: Browser) -> None:
    mine, nobodys = a_dossier_in_appraisal(world), a_dossier_in_appraisal(world)
    assert "Việc hôm nay: 2 hồ sơ" in words(browser("specialist").get("/can-bo"))
    a_rule(browser("head"))
    assign(mine.pk, actor=world["head"], to=world["specialist"].officer_id, reason="Quen việc", at=MONDAY)
    specialist = browser("specialist")
    page = words(specialist.get("/can-bo"))
    assert "Việc hôm nay: 1 hồ sơ" in page
    assert mine.number in page
    assert nobodys.number not in page
    assert nobodys.number in words(specialist.get("/can-bo?viec=chua-phan-cong"))
    assert "Của phòng: 2 hồ sơ" in words(specialist.get("/can-bo?viec=cua-phong"))


def test_what_a_colleague_has_is_not_in_my_list_and_comes_with_the_deputyship(world: World, browser: Browser) -> None:
    other = an_officer("be", "Đinh Thị Bé", "Chuyên viên chế độ BHXH", ((LOCAL_OFFICE, Role.BENEFIT),))
    dossier = a_dossier_in_appraisal(world)
    assign(dossier.pk, actor=world["head"], to=other.officer_id, reason="Chia việc", at=MONDAY)
    assert dossier.number not in words(browser("specialist").get("/can-bo"))
    absence = Absence.objects.create(
        officer_id=other.officer_id, valid_from=date(2026, 11, 9), valid_to=date(2026, 11, 9) + timedelta(days=3)
    )
    Deputy.objects.create(absence=absence, officer_id=world["specialist"].officer_id, office_code=LOCAL_OFFICE)
    assert dossier.number in words(browser("specialist").get("/can-bo"))


def test_the_page_of_rules_stays_within_its_budget(
    world: World, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    for name in ("Bùi Thị Lan", "Cao Văn Ba"):
        an_officer(name[-2:], name, "Chuyên viên chế độ BHXH", ((LOCAL_OFFICE, Role.BENEFIT),))
    head = browser("head")
    a_rule(head)
    head.get(RULES)
    with django_assert_max_num_queries(22):
        head.get(RULES)
