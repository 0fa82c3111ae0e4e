"""What an officer is shown besides the answers: money only where there is some, messages, numbers at odds."""

import pytest

from ansinh.casework.accept import accept
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.dossiers.supplement import answer_fields, send
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


def test_what_the_person_stands_by_is_marked(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    doubt = Ask("field", "bank_account", "bank-account-not-holder", "Tài khoản đứng tên người khác.", "")
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[doubt], at=MONDAY)
    same = {"bank_account": dossier.answers["bank_account"]}
    answer_fields(dossier.pk, actor=world.citizen, answers=same, kept={"bank_account"}, at=MONDAY)
    send(dossier.pk, actor=world.citizen, at=MONDAY)
    page = words(browser("specialist").get(at(dossier)))
    assert "Giữ nguyên" in page and "Người nộp đã xem lại và cho là đúng." in page


@pytest.mark.requirement("R-106")
@pytest.mark.parametrize(
    ("holder", "told"),
    [("TRAN THI MAI LAN", "Đúng tên người hưởng"), ("LE VAN BINH", "Khác tên người hưởng")],
)
def test_whose_account_it_is_stands_beside_it(world: World, browser: Browser, holder: str, told: str) -> None:
    account = {"bank": "970405", "number": "3900205123456", "holder": holder}
    dossier = a_dossier_in_appraisal(world, bank_account=account)
    for page in ("", "de-xuat"):
        text = words(browser("specialist").get(at(dossier, page)))
        assert told in text
