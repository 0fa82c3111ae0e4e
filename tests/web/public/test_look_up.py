"""The look-up by number and telephone: the state in words, nothing personal, guessing slowed."""

import pytest
from django.db import connection
from django.test import Client

from ansinh.dossiers.models import Dossier
from tests.world import World, a_submitted_dossier


@pytest.fixture
def dossier(world: World) -> Dossier:
    return a_submitted_dossier(world)


def ask(reader: Client, number: str, phone: str) -> tuple[int, str]:
    answer = reader.post("/tra-cuu", {"so": number, "dien_thoai": phone})
    return answer.status_code, answer.content.decode()


@pytest.mark.requirement("R-130")
def test_number_and_telephone_show_the_state_and_nobody(reader: Client, dossier: Dossier) -> None:
    status, page = ask(reader, f" {dossier.number} ", "0905 000 278")
    assert status == 200
    assert "Đã nhận, chờ kiểm tra" in page
    assert dossier.number in page
    for secret in (dossier.applicant_name, dossier.si_number, "0905", "84905000278", dossier.answers["born_on"]):
        assert secret not in page


def test_an_answer_is_kept_by_no_cache(reader: Client, dossier: Dossier) -> None:
    answer = reader.post("/tra-cuu", {"so": dossier.number, "dien_thoai": "0905000278"})
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_promised_day_stands_on_a_leaf(reader: Client, dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(state="in_progress", stage="appraise", due_on="2026-11-27")
    _, page = ask(reader, dossier.number, "0905000278")
    assert 'datetime="2026-11-27T17:00"' in page
    assert "17:00, thứ Sáu 27/11/2026" in page


def test_a_late_dossier_says_sorry_in_words(reader: Client, dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(state="in_progress", stage="appraise", due_on="2026-11-19")
    _, page = ask(reader, dossier.number, "0905000278")
    assert "Quá hẹn 2 ngày làm việc; xin lỗi ông/bà" in page
    assert "leaf late" in page


def test_wrong_number_and_wrong_telephone_get_the_same_sentence(reader: Client, dossier: Dossier) -> None:
    wrong_phone = ask(reader, dossier.number, "0905000279")
    wrong_number = ask(reader, "99999/2026/90001", "0905000278")
    assert wrong_phone[0] == wrong_number[0] == 404
    for _, page in (wrong_phone, wrong_number):
        assert "Không có hồ sơ nào khớp cả số hồ sơ và số điện thoại này" in page
        assert "<title>Lỗi: " in page


@pytest.mark.parametrize(
    ("number", "phone", "sentence"),
    [
        ("", "0905000278", "Chưa có số hồ sơ."),
        ("00001/2026", "0905000278", "Số hồ sơ gồm ba phần"),
        ("00001/2026/90001", "", "Chưa có số điện thoại."),
        ("00001/2026/90001", "0123", "Số điện thoại di động gồm 10 chữ số"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    reader: Client, world: World, number: str, phone: str, sentence: str
) -> None:
    status, page = ask(reader, number, phone)
    assert status == 422
    assert page.count(sentence) == 2  # in the summary and beside the field


def test_the_address_of_the_receipt_fills_in_the_number_only(reader: Client) -> None:
    assert 'value="00001/2026/90001"' in reader.get("/tra-cuu?so=00001/2026/90001").content.decode()
    assert 'value="00001/2026/90001"' in reader.get("/tra-cuu/00001/2026/90001").content.decode()
    assert 'value="0905000278"' not in reader.get("/tra-cuu?so=1&dien_thoai=0905000278").content.decode()


def test_guessing_is_slowed_and_finding_is_not_counted(reader: Client, dossier: Dossier) -> None:
    for _ in range(3):
        assert ask(reader, dossier.number, "0905000278")[0] == 200
    for guess in range(60):
        assert ask(reader, dossier.number, f"09051111{guess:02}")[0] == 404
    status, page = ask(reader, dossier.number, "0905000278")
    assert status == 429
    assert "Xin đợi 60 phút rồi thử lại" in page


def test_no_telephone_or_address_is_kept_readable(reader: Client, dossier: Dossier) -> None:
    ask(reader, dossier.number, "0905000279")
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope, key FROM people_onetimecounter")
        kept = cursor.fetchall()
    assert [scope for scope, _ in kept] == ["look-up"]
    assert "127.0.0.1" not in str(kept)
    assert "905000279" not in str(kept)
