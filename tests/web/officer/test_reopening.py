"""Opening a decided dossier again, and what everybody reads of it: desk, applicant, check page."""

from __future__ import annotations

from collections.abc import Callable

from ansinh.casework.models import Complaint, Reopening
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.platform.storage import open_file
from tests.browsers import Client
from tests.casework.effects.scene import a_procedure, granted
from tests.casework.effects.test_records import effect
from tests.casework.effects.test_undoing_rounds import again, refused_after
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.web.officer.test_complaints import TYPED as COMPLAINT
from tests.web.officer.test_desk import words
from tests.world import World

Browser = Callable[[str], Client]
TYPED = {"ground": "mistake", "why": "Cơ quan tính thiếu một năm đóng của ông/bà.", "number": ""}


def _decided(world: World) -> Dossier:
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    return Dossier.objects.get(pk=dossier.pk)


def looks(client: Client, dossier: Dossier) -> None:
    """A closed dossier is opened for a purpose."""
    given = {"purpose": "supervise", "sentence": "Xem lại kết quả đã trả của hồ sơ."}
    assert client.post(f"/can-bo/ho-so/{dossier.pk}/muc-dich", given).status_code == 302


def test_a_leader_fills_in_the_ground_sees_the_day_and_opens_it(world: World, browser: Browser) -> None:
    dossier, leader, citizen = _decided(world), browser("leader"), browser("citizen")
    here, form = f"/can-bo/ho-so/{dossier.pk}", f"/can-bo/ho-so/{dossier.pk}/mo-lai"
    specialist = browser("specialist")
    looks(leader, dossier)
    looks(specialist, dossier)
    assert "Mở lại để giải quyết lại" in words(leader.get(here))
    assert "Mở lại để giải quyết lại" not in words(specialist.get(here))
    assert specialist.get(form).status_code == 403
    assert leader.post(form, {**TYPED, "why": "Sai"}).status_code == 422
    seen = words(leader.post(form, {**TYPED, "_preview": "1"}))
    assert "hẹn trả kết quả mới" in seen
    assert "118/2025" in seen
    assert not Reopening.objects.exists()
    assert leader.post(form, {**TYPED, "_send": "1"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS

    page = words(leader.get(here))
    assert "Cơ quan phát hiện có sai sót" in page
    assert "Đang được xem xét lại từ ngày" in page
    own = words(citizen.get(f"/ho-so/{dossier.pk}"))
    assert "Kết quả đang được xem xét lại" in own
    assert TYPED["why"] in own
    assert "Đang được xem xét lại từ ngày" in own
    assert "Rút hồ sơ" not in own
    listed = words(specialist.get("/can-bo"))
    assert "Giải quyết lại" in listed


def test_the_check_page_says_looked_at_again_and_then_replaced_by_which(world: World, browser: Browser) -> None:
    dossier, leader = _decided(world), browser("leader")
    looks(leader, dossier)
    leader.post(f"/can-bo/ho-so/{dossier.pk}/mo-lai", {**TYPED, "_send": "1"})
    first = IssuedDocument.objects.get(dossier=dossier, kind="decision")
    assert "kết quả đang được xem xét lại" in _checked(browser, first)
    at = Reopening.objects.get().at
    propose_grant(
        dossier.pk, actor=world["specialist"], amount=9_000_000, override_reason="Theo sổ gốc.", note="", at=at
    )
    control(dossier.pk, actor=world["head"], note="", at=at)
    sign(dossier.pk, actor=world["leader"], at=at)
    second = IssuedDocument.objects.filter(dossier=dossier, kind="decision").latest("issued_at")
    told = _checked(browser, first)
    assert "đã được thay bằng văn bản khác" in told
    assert f"Đã được thay bằng văn bản số {second.number} ngày" in told
    assert "chưa bị sửa" in _checked(browser, second)
    own = words(browser("citizen").get(f"/ho-so/{dossier.pk}"))
    assert "Khác với kết quả cũ" in own
    assert "9.000.000" in own
    assert first.number in own


def test_what_is_undone_by_hand_has_its_page(world: World, browser: Browser) -> None:
    a_procedure(effect("leave_recorded", kind="sickness", days=3, **{"from": "2026-11-02", "to": "2026-11-04"}))
    dossier, leader = granted(world), browser("leader")
    looks(leader, dossier)
    leader.post(f"/can-bo/ho-so/{dossier.pk}/mo-lai", {**TYPED, "_send": "1"})
    page = f"/can-bo/ho-so/{dossier.pk}/go-tac-dong"
    assert "bộ phận sổ thẻ" in words(leader.get(page))
    done = dossier.effects.get()
    typed = {"effect": str(done.pk), "words": "Đã hủy ba ngày nghỉ trong sổ.", "document": "15/ĐC-BHXH"}
    assert leader.post(page, {**typed, "effect": ""}).status_code == 422
    assert leader.post(page, {**typed, "document": ""}).status_code == 422
    assert leader.post(page, typed).status_code == 302
    assert "15/ĐC-BHXH" in words(leader.get(page))
    assert "Ghi nhận đã gỡ bằng tay" not in words(browser("specialist").get(page))


def test_a_complaint_found_right_opens_it_in_one_press(world: World, browser: Browser) -> None:
    dossier, director = _decided(world), browser("director")
    browser("citizen").post(f"/ho-so/{dossier.pk}/khieu-nai", COMPLAINT)
    complaint = Complaint.objects.get()
    here = f"/can-bo/khieu-nai/{complaint.pk}"
    assert "Mở lại hồ sơ theo kết luận này" not in words(director.get(here))
    director.post(here, {"outcome": "upheld", "answer": "Sổ gốc có năm 2015; hồ sơ sẽ được giải quyết lại."})
    assert "Mở lại hồ sơ theo kết luận này" in words(director.get(here))
    leader = browser("leader")
    looks(leader, dossier)
    assert "Mở lại hồ sơ theo khiếu nại này" in words(leader.get(f"/can-bo/ho-so/{dossier.pk}"))
    assert director.post(f"{here}/mo-lai", {"_back": "1"}).status_code == 302
    assert Reopening.objects.get().complaint_id == complaint.pk
    assert "Mở lại hồ sơ theo kết luận này" not in words(director.get(here))


def _checked(browser: Browser, document: IssuedDocument) -> str:
    with open_file(document.sha256) as file:
        return words(browser("citizen").post("/minh-chung", {"van_ban": file}))


def test_a_claim_that_was_cancelled_is_shown_with_why_to_officer_and_applicant(world: World, browser: Browser) -> None:
    dossier, first = refused_after(world)
    looks(leader := browser("leader"), dossier)
    here = f"/can-bo/ho-so/{dossier.pk}"
    assert "Còn phải nộp" in words(leader.get(here))
    again(world, dossier, first.amount)
    looks(leader, dossier)
    for page in (leader.get(here), browser("citizen").get(f"/ho-so/{dossier.pk}")):
        shown = words(page)
        assert "Đã hủy, không phải nộp" in shown
        assert "thay thế kết quả trước" in shown


def test_a_leader_lets_the_earlier_result_stand_and_the_applicant_reads_why(world: World, browser: Browser) -> None:
    dossier, leader, citizen = _decided(world), browser("leader"), browser("citizen")
    here, form = f"/can-bo/ho-so/{dossier.pk}", f"/can-bo/ho-so/{dossier.pk}/giu-nguyen"
    looks(leader, dossier)
    leader.post(f"{here}/mo-lai", {**TYPED, "_send": "1"})
    assert "Kết quả cũ đúng, giữ nguyên" in words(leader.get(here))
    assert "Kết quả cũ đúng, giữ nguyên" not in words(browser("specialist").get(here))
    assert "không gỡ và không làm lại" in words(leader.get(form))
    assert leader.post(form, {"why": "Đúng", "_send": "1"}).status_code == 422
    why = "Sổ gốc không có năm 2015: kết quả đã tính đủ."
    assert leader.post(form, {"why": why, "_send": "1"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == State.GRANTED
    looks(leader, dossier)
    for page in (leader.get(here), citizen.get(f"/ho-so/{dossier.pk}")):
        shown = words(page)
        assert why in shown
        assert "Giữ nguyên kết quả" in shown
        assert "Đang được xem xét lại từ ngày" not in shown
