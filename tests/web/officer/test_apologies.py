"""The pages of the apology: the draft is seen where the dossier is worked on, and signed by a leader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from ansinh.casework.apologies.draft import tend
from ansinh.casework.models import Apology, ApologyState
from tests.browsers import Client
from tests.casework.moves import a_dossier_in_appraisal
from tests.web.officer.test_desk import at, words
from tests.world import World, a_moment

Browser = Callable[[str], Client]
LATER = a_moment(date(2026, 11, 16), 9)
FORM = {
    "promised.day": "27", "promised.month": "11", "promised.year": "2026", "why": "Chờ đối chiếu quá trình đóng.",
}  # fmt: skip


@pytest.fixture
def drafted(world: World, settings: Settings) -> Any:
    """A dossier near its due date, with its draft."""
    dossier = a_dossier_in_appraisal(world)
    settings.CLOCK = lambda: LATER
    tend(at=LATER)
    return dossier


def test_the_specialist_sees_the_draft_and_changes_it_but_gets_no_button_to_sign(
    drafted: Any, browser: Browser
) -> None:
    specialist = browser("specialist")
    assert "dự thảo thư xin lỗi, hẹn lại 26/11/2026" in words(specialist.get(at(drafted)))
    assert "Ký và gửi" not in words(specialist.get(at(drafted, "xin-loi")))
    assert specialist.post(at(drafted, "xin-loi"), FORM).status_code == 302
    assert Apology.objects.get().promised_on == date(2026, 11, 27)
    assert specialist.get(at(drafted, "xin-loi/du-thao.pdf"))["Content-Type"] == "application/pdf"


def test_the_leader_finds_it_in_a_list_signs_and_the_applicant_reads_the_new_day(
    drafted: Any, browser: Browser
) -> None:
    leader = browser("leader")
    listed = words(leader.get("/can-bo/thu-xin-loi"))
    assert drafted.number in listed
    assert "26/11/2026" in listed
    leader.post(at(drafted, "muc-dich"), {"purpose": "supervise", "sentence": "Ký thư xin lỗi của hồ sơ."})
    assert leader.post(at(drafted, "xin-loi"), {**FORM, "_sign": "1"}).status_code == 302
    assert Apology.objects.get().state == ApologyState.ISSUED
    page = words(browser("citizen").get(f"/ho-so/{drafted.pk}"))
    assert "Hẹn lại thứ Sáu 27/11/2026" in page
    assert "Chờ đối chiếu quá trình đóng" in page
    assert "hẹn lại người nộp ngày 27/11/2026" in words(browser("specialist").get(at(drafted)))


def test_a_wrong_day_is_said_beside_its_box_and_the_words_stay(drafted: Any, browser: Browser) -> None:
    answer = browser("specialist").post(at(drafted, "xin-loi"), {**FORM, "promised.day": "16"})
    assert answer.status_code == 422
    assert "Ngày hẹn lại phải sau hôm nay" in words(answer)
    assert "Chờ đối chiếu quá trình đóng." in answer.content.decode()
