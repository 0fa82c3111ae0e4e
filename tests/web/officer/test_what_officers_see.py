"""What an officer is shown besides the answers: money only where there is some, messages, numbers at odds."""

import pytest

from ansinh.casework.accept import accept
from ansinh.notifications.delivery import record_report
from ansinh.notifications.providers.base import Report
from ansinh.notifications.queries import messages_about
from tests.casework.moves import MONDAY, a_dossier_in_appraisal
from tests.web.officer.test_desk import Browser, at, words
from tests.world import World, a_registration, a_submitted_dossier
from tests.world_procedures import PROVINCIAL


def test_an_amount_is_asked_only_where_there_is_money(world: World, browser: Browser) -> None:
    with_money = browser("specialist").get(at(a_dossier_in_appraisal(world), "de-xuat"))
    assert 'name="amount"' in with_money.content.decode()
    dossier = accept(a_submitted_dossier(world, PROVINCIAL).pk, actor=world["counter"], at=MONDAY)
    without = browser("province_specialist").get(at(dossier, "de-xuat"))
    assert without.status_code == 200
    assert "amount" not in without.content.decode()


def test_the_desk_sees_what_the_applicant_was_told_and_what_did_not_arrive(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    message = messages_about(dossier.pk)[0]
    page = words(browser("specialist").get(at(dossier)))
    assert "Tin báo người nộp" in page
    assert "Đang chờ gửi" in page
    assert message.recipient not in page
    record_report(Report(provider="sms", reference="", status="UNDELIV", message_id=message.pk), at=MONDAY)
    assert "Xin gọi điện báo người nộp" in words(browser("specialist").get(at(dossier)))


@pytest.mark.requirement("R-072")
def test_a_number_at_odds_with_the_declaration_is_shown_at_the_counter(world: World, browser: Browser) -> None:
    plain, odd = a_registration(world), a_registration(world, gender="female")
    told = "Giới tính không khớp với số định danh cá nhân"
    assert told not in words(browser("counter").get(f"/can-bo/dang-ky/{plain.pk}"))
    assert told in words(browser("counter").get(f"/can-bo/dang-ky/{odd.pk}"))
