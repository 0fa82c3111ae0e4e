"""What a wrong answer is told: short, about the right thing, and with something to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.eforms.read_input import read_answers
from ansinh.eforms.validate import check
from tests.eforms.forms import field, form_of

TODAY = date(2026, 11, 27)
LONG = "Đường Cây Xanh dài " * 90


def says(asked: dict[str, Any], answer: Any) -> list[str]:
    return [problem.sentence for problem in check(form_of(asked), {asked["key"]: answer}, today=TODAY)]


@pytest.mark.parametrize("kind", ["email", "date", "month", "int", "money"])
def test_a_page_of_text_in_a_small_box_is_not_repeated_whole(kind: str) -> None:
    (sentence,) = says(field("box", kind), LONG.strip())
    assert "Đường Cây Xanh dài" in sentence and "…" in sentence
    assert len(sentence) < 200


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2026-10", ["Tháng đổi là 10/2026, trước tháng sớm nhất 11/2026. Xin xem lại ô này."]),
        ("2026-11", []),  # the month of today is not past, whatever the day
        ("2027-11", []),
        ("2027-12", ["Tháng đổi là 12/2027, sau tháng muộn nhất 11/2027. Xin xem lại ô này."]),
        ("1850-01", ["Năm 1850 không thể là năm của tháng đổi. Xin xem lại ô này."]),
    ],
)
def test_a_month_is_bounded_by_months(month: str, told: list[str]) -> None:
    asked = field("from", "month", label_vi="Tháng đổi", earliest="today", latest="today+12m")
    assert says(asked, month) == told


def test_months_ahead_of_a_long_month_end_with_the_short_one() -> None:
    asked = field("day", "date", label_vi="Ngày đổi", latest="today+3m")
    assert says(asked, "2027-02-27") == []
    assert says(asked, "2027-02-28") == ["Ngày đổi là 28/02/2027, sau ngày muộn nhất 27/02/2027. Xin xem lại ô này."]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("999", "13", "20266"), "“999/13/20266” chưa đọc được thành ngày."),
        (("aa", "bb", "cccc"), "“aa/bb/cccc” chưa đọc được thành ngày."),
        (("4", "", ""), "“4” chưa đủ ngày, tháng, năm."),
        (("4", "5", ""), "“4/5” chưa đủ ngày, tháng, năm."),
    ],
)
def test_a_whole_date_that_is_none_is_not_called_half(typed: tuple[str, str, str], told: str) -> None:
    asked = field("born", "date")
    posted = {f"born.{box}": [text] for box, text in zip(("day", "month", "year"), typed, strict=True)}
    (sentence,) = says(asked, read_answers(form_of(asked), posted)["born"])
    assert sentence.startswith(told)


def test_day_nought_is_told_where_months_begin() -> None:
    read = read_answers(form_of(field("born", "date")), {"born.day": ["0"], "born.month": ["1"], "born.year": ["1990"]})
    (sentence,) = says(field("born", "date"), read["born"])
    assert "bắt đầu từ ngày 01" in sentence and "31 ngày" not in sentence


def test_an_empty_account_number_says_where_to_find_it() -> None:
    asked = field("account", "bank_account", label_vi="Tài khoản")
    assert "Chưa có số tài khoản. Xin nhập như trong ứng dụng ngân hàng." in says(asked, {"bank": "970405"})


@pytest.mark.parametrize("typed", ["-5", "12", "999"])
def test_a_relationship_is_a_word(typed: str) -> None:
    asked = field("who", "person", parts=["relationship"])
    assert says(asked, {"relationship": typed}) == [
        f"“{typed}” chưa đúng dạng. Quan hệ viết bằng chữ, ví dụ: vợ, con trai. Xin xem lại ô này."
    ]
    assert says(asked, {"relationship": "em rể"}) == []


def test_a_facility_without_a_list_is_a_name_of_one_script() -> None:
    asked = field("place", "facility", catalogue="facilities")
    assert says(asked, "Trạm y tế phường Đông Hà") == []
    assert "bảng chữ khác" in says(asked, "Trạm y tế Нga")[0]
    assert "nhiều nhất 200" in says(asked, "x" * 201)[0]
