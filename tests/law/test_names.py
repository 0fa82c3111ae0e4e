"""Names as written, searched, sorted and given to a bank."""

import unicodedata

import pytest

from ansinh.law.names import NameRefused, bank_form, parse_name, search_key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Trần  Thị\tMai Lan ", "Trần Thị Mai Lan"),
        (unicodedata.normalize("NFD", "Nguyễn Hoàng Ý"), "Nguyễn Hoàng Ý"),
        ("K'Đăm H’Rin", "K'Đăm H’Rin"),
        ("Jean-Paul O'Neil Jr.", "Jean-Paul O'Neil Jr."),
    ],
)
def test_a_name_is_kept_in_one_form(text: str, expected: str) -> None:
    assert parse_name(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "name-missing"),
        ("- .", "name-missing"),
        ("Trần\u200bLan", "name-hidden-character"),
        ("Trần \u202eLan", "name-hidden-character"),
        ("Trần L\u0430n", "name-other-script"),
        ("田中", "name-other-script"),
        ("Trần Lan 2", "name-unexpected-sign"),
        ("Trần <b>", "name-unexpected-sign"),
        ("Trần \u0323\u0301", "name-stray-mark"),
        ("A" * 101, "name-too-long"),
    ],
)
def test_a_name_that_hides_something_is_refused(text: str, code: str) -> None:
    with pytest.raises(NameRefused) as refusal:
        parse_name(text)
    assert refusal.value.code == code


def test_search_forgives_marks_and_their_place() -> None:
    assert search_key("Nguyễn Thị Hoà") == search_key("nguyen thi HÒA") == "nguyen thi hoa"
    assert search_key("Đặng  Ngọc Ước") == "dang ngoc uoc"


def test_the_bank_form() -> None:
    assert bank_form("Trần Thị Mai Lan") == "TRAN THI MAI LAN"
    assert bank_form("Đỗ K'Đăm") == "DO K DAM"
