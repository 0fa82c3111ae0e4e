"""Who looks is written down before anything is shown, and the person reads it at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from ansinh.casework.accept import accept
from ansinh.dossiers.models import Dossier
from ansinh.people.models import Account, Opening, Person, Protection, Reading
from ansinh.people.models_readings import Ground, PageKind
from tests.browsers import Client
from tests.casework.moves import a_dossier_in_appraisal, a_dossier_to_sign
from tests.walls_of import owner_role
from tests.web.officer.conftest import NOW
from tests.web.officer.test_desk import Browser, at, words
from tests.world import World, a_registration, a_submitted_dossier, an_account

WHY = "Bà Lan gọi hỏi vì sao chưa có kết quả."


def looks(dossier: Dossier) -> list[tuple[str, str]]:
    """Page and ground of each look at it, oldest first."""
    return list(Reading.objects.filter(dossier_id=dossier.pk).order_by("id").values_list("page", "ground"))


def choose(client: Client, dossier: Dossier, *, onward: str = "", **typed: str) -> Any:
    """Fill the page that asks for a purpose."""
    given = {"purpose": "answer-person", "sentence": WHY, "tiep": onward or at(dossier), **typed}
    return client.post(at(dossier, "muc-dich"), given)


def person(world: World) -> Client:
    """The browser of the person."""
    client = Client()
    client.force_login(Account.objects.get(pk=world.citizen.account_id))
    return client


@pytest.mark.requirement("R-167")
def test_the_person_sees_at_once_who_looked_and_at_which_step(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    assert browser("specialist").get(at(dossier)).status_code == 200
    page = words(person(world).get("/tai-khoan/ai-da-xem"))
    assert "10:15" in page and "09/11/2026" in page
    code = world["specialist"].officer_id.hex[-6:].upper()
    assert f"Chuyên viên chế độ BHXH, mã cán bộ CB-{code}" in page
    assert "can-bo-specialist" not in page, "what an officer signs in with is nobody else's to know"
    assert "BHXH cơ sở Hàm Rồng" in page
    assert "Trang hồ sơ" in page and dossier.number in page
    assert "Đang xử lý hồ sơ: " in page
    assert "Lê Quang Huy" not in page
    assert "Lê Quang Huy" not in words(person(world).get(f"/ho-so/{dossier.pk}/ai-da-xem"))
    assert "1 lượt xem của cán bộ" in words(person(world).get(f"/ho-so/{dossier.pk}"))


def test_nobody_else_reads_who_looked(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    browser("specialist").get(at(dossier))
    other = Person.objects.create(
        full_name="Hà Văn Bình", search_key="ha van binh", date_of_birth="1980", sex="male",
        personal_id_number="090080000011", updated_at=NOW,
    )  # fmt: skip
    stranger = Client()
    stranger.force_login(an_account("090080000011", "Hà Văn Bình", person=other))
    assert "Chưa có cán bộ nào xem." in words(stranger.get("/tai-khoan/ai-da-xem"))
    assert stranger.get(f"/ho-so/{dossier.pk}/ai-da-xem").status_code == 404
    assert Client().get("/tai-khoan/ai-da-xem").status_code == 302
    assert browser("specialist").get("/tai-khoan/ai-da-xem").status_code == 403


def test_reloading_fills_nothing_and_a_later_look_counts_again(
    world: World, browser: Browser, settings: Settings
) -> None:
    dossier, client = a_dossier_in_appraisal(world), browser("specialist")
    for _ in range(5):
        client.get(at(dossier))
    assert looks(dossier) == [("dossier", "case")]
    settings.CLOCK = lambda: NOW + timedelta(minutes=16)
    browser("specialist").get(at(dossier))
    assert len(looks(dossier)) == 2


def test_every_kind_of_page_is_a_look_of_its_own(world: World, browser: Browser) -> None:
    dossier, client = a_dossier_in_appraisal(world), browser("specialist")
    paper = dossier.papers.get()
    for page in (f"giay/{paper.pk}/1", f"giay/{paper.pk}/tep", "to-khai.pdf", "bang-chung.zip", "bo-sung"):
        answer = client.get(at(dossier, page))
        assert answer.status_code == 200 and answer.getvalue()
    assert {page for page, _ in looks(dossier)} == {"paper", "file", "declaration", "evidence", "work"}


def test_search_results_are_looks(world: World, browser: Browser) -> None:
    mine, other = a_submitted_dossier(world), a_dossier_in_appraisal(world)
    browser("counter").get("/can-bo/tim", {"q": "mai lan"})
    assert looks(mine) == [("search", "case")]
    assert looks(other) == [("search", "look_up")]


def test_the_list_to_sign_is_a_look(world: World, browser: Browser) -> None:
    dossier = a_dossier_to_sign(world)
    browser("leader").get("/can-bo/trinh-ky")
    assert looks(dossier) == [("sign_list", "case")]


def test_a_registration_at_a_counter_is_a_look_of_the_office_that_looks(world: World, browser: Browser) -> None:
    dossier = a_registration(world)
    browser("other_counter").get(f"/can-bo/dang-ky/{dossier.pk}")
    found = Reading.objects.get(dossier_id=dossier.pk)
    assert (found.ground, found.page, found.office_code) == (Ground.COUNTER, PageKind.REGISTRATION, "90002")
    assert found.subject_id == dossier.account_id


# --- outside one's own work ---


@pytest.mark.parametrize("page", ["", "to-khai.pdf", "bang-chung.zip"])
def test_another_step_of_the_office_opens_only_with_a_purpose(world: World, browser: Browser, page: str) -> None:
    dossier, client = a_submitted_dossier(world), browser("specialist")
    asked = client.get(at(dossier, page))
    assert asked.headers["Location"].startswith(at(dossier, "muc-dich"))
    form = client.get(asked.headers["Location"])
    assert "Xem hồ sơ này để làm gì?" in words(form)
    assert "Trần Thị Mai Lan" not in words(form)
    assert looks(dossier) == []
    opened = choose(client, dossier, onward=at(dossier, page))
    assert opened.headers["Location"] == at(dossier, page)
    shown = client.get(opened.headers["Location"])
    assert shown.status_code == 200 and shown.getvalue()
    assert [ground for _, ground in looks(dossier)] == ["purpose"]
    assert f"Trả lời câu hỏi của người nộp: {WHY}" in words(person(world).get("/tai-khoan/ai-da-xem"))


def test_without_purpose_or_reason_nothing_opens(world: World, browser: Browser) -> None:
    dossier, client = a_submitted_dossier(world), browser("specialist")
    assert "Chưa chọn mục đích" in words(choose(client, dossier, purpose="curious"))
    short = choose(client, dossier, sentence="xem   . . .")
    assert short.status_code == 422 and "Lý do quá ngắn" in words(short)
    assert Opening.objects.count() == 0


def test_an_opening_ends_by_itself(world: World, browser: Browser, settings: Settings) -> None:
    dossier, client = a_submitted_dossier(world), browser("specialist")
    choose(client, dossier)
    assert client.get(at(dossier)).status_code == 200
    settings.CLOCK = lambda: NOW + timedelta(minutes=61)
    assert browser("specialist").get(at(dossier)).headers["Location"].startswith(at(dossier, "muc-dich"))


def test_the_way_on_stays_at_this_dossier(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    for onward in ("https://example.vn/", "//example.vn", "/can-bo", at(a_submitted_dossier(world))):
        assert choose(browser("specialist"), dossier, onward=onward).headers["Location"] == at(dossier)


def test_who_has_just_acted_looks_again_for_a_while(world: World, browser: Browser, settings: Settings) -> None:
    dossier, client = a_submitted_dossier(world), browser("counter")
    accept(dossier.pk, actor=world["counter"], at=NOW)
    assert client.get(at(dossier)).status_code == 200
    assert looks(dossier) == [("dossier", "just_acted")]
    settings.CLOCK = lambda: NOW + timedelta(minutes=31)
    assert client.get(at(dossier)).status_code == 302


def test_what_belongs_to_another_office_stays_unknown(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    for page in ("", "muc-dich", "to-khai.pdf"):
        assert browser("other_specialist").get(at(dossier, page)).status_code == 404
    assert choose(browser("other_specialist"), dossier).status_code == 404
    assert looks(dossier) == []


def test_a_protected_person_needs_more_than_a_purpose(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    Protection.objects.create(
        subject_id=world.citizen.person_id, reason="Yêu cầu hạn chế xử lý", set_by_id=world["leader"].officer_id,
        set_at=NOW, valid_from=NOW.date(),
    )  # fmt: skip
    asked = browser("specialist").get(at(dossier), follow=True)
    assert asked.redirect_chain[-1][0].startswith("/can-bo/mo-khan?so=")
    assert choose(browser("specialist"), dossier).headers["Location"].startswith("/can-bo/mo-khan")
    assert browser("counter").get(at(dossier)).status_code == 200, "whose step it is works on"
    found = {name: words(browser(name).get("/can-bo/tim", {"q": dossier.number})) for name in ("counter", "specialist")}
    assert "Trần Thị Mai Lan" in found["counter"]
    assert "Trần Thị Mai Lan" not in found["specialist"] and "Người được bảo vệ riêng" in found["specialist"]


def test_readings_only_grow(world: World, browser: Browser) -> None:
    browser("specialist").get(at(a_dossier_in_appraisal(world)))
    for change in (lambda: Reading.objects.update(why_vi="x"), lambda: Reading.objects.all().delete()):
        with owner_role(), pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
