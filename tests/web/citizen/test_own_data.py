"""What is held about me: the page, the copy, the requests, the consents; all without JavaScript."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from pytest_django import Settings

from ansinh.notifications.models import Message, Notice
from ansinh.people.models import Account, ConsentEvent, DataExport, DataRequest, Person, Reading
from ansinh.platform.queue import drain
from tests.browsers import Client
from tests.casework.moves import a_dossier_in_appraisal, a_dossier_to_sign
from tests.doors import give_an_app
from tests.web.citizen.conftest import MONDAY, on_a_later_day, set_clock
from tests.web.officer.test_desk import words
from tests.world import ID_NUMBER, PASSWORD, SI_NUMBER, World, a_submitted_dossier, an_account

DATA, REQUESTS, CONSENTS = "/tai-khoan/du-lieu", "/tai-khoan/yeu-cau-du-lieu", "/tai-khoan/dong-y"
WORDS = "Ngày sinh trên thẻ BHYT ghi sai năm."


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> None:
    """Keys of this test's own."""
    settings.SIGNING_DIR = tmp_path / "signing"


def officer(world: World, name: str) -> Client:
    """The browser of an officer."""
    client = Client()
    client.force_login(Account.objects.get(pk=world[name].account_id))
    return client


def someone_else() -> Client:
    """The browser of another person."""
    person = Person.objects.create(
        full_name="Hà Văn Bình", search_key="ha van binh", date_of_birth="1980", sex="male",
        personal_id_number="090080000011", updated_at=MONDAY,
    )  # fmt: skip
    client = Client()
    client.force_login(an_account("090080000011", "Hà Văn Bình", person=person))
    return client


def made(browser: Client) -> DataExport:
    """A copy that was ordered and made."""
    assert browser.post(DATA).status_code == 302
    drain(at=MONDAY)
    return DataExport.objects.latest("asked_at")


def opened(answer: Any) -> dict[str, bytes]:
    """The files of a downloaded copy."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


# --- the page and the copy ---


def test_the_page_tells_what_is_held_why_and_how_much_of_it_is_mine(browser: Client, world: World) -> None:
    a_submitted_dossier(world)
    page = words(browser.get(DATA))
    assert "Hồ sơ đã nộp · " in page and "mục về ông/bà" in page
    assert "Luật 41/2024/QH15" in page
    assert "không cán bộ nào xem được mật khẩu" in page
    assert "Hồ sơ đã nộp · 0" in words(someone_else().get(DATA))


def test_the_copy_holds_what_is_mine_and_proves_its_digests(browser: Client, world: World) -> None:
    dossier = a_dossier_to_sign(world)
    officer(world, "leader").get(f"/can-bo/ho-so/{dossier.pk}")
    copy = made(browser)
    files = opened(browser.get(f"{DATA}/ban-sao/{copy.pk}"))
    manifest = json.loads(files["manifest.json"])
    assert {name: sha256(files[name]).hexdigest() for name in manifest["files"]} == manifest["files"]
    held = json.loads(files["du-lieu.json"])["data"]
    assert held["identity"]["people.Person"][0]["personal_id_number"] == ID_NUMBER
    assert held["dossiers"]["dossiers.Dossier"][0]["number"] == dossier.number
    assert held["insurance"]["registry.InsuredPerson"][0]["si_number"] == SI_NUMBER
    assert held["readings"]["people.Reading"][0]["reader_title"] == "Giám đốc"
    assert held["dossiers"]["casework.Decision"] == [], "a decision on its way is not yet told"
    page = files["doc-truoc.html"].decode()
    assert dossier.number in page and "Trần Thị Mai Lan" in page and "<script" not in page
    assert "Giới tính</dt><dd>Nữ" in page and "Ngày sinh con: " in page, "in words, under the questions of the form"


def test_no_secret_and_no_note_of_the_office_leaves(browser: Client, world: World) -> None:
    a_dossier_to_sign(world)
    content = b"".join(opened(browser.get(f"{DATA}/ban-sao/{made(browser).pk}")).values())
    account = Account.objects.get(pk=world.citizen.account_id)
    assert account.password.encode() not in content
    for name in ("Lê Quang Huy", "Võ Đình Nam"):
        assert f'"reader_name": "{name}"'.encode() not in content


def test_text_that_looks_like_markup_stays_text(browser: Client, world: World) -> None:
    a_submitted_dossier(world, children=[{"name": "<img src=x onerror=alert(1)>"}])
    page = opened(browser.get(f"{DATA}/ban-sao/{made(browser).pk}"))["doc-truoc.html"].decode()
    assert "<img" not in page and "&lt;img src=x" in page


def test_the_copy_is_sealed_told_and_wiped(browser: Client, world: World, settings: Settings) -> None:
    copy = made(browser)
    assert copy.sealed is not None and bytes(copy.sealed)[:2] != b"PK"
    assert ID_NUMBER.encode() not in bytes(copy.sealed)
    assert Message.objects.filter(purpose="export_ready", channel="sms").exists()
    assert "Tải bản sao (ZIP" in words(browser.get(DATA))
    late = MONDAY + timedelta(hours=72)
    on_a_later_day(settings, late, browser)
    assert browser.get(f"{DATA}/ban-sao/{copy.pk}").status_code == 404
    assert "đã hết hạn và đã xóa" in words(browser.get(DATA))
    drain(at=late)
    copy.refresh_from_db()
    assert copy.sealed is None


def test_the_copy_is_downloaded_only_by_who_proved_oneself_just_now(
    browser: Client, world: World, settings: Settings
) -> None:
    address = f"{DATA}/ban-sao/{made(browser).pk}"
    account = Account.objects.get(pk=world.citizen.account_id)
    set_clock(settings, MONDAY + timedelta(minutes=11))
    asked = browser.get(address)
    assert asked.status_code == 302
    assert unquote(asked.headers["Location"]) == f"/xac-nhan-lai?tiep={DATA}#ban-sao"
    wrong = browser.post(asked.headers["Location"], {"password": "không phải"})
    assert wrong.status_code == 422 and browser.get(address).status_code == 302
    back = browser.post(asked.headers["Location"], {"password": PASSWORD})
    assert back.headers["Location"] == f"{DATA}#ban-sao"
    assert browser.get(address).status_code == 200
    give_an_app(account.pk, at=MONDAY)
    assert browser.get(address).status_code == 302, "who has an app shows it; the password is not enough"
    other = Client()
    other.enter(account, factor="recovery_code")
    assert other.get(address).status_code == 302, "a sheet of paper is not enough either"
    other.enter(account, factor="totp")
    assert other.get(address).status_code == 200


def test_the_copy_is_for_nobody_else(browser: Client, world: World) -> None:
    copy = made(browser)
    assert someone_else().get(f"{DATA}/ban-sao/{copy.pk}").status_code == 404
    assert Client().get(f"{DATA}/ban-sao/{copy.pk}").status_code == 302
    assert officer(world, "leader").get(f"{DATA}/ban-sao/{copy.pk}").status_code == 403


def test_one_at_a_time_and_three_a_day(browser: Client) -> None:
    browser.post(DATA)
    again = browser.post(DATA)
    assert again.status_code == 409 and "đang được chuẩn bị" in words(again)
    drain(at=MONDAY)
    for _ in range(2):
        made(browser)
    assert "Mỗi ngày lấy được 3 bản sao" in words(browser.post(DATA))


# --- requests ---


def test_a_request_goes_to_the_office_and_comes_back_answered(browser: Client, world: World) -> None:
    form = words(browser.get(f"{REQUESTS}/moi"))
    assert "Trả lời trong 10 ngày" in form and "Trả lời trong 15 ngày" in form and "Trả lời trong 20 ngày" in form
    sent = browser.post(f"{REQUESTS}/moi", {"kind": "correct", "words": WORDS}, follow=True)
    assert "Đã gửi yêu cầu" in words(sent) and "trả lời trước 19/11/2026" in words(sent)
    found = DataRequest.objects.get()
    desk, address = officer(world, "head"), f"/can-bo/yeu-cau-du-lieu/{found.pk}"
    listed = words(desk.get("/can-bo/yeu-cau-du-lieu"))
    assert "1 đang mở" in listed and "báo tiếp nhận trước 11/11/2026" in listed and "Mai Lan" not in listed
    assert "Trần Thị Mai Lan" in words(desk.get(address))
    assert Reading.objects.get(page="data_request").subject_id == world.citizen.person_id
    assert "Đã tiếp nhận" in words(desk.post(address, {"_act": "take"}, follow=True))
    given = {"_act": "answer", "outcome": "granted", "answer": "Đã sửa theo giấy khai sinh."}
    assert "Đã trả lời" in words(desk.post(address, given, follow=True))
    mine = words(browser.get(f"{REQUESTS}/{found.pk}"))
    assert "Đồng ý" in mine and "Đã sửa theo giấy khai sinh." in mine and "khiếu nại" in mine
    told = list(Notice.objects.filter(account_id=world.citizen.account_id).order_by("created_at", "id"))
    assert {one.code for one in told} == {"data_request_asked", "data_request_in_hand", "data_request_answered"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [({"words": WORDS}, "Chưa chọn yêu cầu"), ({"kind": "ask_reading", "words": WORDS}, "Chưa chọn yêu cầu"),
     ({"kind": "object", "words": "?"}, "Lý do quá ngắn")],
)  # fmt: skip
def test_what_is_missing_is_said(browser: Client, typed: dict[str, str], told: str) -> None:
    answer = browser.post(f"{REQUESTS}/moi", typed)
    assert answer.status_code == 422 and told in words(answer)
    assert DataRequest.objects.count() == 0


def test_a_look_can_be_questioned_and_who_looked_does_not_answer(browser: Client, world: World) -> None:
    dossier = a_dossier_to_sign(world)
    officer(world, "leader").get(f"/can-bo/ho-so/{dossier.pk}")
    look = Reading.objects.get()
    assert f"{REQUESTS}/moi?luot-xem={look.pk}" in browser.get("/tai-khoan/ai-da-xem").content.decode()
    assert f"Giám đốc, mã cán bộ {look.staff_code}" in words(browser.get(f"{REQUESTS}/moi?luot-xem={look.pk}"))
    typed = {"luot-xem": str(look.pk), "words": "Vì sao xem hồ sơ của tôi?"}
    assert "Đã gửi yêu cầu" in words(browser.post(f"{REQUESTS}/moi", typed, follow=True))
    found = DataRequest.objects.get()
    assert (found.kind, found.reading_id) == ("ask_reading", look.pk)
    address = f"/can-bo/yeu-cau-du-lieu/{found.pk}"
    assert officer(world, "leader").get(address).status_code == 404
    assert "Võ Đình Nam" in words(officer(world, "head").get(address))
    assert someone_else().get(f"{REQUESTS}/moi?luot-xem={look.pk}").status_code == 404


def test_the_start_page_of_the_head_is_alarmed(browser: Client, world: World, settings: Settings) -> None:
    browser.post(f"{REQUESTS}/moi", {"kind": "correct", "words": WORDS})
    alarm = "Yêu cầu về dữ liệu cá nhân:"
    assert alarm not in words(officer(world, "head").get("/can-bo"))
    set_clock(settings, MONDAY + timedelta(days=3))
    assert "1 quá hạn" in words(officer(world, "head").get("/can-bo")), "nobody said that it is in hand"
    officer(world, "head").post(f"/can-bo/yeu-cau-du-lieu/{DataRequest.objects.get().pk}", {"_act": "take"})
    assert alarm not in words(officer(world, "head").get("/can-bo"))
    for days, told in ((5, "0 quá hạn, 0 gần hết hạn, 1 đã qua"), (8, "1 gần hết hạn"), (11, "1 quá hạn")):
        set_clock(settings, MONDAY + timedelta(days=days))
        assert told in words(officer(world, "head").get("/can-bo")).partition(alarm)[2]
        assert alarm not in words(officer(world, "specialist").get("/can-bo"))


def test_an_extension_shows_its_reason(browser: Client, world: World) -> None:
    browser.post(f"{REQUESTS}/moi", {"kind": "object", "words": WORDS})
    address = f"/can-bo/yeu-cau-du-lieu/{DataRequest.objects.get().pk}"
    desk = officer(world, "head")
    short = desk.post(address, {"_act": "extend", "reason": ""})
    assert short.status_code == 422 and "Lý do quá ngắn" in words(short)
    done = words(desk.post(address, {"_act": "extend", "reason": "Chờ hồ sơ gốc ở tỉnh khác."}, follow=True))
    assert "Đã gia hạn một lần" in done and "Vì sao gia hạn" not in done
    assert "Chờ hồ sơ gốc ở tỉnh khác." in words(browser.get(f"{REQUESTS}/{DataRequest.objects.get().pk}"))


# --- consent ---


def test_nothing_is_agreed_until_it_is_said_and_it_is_taken_back_as_easily(browser: Client) -> None:
    page = browser.get(CONSENTS)
    assert words(page).count("Chưa chọn") == 4  # the sentence above the three purposes says it too
    assert "checked" not in page.content.decode()
    yes = {"purpose": "research", "version": "2026-01-01", "answer": "yes"}
    assert "Đang đồng ý, từ" in words(browser.post(CONSENTS, yes, follow=True))
    assert "Không đồng ý, từ" in words(browser.post(CONSENTS, {**yes, "answer": "no"}, follow=True))
    assert [line.given for line in ConsentEvent.objects.order_by("id")] == [True, False]
    assert DataRequest.objects.get().kind == "withdraw_consent"


def test_a_silent_button_is_no_consent(browser: Client) -> None:
    answer = browser.post(CONSENTS, {"purpose": "research", "version": "2026-01-01"})
    assert answer.status_code == 422 and "Chưa chọn đồng ý hay không" in words(answer)
    assert ConsentEvent.objects.count() == 0


def test_refusing_everything_leaves_every_service_open(browser: Client, world: World) -> None:
    for purpose in ("research", "policy-news", "satisfaction-survey"):
        browser.post(CONSENTS, {"purpose": purpose, "version": "2026-01-01", "answer": "no"})
    dossier = a_dossier_in_appraisal(world)
    assert dossier.number in words(browser.get("/ho-so"))
    assert browser.post("/ho-so/bat-dau/tro-cap-mau").status_code == 302
