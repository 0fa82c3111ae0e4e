"""The signing list: ticks, one press, one result for each row."""

import re
from collections.abc import Callable

import pytest

from ansinh.counterparty.timestamps import Temper
from ansinh.dossiers.models import Dossier, State
from tests.browsers import Client
from tests.casework.moves import a_dossier_to_control, a_dossier_to_sign
from tests.signing.tokens import needs_token, token_away
from tests.web.officer.test_desk import at, press, words
from tests.world import World

Browser = Callable[[str], Client]
LIST = "/can-bo/trinh-ky"


def test_the_leader_finds_the_list_on_the_start_page(world: World, browser: Browser) -> None:
    assert LIST in browser("leader").get("/can-bo").content.decode()
    assert LIST not in browser("specialist").get("/can-bo").content.decode()


def test_every_box_is_named_after_its_dossier(world: World, browser: Browser) -> None:
    dossier = a_dossier_to_sign(world)
    page = browser("leader").get(LIST).content.decode()
    label = re.search(r'<label class="pick"><input type="checkbox" name="ho-so" value="([^"]+)">(.*?)</label>', page)
    assert label is not None
    assert label.group(1) == str(dossier.pk)
    assert f"Ký hồ sơ {dossier.number} của {dossier.applicant_name}" in label.group(2)


def test_the_ticked_ones_are_signed_and_the_others_stay(world: World, browser: Browser) -> None:
    ticked, other = a_dossier_to_sign(world), a_dossier_to_sign(world)
    done = browser("leader").post(LIST, {"ho-so": [str(ticked.pk)]})
    assert "Đã ký 1 trong 1 hồ sơ" in words(done)
    states = [Dossier.objects.get(pk=one.pk).state for one in (ticked, other)]
    assert states == [State.GRANTED, State.IN_PROGRESS]


def test_each_row_says_what_became_of_it(world: World, browser: Browser) -> None:
    good, not_ready = a_dossier_to_sign(world), a_dossier_to_control(world)
    shown = words(browser("leader").post(LIST, {"ho-so": [str(not_ready.pk), str(good.pk), "không phải số"]}))
    assert "Đã ký 1 trong 2 hồ sơ" in shown
    assert "1 hồ sơ chưa ký được" in shown
    assert "Bước này thuộc Trưởng phòng" in shown


def test_a_second_press_says_that_it_was_done(world: World, browser: Browser) -> None:
    dossier, leader = a_dossier_to_sign(world), browser("leader")
    leader.post(LIST, {"ho-so": [str(dossier.pk)]})
    again = words(leader.post(LIST, {"ho-so": [str(dossier.pk)]}))
    assert "Đã ký 0 trong 1 hồ sơ" in again
    assert dossier.documents.filter(kind="decision").count() == 1


def test_nothing_ticked_is_said(world: World, browser: Browser) -> None:
    a_dossier_to_sign(world)
    answer = browser("leader").post(LIST, {})
    assert answer.status_code == 422
    assert "Chưa chọn hồ sơ nào" in words(answer)


@pytest.mark.parametrize("temper", ["down"])
def test_waiting_is_said_on_list_dossier_and_to_the_applicant(
    world: World, browser: Browser, timestamps: Temper, temper: str
) -> None:
    timestamps.now = temper
    many, one = a_dossier_to_sign(world), a_dossier_to_sign(world)
    leader = browser("leader")
    assert "1 hồ sơ đã duyệt, chờ hoàn tất chữ ký số" in words(leader.post(LIST, {"ho-so": [str(many.pk)]}))
    assert "Đã ghi nhận việc duyệt" in words(press(leader, at(one, "ky")))
    assert "Nơi cấp dấu thời gian đang không trả lời: thư được ký và gửi ngay khi có dấu" in words(leader.get(at(one)))
    assert "Chờ hoàn tất chữ ký số 2" in words(leader.get("/can-bo"))
    assert "chờ hoàn tất chữ ký số" in words(browser("citizen").get(f"/ho-so/{one.pk}"))


@needs_token
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-pkcs11 and a dead library
def test_a_token_that_is_away_is_not_called_a_time_stamp(world: World, browser: Browser) -> None:
    dossier, leader = a_dossier_to_sign(world), browser("leader")
    with token_away():
        told = words(leader.post(LIST, {"ho-so": [str(dossier.pk)]}))
    shown = words(leader.get(at(dossier)))
    for said in (told, shown):
        assert "Thiết bị giữ khóa ký đang không trả lời" in said
        assert "dấu thời gian" not in said
    assert "chờ thiết bị giữ khóa ký" in shown
    assert "chờ hoàn tất chữ ký số" in words(browser("citizen").get(f"/ho-so/{dossier.pk}"))
