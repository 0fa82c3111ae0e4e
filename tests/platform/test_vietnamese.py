"""Amounts, dates and sizes as people write them."""

from datetime import UTC, date, datetime

import pytest

from ansinh.platform import vietnamese


@pytest.mark.parametrize(
    ("dong", "text"),
    [(0, "0\xa0đ"), (999, "999\xa0đ"), (1000, "1.000\xa0đ"), (56_280_000, "56.280.000\xa0đ"), (-1_500, "-1.500\xa0đ")],
)
def test_money_has_dots_and_cannot_break(dong: int, text: str) -> None:
    assert vietnamese.money(dong) == text


def test_dates_are_day_month_year_in_vietnam() -> None:
    late_in_london = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    assert vietnamese.date_vi(date(2026, 2, 5)) == "05/02/2026"
    assert vietnamese.date_vi(late_in_london) == "23/11/2026"
    assert vietnamese.datetime_vi(late_in_london) == "01:05 23/11/2026"
    assert vietnamese.weekday_vi(date(2026, 11, 23)) == "thứ Hai"
    assert vietnamese.weekday_vi(date(2026, 11, 22)) == "Chủ nhật"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"),
        (date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
    ],
)
def test_a_document_writes_zeros_where_the_decree_wants_them(day: date, text: str) -> None:
    assert vietnamese.document_date_vi(day) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0\xa0byte"), (1023, "1023\xa0byte"), (1024, "1\xa0KB"), (1_572_864, "1,5\xa0MB"), (5 * 2**40, "5\xa0TB")],
)
def test_sizes_have_a_decimal_comma(size: int, text: str) -> None:
    assert vietnamese.size_vi(size) == text
