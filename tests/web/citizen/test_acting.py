"""Acting for others on the pages: who is listed, the bar, the switch, and what is shown to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from ansinh.dossiers.acts import MOST
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Draft
from ansinh.people.acting.end import end_guardianship
from ansinh.people.actors import Right
from ansinh.people.models import Account
from ansinh.people.models_acting import ActingEvent, Mandate
from tests.browsers import Client
from tests.people.families import a_child, a_guardian, a_mandate, a_person, acting, filed_for
from tests.web.citizen.codes import last_code
from tests.web.citizen.conftest import MONDAY, set_clock
from tests.world import PASSWORD, World, a_submitted_dossier
from tests.world_organisations import freeze
from tests.world_procedures import ALLOWANCE

TODAY = MONDAY.date()
BOOK_AND_CARD = "cap-lai-doi-dieu-chinh-so-the"


def text(browser: Client, address: str) -> str:
    """The page as it is read."""
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


@pytest.mark.requirement("R-057")
@pytest.mark.requirement("R-059")
def test_a_mother_sees_her_child_switches_and_comes_back(browser: Client, world: World) -> None:
    own = a_submitted_dossier(world)
    held = a_guardian(world, a_child(), world.citizen, at=MONDAY)
    theirs = filed_for(world, acting(world.citizen, held.pk, on=TODAY))
    listed = text(browser, "/tai-khoan/lam-thay")
    assert "Lê Trần An Nhiên" in listed and "đến hết 03/05/2037" in listed
    assert browser.post(f"/tai-khoan/lam-thay/{held.pk}/chuyen").headers["Location"] == "/ho-so"
    home = text(browser, "/ho-so")
    assert "Đang làm thay" in home and theirs.number in home and own.number not in home
    assert browser.get(f"/ho-so/{own.pk}").status_code == 404
    assert "Trần Thị Mai Lan làm thay Lê Trần An Nhiên" in text(browser, f"/ho-so/{theirs.pk}")
    browser.post("/tai-khoan/lam-thay/thoi")
    back = text(browser, "/ho-so")
    assert "Đang làm thay" not in back and own.number in back and theirs.number not in back
    assert browser.get(f"/ho-so/{theirs.pk}").status_code == 404
    assert ActingEvent.objects.filter(kind="acting_begun", owner_id=held.child_id).count() == 1


def test_a_draft_for_the_child_carries_the_childs_facts_and_the_mother_submits(browser: Client, world: World) -> None:
    freeze(BOOK_AND_CARD)
    held = a_guardian(world, a_child(), world.citizen, at=MONDAY)
    browser.post(f"/tai-khoan/lam-thay/{held.pk}/chuyen")
    assert browser.post(f"/ho-so/bat-dau/{BOOK_AND_CARD}").status_code == 302
    draft = Draft.objects.get()
    assert (draft.owner_id, draft.account_id) == (held.child_id, world.citizen.account_id)
    assert draft.answers["full_name"] == "Lê Trần An Nhiên" and draft.answers["phone"] == "84905000278"
    browser.post("/tai-khoan/lam-thay/thoi")
    assert browser.get(f"/ho-so/nhap/{draft.pk}/kiem-tra").status_code == 404


def test_when_the_right_ends_the_next_page_says_so_once(browser: Client, world: World) -> None:
    held = a_guardian(world, a_child(), world.citizen, at=MONDAY)
    browser.post(f"/tai-khoan/lam-thay/{held.pk}/chuyen")
    end_guardianship(held.pk, actor=world["counter"], basis="Bản án 3", reason="Tòa giao con", at=MONDAY)
    assert "Quyền làm thay vừa chấm dứt" in text(browser, "/ho-so")
    assert "Quyền làm thay vừa chấm dứt" not in text(browser, "/ho-so")
    page = text(browser, f"/tai-khoan/lam-thay/tre/{held.pk}")
    assert "Tòa giao con (Bản án 3)" in page and "9000000034" not in page


def test_both_parents_see_what_the_other_did_and_nothing_of_the_others_own(browser: Client, world: World) -> None:
    own = a_submitted_dossier(world)
    father = a_person("090085000033", "Lê Quốc Việt")
    child = a_child()
    hers = a_guardian(world, child, world.citizen, at=MONDAY)
    his = a_guardian(world, child, father, at=MONDAY, kind="father")
    theirs = filed_for(world, acting(world.citizen, hers.pk, on=TODAY))
    other = Client()
    other.post("/dang-nhap", {"login": "090085000033", "password": PASSWORD})
    other.post(f"/tai-khoan/lam-thay/{his.pk}/chuyen")
    page = text(other, f"/tai-khoan/lam-thay/tre/{his.pk}")
    assert "Trần Thị Mai Lan làm thay Lê Trần An Nhiên" in page and theirs.number in page
    assert own.number not in page and other.get(f"/ho-so/{own.pk}").status_code == 404
    assert "Từ đủ 7 tuổi" in page  # born in May 2019


def test_a_small_child_has_no_consent_to_ask_for(browser: Client, world: World) -> None:
    held = a_guardian(world, a_child(born="2022-05-04"), world.citizen, at=MONDAY)
    assert "Ý kiến của trẻ" not in text(browser, f"/tai-khoan/lam-thay/tre/{held.pk}")


def test_a_mandate_is_given_with_a_code_accepted_and_revoked_on_the_pages(browser: Client, world: World) -> None:
    a_person("090085000033", "Lê Quốc Việt")
    form = {
        "agent_number": "090085000033", "agent_name": "le quoc viet", "rights": ["file", "sign"],
        "valid_from.day": "9", "valid_from.month": "11", "valid_from.year": "2026",
        "valid_to.day": "31", "valid_to.month": "3", "valid_to.year": "2027",
    }  # fmt: skip
    wrong = browser.post("/tai-khoan/lam-thay/uy-quyen", {**form, "agent_name": "Ai Khác"})
    assert wrong.status_code == 422 and 'href="#agent_number"' in wrong.content.decode()
    confirm = browser.post("/tai-khoan/lam-thay/uy-quyen", form).headers["Location"]
    assert "xem hồ sơ, kê khai, xác nhận và nộp" in text(browser, confirm)
    code = browser.post(confirm).headers["Location"]
    assert browser.post(code, {"code": last_code()}).status_code == 302
    agent = Client()
    agent.post("/dang-nhap", {"login": "090085000033", "password": PASSWORD})
    held = Mandate.objects.get()
    assert "Trần Thị Mai Lan ủy quyền cho ông/bà" in text(agent, "/tai-khoan/lam-thay")
    assert agent.post(f"/tai-khoan/lam-thay/{held.pk}/chuyen").status_code == 404
    assert agent.post(f"/tai-khoan/lam-thay/uy-quyen/{held.pk}", {"answer": "yes"}).status_code == 302
    assert agent.post(f"/tai-khoan/lam-thay/{held.pk}/chuyen").status_code == 302
    assert "Hồ sơ của Trần Thị Mai Lan" in text(agent, "/ho-so")
    assert browser.post(f"/tai-khoan/lam-thay/uy-quyen/{held.pk}", {"revoke": "1"}).status_code == 302
    assert "Hồ sơ của tôi" in text(agent, "/ho-so")
    assert "Đã thu hồi ủy quyền của Lê Quốc Việt." in text(browser, f"/tai-khoan/lam-thay/uy-quyen/{held.pk}")


def test_whoever_gave_a_mandate_reads_what_was_done_under_it_and_nothing_else(browser: Client, world: World) -> None:
    own = a_submitted_dossier(world)
    nephew = a_person("090085000033", "Lê Quốc Việt")
    held = a_mandate(world.citizen, nephew, at=MONDAY, rights=frozenset({Right.READ, Right.FILE}))
    theirs = filed_for(world, acting(nephew, held.pk, on=TODAY), at=MONDAY)
    page = text(browser, f"/tai-khoan/lam-thay/uy-quyen/{held.pk}")
    assert theirs.number in page and own.number not in page


def test_what_others_did_since_pushes_nothing_off_the_page_of_a_mandate(browser: Client, world: World) -> None:
    nephew = a_person("090085000033", "Lê Quốc Việt")
    before = MONDAY - timedelta(hours=1)
    held = a_mandate(world.citizen, nephew, at=before, rights=frozenset({Right.READ, Right.FILE}))
    theirs = filed_for(world, acting(nephew, held.pk, on=TODAY), at=before)
    own = a_submitted_dossier(world, at=MONDAY)
    for _ in range(MOST):
        record(own, "withdrawn", actor=world.citizen, at=MONDAY)
    address = f"/tai-khoan/lam-thay/uy-quyen/{held.pk}"
    page = text(browser, address)
    assert theirs.number in page and own.number not in page

    browser.post(address, {"revoke": "1"})
    again = a_mandate(world.citizen, nephew, at=MONDAY + timedelta(days=1), procedures=(BOOK_AND_CARD,))
    filed = filed_for(world, acting(nephew, again.pk, on=TODAY + timedelta(days=1)), at=MONDAY + timedelta(days=1))
    assert theirs.number in text(browser, address)  # each shows what was done under it
    assert theirs.number not in (later := text(browser, f"/tai-khoan/lam-thay/uy-quyen/{again.pk}"))
    assert filed.number not in later  # another procedure than those it is for


def test_who_may_only_read_finds_no_button_and_no_way_round_it(world: World, settings: Settings) -> None:
    nephew = a_person("090085000033", "Lê Quốc Việt")
    dossier = a_submitted_dossier(world)
    held = a_mandate(world.citizen, nephew, at=MONDAY, rights=frozenset({Right.READ}))
    agent = Client()
    agent.post("/dang-nhap", {"login": "090085000033", "password": PASSWORD})
    agent.post(f"/tai-khoan/lam-thay/{held.pk}/chuyen")
    assert dossier.number in text(agent, "/ho-so")
    assert agent.get(f"/ho-so/{dossier.pk}/rut").status_code == 403
    assert agent.post(f"/ho-so/{dossier.pk}/rut", {"reason": "x"}).status_code == 403
    assert agent.post(f"/ho-so/bat-dau/{ALLOWANCE}").status_code == 403
    dossier.refresh_from_db()
    assert dossier.closed_at is None
    set_clock(settings, MONDAY + timedelta(days=200))
    agent.post("/dang-nhap", {"login": "090085000033", "password": PASSWORD})
    assert agent.get(f"/ho-so/{dossier.pk}").status_code == 404


def test_a_strangers_mandate_or_child_does_not_exist(browser: Client, world: World) -> None:
    one, other = a_person("090085000033", "Lê Quốc Việt"), a_person("090085000042", "Lê Thị Tư", sex="female")
    mandate = a_mandate(one, other, at=MONDAY)
    held = a_guardian(world, a_child(), one, at=MONDAY)
    for address in (f"tre/{held.pk}", f"uy-quyen/{mandate.pk}", f"uy-quyen/{mandate.pk}/ma", f"{held.pk}/chuyen"):
        assert browser.get(f"/tai-khoan/lam-thay/{address}").status_code == 404, address


def test_an_officer_writes_down_conflict_decision_and_death(world: World) -> None:
    held = a_guardian(world, a_child(), world.citizen, at=MONDAY)
    counter = Client()
    counter.force_login(Account.objects.get(login="can-bo-other_counter"))
    found = counter.get("/can-bo/lam-thay", {"so": "9000000034"})
    page = f"/can-bo/lam-thay/{held.child_id}"
    assert found.headers["Location"] == page
    empty = counter.post(page, {"_act": "freeze"})
    assert empty.status_code == 422 and 'href="#freeze_reason"' in empty.content.decode()
    assert counter.post(page, {"_act": "freeze", "freeze_reason": "Cha mẹ tranh chấp"}).status_code == 302
    assert "đang tạm dừng vì tranh chấp" in text(counter, page)
    refused = counter.post(page, {"_act": "decide", "decide_basis": "Bản án 3"})
    assert refused.status_code == 422 and "chưa được giám đốc giao" in refused.content.decode()
    ended = {"_act": "end", "guardianship": str(held.pk), "end_reason": "Tòa", "end_basis": "Bản án 3"}
    assert counter.post(page, ended).status_code == 302
    died = {"_act": "death", "died_on.day": "8", "died_on.month": "11", "died_on.year": "2026", "death_basis": "GCT 7"}
    assert counter.post(page, died).status_code == 302
    history = text(counter, page)
    assert "Ghi nhận qua đời ngày 08/11/2026" in history and "Đỗ Thị Yến" in history
    specialist = Client()
    specialist.force_login(Account.objects.get(login="can-bo-specialist"))
    assert specialist.get(page).status_code == 403 == specialist.get("/can-bo/lam-thay").status_code
