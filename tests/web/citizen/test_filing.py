"""From an empty form to a receipt, in plain posts: what a browser without JavaScript does."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import Settings

from ansinh.catalogue.freeze import freeze_all
from ansinh.dossiers.models import Dossier, Draft
from tests.files import samples
from tests.web.citizen.codes import last_code
from tests.web.citizen.conftest import MONDAY, set_clock
from tests.world import LOCAL_OFFICE, World
from tests.world_procedures import ALLOWANCE

PERSON = {
    "full_name": "Trần Thị Mai Lan",
    "date_of_birth.day": "12",
    "date_of_birth.month": "5",
    "date_of_birth.year": "1990",
    "si_number": "9000 000 018",
    "phone": "0905 000 278",
    "receiving_office": LOCAL_OFFICE,
    "bank_account.bank": "970405",
    "bank_account.number": "3900205123456",
    "bank_account.holder": "TRAN THI MAI LAN",
}


def photo() -> BytesIO:
    """A photograph as a telephone sends it."""
    file = BytesIO(samples.image_bytes("JPEG", samples.picture(width=420)))
    file.name = "khai sinh.jpg"
    return file


def begin(browser: Client) -> str:
    """Begin the allowance; answers the address of its first section."""
    answer = browser.post(f"/ho-so/bat-dau/{ALLOWANCE}")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def fill(browser: Client) -> str:
    """Fill everything; answers the beginning of the draft's addresses."""
    base = begin(browser).removesuffix("/person")
    person = browser.post(f"{base}/person", PERSON)
    assert person.headers.get("Location") == f"{base}/children", person.content.decode()
    born = {"born_on.day": "4", "born_on.month": "5", "born_on.year": "2026", "children[0].name": "Lê Trần An Nhiên"}
    assert browser.post(f"{base}/children", born).status_code == 302
    sent = browser.post(f"{base}/giay-to", {"birth_certificate@children[0]": photo()})
    assert sent.headers["Location"] == f"{base}/kiem-tra", sent.content.decode()
    return base


@pytest.mark.requirement("R-108")
@pytest.mark.requirement("R-081")
@pytest.mark.requirement("R-082")
def test_the_whole_way_to_a_receipt(browser: Client, world: World) -> None:
    base = fill(browser)
    check = browser.get(f"{base}/kiem-tra").content.decode()
    assert "Đã đủ, nộp được" in check and "Đọc lại và nộp" in check
    back = browser.get(f"{base}/nop").content.decode()
    assert "khai sinh.jpg" in back and "12/05/1990" in back and "09" in back
    assert browser.post(f"{base}/nop", {"channel": "sms"}).headers["Location"] == f"{base}/nop/ma"
    assert "Tin nhắn đang chờ gửi" in browser.get(f"{base}/nop/ma").content.decode()
    filed = browser.post(f"{base}/nop/ma", {"code": last_code(), "idempotency_key": "k1"})
    dossier = Dossier.objects.get()
    assert filed.headers["Location"] == f"/ho-so/{dossier.pk}/giay-tiep-nhan"
    receipt = browser.get(filed.headers["Location"]).content.decode()
    assert dossier.number in receipt and "đang được lập" in receipt and "Chưa tính" in receipt


def test_a_second_press_of_the_last_button_gives_the_same_dossier(browser: Client, world: World) -> None:
    base = fill(browser)
    browser.post(f"{base}/nop", {"channel": "sms"})
    typed = {"code": last_code(), "idempotency_key": "k1"}
    first, second = (browser.post(f"{base}/nop/ma", typed).headers["Location"] for _ in range(2))
    assert first == second
    assert Dossier.objects.count() == 1
    assert browser.get(f"{base}/nop").headers["Location"] == first


def test_a_wrong_code_stays_beside_its_box_and_counts_down(browser: Client, world: World) -> None:
    base = fill(browser)
    browser.post(f"{base}/nop", {"channel": "sms"})
    wrong = "000000" if last_code() != "000000" else "111111"
    answer = browser.post(f"{base}/nop/ma", {"code": wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Lỗi: " in text and "còn 4 lần thử" in text and f'value="{wrong}"' in text
    assert not Dossier.objects.exists()


def test_what_is_wrong_stays_in_the_box_with_a_linked_error(browser: Client, world: World) -> None:
    address = begin(browser)
    answer = browser.post(address, {**PERSON, "date_of_birth.day": "31", "date_of_birth.month": "4"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi: " in text
    assert 'href="#date_of_birth"' in text and "tháng 4 có 30 ngày" in text
    assert 'name="date_of_birth.day" inputmode="numeric" value="31"' in text
    assert Draft.objects.get().answers["date_of_birth"] == "31/4/1990"


def test_an_empty_section_first_shows_no_errors_and_later_every_gap(browser: Client, world: World) -> None:
    address = begin(browser).replace("/person", "/children")
    assert "Lỗi" not in browser.get(address).content.decode()
    shown = browser.get(f"{address}?xem-loi=1").content.decode()
    assert "Chưa có ngày sinh con" in shown
    check = browser.get(address.replace("/children", "/kiem-tra")).content.decode()
    assert f"{address}?xem-loi=1#born_on" in check and "cần làm" in check


def test_rows_come_go_and_come_back(browser: Client, world: World) -> None:
    address = begin(browser).replace("/person", "/children")
    first = {"children[0].name": "An"}
    assert browser.post(address, {**first, "_add": "children"}).headers["Location"].endswith("children%5B1%5D.name")
    two = {**first, "children[1].name": "Bình"}
    browser.post(address, {**two, "_remove": "children[0]"})
    assert Draft.objects.get().answers["children"] == [{"name": "Bình"}]
    assert "Lấy lại" in browser.get(address).content.decode()
    browser.post(address, {"children[0].name": "Bình", "_restore": "children"})
    assert Draft.objects.get().answers["children"] == [{"name": "An"}, {"name": "Bình"}]


def test_papers_follow_their_row(browser: Client, world: World) -> None:
    address = begin(browser).replace("/person", "/children")
    browser.post(address, {"children[0].name": "An", "children[1].name": "Bình"})
    papers = address.replace("/children", "/giay-to")
    browser.post(papers, {"birth_certificate@children[1]": photo(), "_upload": "birth_certificate@children[1]"})
    browser.post(address, {"children[0].name": "An", "children[1].name": "Bình", "_remove": "children[0]"})
    assert list(Draft.objects.get().papers.values_list("row", flat=True)) == ["children[0]"]


def test_a_file_that_is_no_paper_is_refused_beside_its_box(browser: Client, world: World) -> None:
    base = begin(browser).removesuffix("/person")
    browser.post(f"{base}/children", {"children[0].name": "An"})
    virus = BytesIO(b"MZ" + bytes(2000))
    virus.name = "giay.pdf"
    answer = browser.post(f"{base}/giay-to", {"birth_certificate@children[0]": virus})
    assert answer.status_code == 422
    assert "không phải PDF, JPEG, PNG hay HEIC" in answer.content.decode()


def test_a_file_beyond_the_limit_is_refused_without_being_kept(browser: Client, world: World) -> None:
    base = begin(browser).removesuffix("/person")
    browser.post(f"{base}/children", {"children[0].name": "An"})
    large = BytesIO(bytes(11 * 1024 * 1024))
    large.name = "to.pdf"
    answer = browser.post(f"{base}/giay-to", {"birth_certificate@children[0]": large})
    assert answer.status_code == 422 and "lớn hơn 10 MB" in answer.content.decode()


def test_rows_nobody_can_do_without_are_there_and_told_by_their_name(browser: Client, world: World) -> None:
    freeze_all(at=MONDAY)
    first = browser.post("/ho-so/bat-dau/cap-lai-doi-dieu-chinh-so-the").headers["Location"]
    base = first.rpartition("/")[0]
    merge = {"target": "si_book", "request_type": "merge"}
    browser.post(f"{base}/request", merge)
    assert browser.get(f"{base}/books").content.decode().count("duplicate_numbers[") >= 2
    wrong = browser.post(
        f"{base}/books",
        {f"duplicate_numbers[{row}].book_number": number for row, number in enumerate(("9000000018", ""))},
    )
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "Sổ 2. Chưa có mã số BHXH trên sổ" in text
    assert "Sổ 1. " not in text


def test_a_code_that_is_over_offers_a_new_one_and_not_itself(
    browser: Client, world: World, settings: Settings
) -> None:  # fmt: skip
    base = fill(browser)
    assert browser.post(f"{base}/nop", {"channel": "sms"}).headers["Location"] == f"{base}/nop/ma"
    assert "Gửi lại mã (vẫn là mã cũ)" in browser.get(f"{base}/nop/ma").content.decode()
    set_clock(settings, MONDAY + timedelta(hours=1))
    for answer in (browser.get(f"{base}/nop/ma"), browser.post(f"{base}/nop/ma", {"code": "123456"})):
        shown = answer.content.decode()
        assert "nay đã hết hạn" in shown and "Nhận mã mới" in shown
        assert "vẫn là mã cũ" not in shown and 'id="code"' not in shown
