"""Counters on the desk, on the page of offices, and who may press what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from ansinh.offices.counters import history, pause_of
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World

PAGE = f"/can-bo/quay/{LOCAL_OFFICE}"
PAUSE = {
    "_act": "pause", "ground": "epidemic", "reason": "Có ca bệnh trong cơ quan", "decided_by": "commune_committee",
    "document": "21/QĐ-UBND ngày 08/11/2026", "legal_bases": "241/QĐ-TTg\n02/NQ-CP",
    "from.day": "9", "from.month": "11", "from.year": "2026",
    "notice_vi": "Quầy nghỉ để khử khuẩn.", "notice_en": "Closed for disinfection.",
}  # fmt: skip


@pytest.mark.requirement("R-145", "R-146", "R-147")
def test_a_leader_closes_the_counter_and_the_public_reads_it(world: World, browser: Callable[[str], Client]) -> None:
    leader = browser("leader")
    assert "Quầy tiếp nhận" in leader.get("/can-bo/quan-ly").content.decode()
    assert "Đang nhận trực tiếp" in leader.get("/can-bo/quay").content.decode()
    assert leader.post(PAGE, PAUSE).status_code == 302
    assert "Quầy này" not in leader.get(PAGE).content.decode()
    assert "Tạm dừng từ 09/11/2026" in leader.get("/can-bo/quay").content.decode()
    public = Client().get("/co-quan?tinh=90").content.decode()
    for words in (
        "Quầy của BHXH cơ sở Hàm Rồng tạm dừng nhận trực tiếp từ 09/11/2026 đến khi có thông báo mới",
        "Quầy nghỉ để khử khuẩn.", "Dịch bệnh", "Ủy ban nhân dân xã, phường, 21/QĐ-UBND ngày 08/11/2026",
        "241/QĐ-TTg; 02/NQ-CP", "BHXH cơ sở Cửa Lò, 12 đường Bờ Sông",
    ):  # fmt: skip
        assert words in public
    assert "Quầy nghỉ để khử khuẩn." in Client().get("/co-quan").content.decode()
    english = Client().get("/co-quan?lang=en", follow=True).content.decode()
    assert "Closed for disinfection." in english and "Epidemic" in english


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, browser: Callable[[str], Client]) -> None:
    answer = browser("leader").post(PAGE, {**PAUSE, "document": "", "from.day": "31"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Có ca bệnh trong cơ quan" in page
    assert "Ngày chưa đủ hoặc chưa đúng" in page
    assert not history(LOCAL_OFFICE).exists()


def test_the_counter_opens_early_and_the_list_is_ordered(world: World, browser: Callable[[str], Client]) -> None:
    leader = browser("leader")
    leader.post(PAGE, PAUSE)
    pause = history(LOCAL_OFFICE).get().pk
    day = {f"open-{pause}.day": "9", f"open-{pause}.month": "11", f"open-{pause}.year": "2026"}
    answer = leader.post(PAGE, {"_act": "reopen", "pause": str(pause), f"under-{pause}": "22/QĐ-UBND", **day})
    assert answer.status_code == 302 and pause_of(LOCAL_OFFICE, on=NOW.date()) is None
    assert leader.post(PAGE, {"_act": "nearest", "place-1": OTHER_OFFICE}).status_code == 302
    assert "Hôm nay đang chỉ đến: BHXH cơ sở Cửa Lò" in " ".join(leader.get(PAGE).content.decode().split())
    assert leader.post(PAGE, {"_act": "reopen", "pause": str(pause)}).status_code == 422


def test_others_have_no_say(world: World, browser: Callable[[str], Client]) -> None:
    assert browser("counter").get("/can-bo/quay").status_code == 403
    assert browser("counter").post(PAGE, PAUSE).status_code == 403
    assert browser("leader").get(f"/can-bo/quay/{OTHER_OFFICE}").status_code == 403
    assert browser("director").get(PAGE).status_code == 200
