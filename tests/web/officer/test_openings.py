"""Breaking the glass: with a ground, for a while, told at once, judged by somebody else within a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from ansinh.dossiers.models import Dossier
from ansinh.notifications.models import Message, Notice
from ansinh.people.models import Account, Opening, OpeningReview, Reading
from tests.browsers import Client
from tests.web.officer.conftest import NOW
from tests.web.officer.test_desk import Browser, at, words
from tests.world import OTHER_OFFICE, World, a_submitted_dossier

WHY = "Người nộp đang ở quầy Cửa Lò, cần xem giấy đã nộp."


def break_glass(client: Client, dossier: Dossier, **typed: str) -> Any:
    """Fill the page of an emergency opening."""
    given = {"number": dossier.number, "purpose": "person-asks", "sentence": WHY, **typed}
    return client.post("/can-bo/mo-khan", given, follow=True)


def judge(client: Client, opening: Opening, **typed: str) -> Any:
    """Fill the page of the judgement."""
    given = {"justified": "true", "note": "Có phiếu tiếp dân kèm theo.", **typed}
    return client.post(f"/can-bo/giam-sat/mo-khan/{opening.pk}", given, follow=True)


def person(world: World) -> Client:
    """The browser of the person."""
    client = Client()
    client.force_login(Account.objects.get(pk=world.citizen.account_id))
    return client


@pytest.mark.requirement("R-167")
def test_the_person_and_the_head_learn_of_it_at_once(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    shown = break_glass(browser("other_counter"), dossier)
    assert shown.redirect_chain[-1][0] == at(dossier)
    assert "Đã mở khẩn cấp" in words(shown) and "Trần Thị Mai Lan" in words(shown)
    assert "Tiếp nhận hồ sơ" not in words(shown), "to look only"
    mine = words(person(world).get("/tai-khoan/ai-da-xem"))
    assert "Mở khẩn cấp" in mine and WHY in mine and "BHXH cơ sở Cửa Lò" in mine
    assert Notice.objects.get(code="glass_broken").account_id == world.citizen.account_id
    assert Message.objects.filter(purpose="glass_broken", channel="sms").exists()
    desk = words(browser("province_leader").get("/can-bo"))
    assert "1 lần mở khẩn cấp chờ ông/bà xem xét, 0 lần đã quá hạn" in desk


def test_it_is_to_look_only_and_ends_by_itself(world: World, browser: Browser, settings: Settings) -> None:
    dossier, client = a_submitted_dossier(world), browser("other_counter")
    break_glass(client, dossier)
    assert client.get(at(dossier, "to-khai.pdf")).status_code == 200
    for page in ("tiep-nhan", "bo-sung", "chuyen"):
        assert client.get(at(dossier, page)).status_code == 404
        assert client.post(at(dossier, page)).status_code == 404
    settings.CLOCK = lambda: NOW + timedelta(minutes=60)
    assert browser("other_counter").get(at(dossier)).status_code == 404


def test_an_opening_is_its_officers_own(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    break_glass(browser("other_counter"), dossier)
    assert browser("other_specialist").get(at(dossier)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": "00077/2026/90001"}, "Không có hồ sơ mang số này"),
        ({"number": "00001"}, "Không có hồ sơ mang số này"),
        ({"purpose": ""}, "Chưa chọn mục đích"),
        ({"purpose": "supervise"}, "Chưa chọn mục đích"),
        ({"sentence": "gấp"}, "Lý do quá ngắn"),
    ],
)
def test_what_is_missing_is_said_and_nothing_opens(
    world: World, browser: Browser, typed: dict[str, str], told: str
) -> None:
    shown = break_glass(browser("other_counter"), a_submitted_dossier(world), **typed)
    assert shown.status_code == 422 and told in words(shown)
    assert Opening.objects.count() == 0


def test_after_a_day_it_is_an_alarm_until_somebody_else_judges(
    world: World, browser: Browser, settings: Settings
) -> None:
    dossier = a_submitted_dossier(world)
    break_glass(browser("other_counter"), dossier)
    settings.CLOCK = lambda: NOW + timedelta(hours=24, minutes=1)
    leader = browser("province_leader")
    assert "1 lần đã quá hạn" in words(leader.get("/can-bo"))
    page = words(leader.get("/can-bo/giam-sat"))
    assert "Quá hạn xem xét" in page and dossier.number in page and "Trần Thị Mai Lan" not in page
    opening = Opening.objects.get()
    one = words(leader.get(f"/can-bo/giam-sat/mo-khan/{opening.pk}"))
    assert WHY in one and "Trang hồ sơ" in one
    done = words(judge(leader, opening))
    assert "Đã ghi kết luận" in done and "Không có lần mở khẩn cấp nào chờ xem xét" in done
    assert "mở khẩn cấp chờ" not in words(leader.get("/can-bo"))
    assert Notice.objects.filter(code="opening_justified", account_id=world.citizen.account_id).exists()


def test_a_second_judgement_stands_beside_the_first(world: World, browser: Browser, settings: Settings) -> None:
    break_glass(browser("other_counter"), a_submitted_dossier(world))
    opening, leader = Opening.objects.get(), browser("province_leader")
    judge(leader, opening)
    settings.CLOCK = lambda: NOW + timedelta(hours=1)
    leader = browser("province_leader")
    judge(leader, opening, justified="false", note="Phiếu tiếp dân không phải của người này.")
    page = words(leader.get(f"/can-bo/giam-sat/mo-khan/{opening.pk}"))
    assert page.index("Không có căn cứ , Lưu Thị Kim") < page.index("Có phiếu tiếp dân kèm theo.")
    assert OpeningReview.objects.count() == 2
    assert Message.objects.filter(purpose="opening_unjustified", channel="sms").exists()


@pytest.mark.parametrize(
    ("typed", "told"), [({"justified": ""}, "Chưa chọn kết luận"), ({"note": "ok"}, "Lý do quá ngắn")]
)
def test_a_judgement_says_which_and_why(world: World, browser: Browser, typed: dict[str, str], told: str) -> None:
    break_glass(browser("other_counter"), a_submitted_dossier(world))
    shown = judge(browser("province_leader"), Opening.objects.get(), **typed)
    assert shown.status_code == 422 and told in words(shown)
    assert OpeningReview.objects.count() == 0


def test_nobody_judges_oneself_nor_another_province(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world, office=OTHER_OFFICE)
    break_glass(browser("leader"), dossier)
    opening = Opening.objects.get()
    assert judge(browser("leader"), opening).status_code == 404
    assert judge(browser("other_counter"), opening).status_code == 403
    assert judge(browser("head"), opening).status_code == 200
    with pytest.raises(IntegrityError, match="review_by_somebody_else"), transaction.atomic():
        OpeningReview.objects.create(
            opening=opening, opened_by_id=opening.officer_id, reviewer_id=opening.officer_id, reviewer_title="x",
            justified=True, note="x", at=NOW,
        )  # fmt: skip


def test_what_was_looked_at_hangs_on_the_opening(world: World, browser: Browser) -> None:
    dossier, client = a_submitted_dossier(world), browser("other_counter")
    break_glass(client, dossier)
    client.get(at(dossier, "to-khai.pdf"))
    assert set(Reading.objects.values_list("opening_id", flat=True)) == {Opening.objects.get().pk}
