"""The dossier page through its life: what is the matter, what to do, what comes next."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.dossiers.models import Dossier, State
from ansinh.platform.queue import drain
from ansinh.signing.authority import ensure_authority
from tests.web.citizen.conftest import MONDAY, on_a_later_day
from tests.web.citizen.test_filing import photo
from tests.world import World, a_draft, a_moment, a_submitted_dossier
from tests.world_procedures import BY_POST

ASKS = (
    Ask("field", "born_on", "answer-differs-from-paper", "Giấy khai sinh ghi ngày 05/05/2026.", ""),
    Ask("paper", "birth_certificate@children[0]", "paper-unreadable", "Ảnh mờ, không đọc được số.", ""),
)


def text_of(browser: Client, address: str) -> str:
    """The page at an address that must be there."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()


def asked(world: World, settings: Settings, browser: Client) -> Dossier:
    """A dossier accepted on Monday and asked for two things on Thursday."""
    dossier = a_submitted_dossier(world)
    accept(dossier.pk, actor=world["counter"], at=MONDAY)
    confirm_check(dossier.pk, actor=world["collector"], note="", at=MONDAY)
    ask_for_more(dossier.pk, actor=world["specialist"], asks=ASKS, at=a_moment(date(2026, 11, 12)))
    on_a_later_day(settings, a_moment(date(2026, 11, 23)), browser)
    return dossier


def test_a_new_dossier_says_who_checks_it(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world)
    text = text_of(browser, f"/ho-so/{dossier.pk}")
    assert "<h1>Đã nhận, chờ kiểm tra</h1>" in text
    assert "BHXH cơ sở Hàm Rồng kiểm tra hồ sơ" in text
    assert "Thời hạn chưa bắt đầu tính" in text and 'class="leaf' not in text


@pytest.mark.requirement("R-122")
def test_an_accepted_dossier_shows_its_one_date(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world)
    accept(dossier.pk, actor=world["counter"], at=MONDAY)
    text = text_of(browser, f"/ho-so/{dossier.pk}")
    assert 'datetime="2026-11-18T17:00"' in text and "7 ngày làm việc" in text
    assert "Nguyễn Thị Hoa, Cán bộ tiếp nhận" in text


def test_a_late_dossier_says_so_and_apologises(browser: Client, world: World, settings: Settings) -> None:
    dossier = a_submitted_dossier(world)
    accept(dossier.pk, actor=world["counter"], at=MONDAY)
    on_a_later_day(settings, a_moment(date(2026, 11, 20)), browser)
    text = text_of(browser, f"/ho-so/{dossier.pk}")
    assert "Quá hẹn 2 ngày làm việc; xin lỗi ông/bà" in text and "leaf late" in text


@pytest.mark.requirement("R-089")
def test_originals_by_post_are_explained_with_the_address(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world, BY_POST)
    text = text_of(browser, f"/ho-so/{dossier.pk}")
    assert "Đang chờ bản chính qua bưu điện" in text and "12 đường Bờ Sông" in text
    draft = a_draft(world, BY_POST)
    papers = text_of(browser, f"/ho-so/nhap/{draft.pk}/giay-to")
    assert "12 đường Bờ Sông" in papers and "Bản chính đơn đề nghị" in papers


def test_a_supplement_opens_only_what_was_asked(browser: Client, world: World, settings: Settings) -> None:
    dossier = asked(world, settings, browser)
    text = text_of(browser, f"/ho-so/{dossier.pk}")
    assert "<h1>Đang chờ ông/bà bổ sung 2 chỗ</h1>" in text
    assert "Giấy khai sinh ghi ngày 05/05/2026." in text and "Giấy tờ không đọc được" in text
    assert 'name="born_on.day"' in text and 'name="full_name"' not in text
    assert "nếu gửi bổ sung trong thứ Hai 23/11/2026" in text
    item = dossier.supplement_requests.get().items.get(target_kind="paper")
    fixed = {"born_on.day": "5", "born_on.month": "5", "born_on.year": "2026", "full_name": "Kẻ Khác"}
    half = browser.post(f"/ho-so/{dossier.pk}/bo-sung", fixed)
    assert half.status_code == 422 and "Chưa chọn tệp mới" in half.content.decode()
    whole = browser.post(f"/ho-so/{dossier.pk}/bo-sung", {**fixed, f"paper-{item.pk}": photo()})
    assert whole.headers["Location"] == f"/ho-so/{dossier.pk}"
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS
    assert dossier.answers["born_on"] == "2026-05-05" and dossier.answers["full_name"] == "Trần Thị Mai Lan"
    assert "Đã gửi phần bổ sung, 2 chỗ." in text_of(browser, f"/ho-so/{dossier.pk}")


def test_a_wrong_answer_to_a_supplement_stays_in_its_box(browser: Client, world: World, settings: Settings) -> None:
    dossier = asked(world, settings, browser)
    wrong = {"born_on.day": "31", "born_on.month": "4", "born_on.year": "2026"}
    answer = browser.post(f"/ho-so/{dossier.pk}/bo-sung", wrong)
    text = answer.content.decode()
    assert answer.status_code == 422 and 'value="31"' in text and "tháng 4 có 30 ngày" in text


def test_the_summary_of_a_supplement_follows_the_page(browser: Client, world: World, settings: Settings) -> None:
    dossier = a_submitted_dossier(world)
    accept(dossier.pk, actor=world["counter"], at=MONDAY)
    confirm_check(dossier.pk, actor=world["collector"], note="", at=MONDAY)
    ask_for_more(dossier.pk, actor=world["specialist"], asks=ASKS[::-1], at=MONDAY)
    text = browser.post(f"/ho-so/{dossier.pk}/bo-sung", {"born_on.day": "31"}).content.decode()
    paper = dossier.supplement_requests.get().items.get(target_kind="paper")
    assert 0 < text.index(f'href="#paper-{paper.pk}"') < text.index('href="#born_on"')
    assert "Xin chọn tệp PDF hoặc ảnh." in text


def test_keeping_what_was_doubted_is_said_with_a_tick(browser: Client, world: World, settings: Settings) -> None:
    dossier = asked(world, settings, browser)
    item = dossier.supplement_requests.get().items.get(target_kind="paper")
    year, month, day = dossier.answers["born_on"].split("-")
    same = {"born_on.day": day, "born_on.month": month, "born_on.year": year}
    silent = browser.post(f"/ho-so/{dossier.pk}/bo-sung", {**same, f"paper-{item.pk}": photo()})
    text = silent.content.decode()
    assert silent.status_code == 422 and "vẫn như đã khai" in text and 'href="#born_on"' in text
    assert 'id="kept:born_on"' in text and 'id="born_on:error"' in text
    browser.post(f"/ho-so/{dossier.pk}/bo-sung", {**same, "kept:born_on": "true"})
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS


def test_withdrawing_asks_first_and_stops_the_path(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world)
    assert "không mở lại được" in text_of(browser, f"/ho-so/{dossier.pk}/rut")
    browser.post(f"/ho-so/{dossier.pk}/rut", {"reason": "nộp nhầm"})
    text = text_of(browser, f"/ho-so/{dossier.pk}")
    assert "<h1>Đã rút</h1>" in text and "Lý do: nộp nhầm" in text and "Rút hồ sơ</a>" not in text


def test_the_receipt_page_asks_again_until_the_paper_is_there(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world, at=MONDAY)
    address = f"/ho-so/{dossier.pk}/giay-tiep-nhan"
    waiting = text_of(browser, address)
    assert '<noscript><meta http-equiv="refresh"' in waiting and "data-awaited" in waiting
    ensure_authority(at=MONDAY)
    drain(MONDAY)
    text = text_of(browser, address)
    assert 'http-equiv="refresh"' not in text and "data-made" in text and "Tải bản PDF có chữ ký số" in text
    receipt = dossier.documents.get(kind="receipt")
    pdf = browser.get(f"/ho-so/{dossier.pk}/tai/{receipt.pk}")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert pdf.headers["Content-Type"] == "application/pdf"


def test_papers_are_shown_as_pictures(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world)
    paper = dossier.papers.get()
    assert f"{paper.pk}/trang/1" in text_of(browser, f"/ho-so/{dossier.pk}/giay-to/{paper.pk}/xem")
    picture = browser.get(f"/ho-so/{dossier.pk}/giay-to/{paper.pk}/trang/1")
    assert picture.headers["Content-Type"] == "image/jpeg" and picture.content.startswith(b"\xff\xd8")


def test_my_dossiers_cost_few_queries_however_many(
    browser: Client, world: World, settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        a_submitted_dossier(world)
        a_draft(world)
    asked(world, settings, browser)
    browser.get("/ho-so")
    with django_assert_max_num_queries(7):
        text = text_of(browser, "/ho-so")
    assert "Đang chờ ông/bà bổ sung 2 chỗ" in text and text.count("Trợ cấp mẫu</b>") == 9


def test_every_page_speaks_english(browser: Client, world: World, settings: Settings) -> None:
    dossier = asked(world, settings, browser)
    browser.cookies["ngon_ngu"] = "en"
    text = text_of(browser, f"/ho-so/{dossier.pk}")
    assert '<html lang="en"' in text and "My dossiers" in text and "Việc cần làm" not in text


@pytest.mark.requirement("R-089")
def test_whoever_must_post_the_signed_request_prints_it_here(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world, BY_POST)
    text = text_of(browser, f"/ho-so/{dossier.pk}")
    assert "gửi bản chính (" in text
    printed = browser.get(f"/ho-so/{dossier.pk}/to-khai.pdf")
    assert printed.content.startswith(b"%PDF-")
    assert Client().get(f"/ho-so/{dossier.pk}/to-khai.pdf").status_code == 302
