"""The counter's page: a code or a number in, the answer out; the person sees on the own card who looked."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from ansinh.registry.cards import card_code, card_of
from ansinh.registry.models import InsuredPerson
from tests.web.citizen.conftest import MONDAY
from tests.web.citizen.test_joint_paper import working
from tests.web.citizen.test_organisations import text
from tests.world import SI_NUMBER, World
from tests.world_facilities import Clinic, a_clinic

pytestmark = pytest.mark.django_db
NUMBER = f"DN490{SI_NUMBER}"


@pytest.fixture
def clinic(world: World) -> Clinic:
    """A clinic with a contract, and Lan with a card."""
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=NUMBER, card_level_percent=80, card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )
    return a_clinic(world)


def test_a_number_that_fits_shows_the_card_and_one_that_does_not_shows_a_code_alone(
    clinic: Clinic, browser: Client
) -> None:
    clerk = working(clinic, "clerk")
    assert "Quét mã của người bệnh" in text(clerk.get("/tra-the"))
    asked = {"so_the": SI_NUMBER, "ho_ten": "Trần Thị Mai Lan", "ngay_sinh": "12/05/1990"}
    page = text(clerk.post("/tra-the", asked))
    for shown in ("000: Thẻ còn giá trị", NUMBER, "80 % chi phí", "01/01/2026 đến 31/12/2026"):
        assert shown in page, shown
    wrong = text(clerk.post("/tra-the", {**asked, "ngay_sinh": "1991"}))
    assert "070: Ngày sinh không đúng" in wrong and NUMBER not in wrong
    own = text(browser.get("/the-bhyt"))
    assert "Ai đã tra thẻ này" in own and own.count("Phòng khám Sao Mai") == 2


def test_a_scanned_code_answers_and_a_broken_one_says_what_to_do(clinic: Clinic) -> None:
    clerk, card = working(clinic, "clerk"), card_of(SI_NUMBER)
    assert card is not None
    assert "Trần Thị Mai Lan" in text(clerk.post("/tra-the", {"ma": card_code(card, at=MONDAY)}))
    broken = clerk.post("/tra-the", {"ma": "abc"})
    assert broken.status_code == 422 and "không phải do cổng này tạo" in text(broken)


def test_who_works_for_no_facility_is_told_so(clinic: Clinic, browser: Client) -> None:
    answer = browser.get("/tra-the")
    assert answer.status_code == 200 and "dành cho người dùng của cơ sở" in text(answer)
    assert "so_the" not in text(answer)
    assert browser.post("/tra-the", {"so_the": SI_NUMBER}).status_code == 403


def test_the_service_leads_persons_to_their_card_and_facilities_to_the_counter(browser: Client) -> None:
    page = text(browser.get("/dich-vu/kham-chua-benh-bhyt"))
    assert "/the-bhyt" in page and "/tra-the" in page and "/co-so-kcb" in page
    assert "Chưa nộp trực tuyến" not in page
