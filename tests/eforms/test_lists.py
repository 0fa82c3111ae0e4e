"""Rows from a spreadsheet: columns found by name or place, cells read as people write them, nothing lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.eforms.definition import Field, Form
from ansinh.eforms.errors import FormError
from ansinh.eforms.grid import heads, pasted, take
from ansinh.eforms.parse import parse_form
from ansinh.eforms.validate import check
from ansinh.platform.errors import Invalid

BANKS = (("970405", "Agribank – Nông nghiệp và Phát triển Nông thôn"), ("970436", "Vietcombank – Ngoại thương"))


def a_form(**table: Any) -> Form:
    """A list of workers with a span of days each."""
    field = {
        "key": "workers", "type": "table", "label_vi": "Danh sách", "label_en": "List", "as_list": True, "max_rows": 5,
        "row_label_vi": "người lao động", "row_label_en": "worker",
        "spans": {"first": "first", "last": "last", "of": ["si"]},
        "columns": [
            {"key": "full_name", "type": "text", "label_vi": "Họ và tên", "label_en": "Full name"},
            {"key": "si", "type": "si_number", "label_vi": "Mã số BHXH", "label_en": "SI number"},
            {"key": "first", "type": "date", "label_vi": "Từ ngày", "label_en": "From"},
            {"key": "last", "type": "date", "label_vi": "Đến ngày", "label_en": "To", "earliest": "first"},
            {"key": "case", "type": "choice", "label_vi": "Điều trị", "label_en": "Treatment", "required": False,
             "choices": [{"value": "in", "label_vi": "Nội trú", "label_en": "Inpatient"},
                         {"value": "out", "label_vi": "Ngoại trú", "label_en": "Outpatient"}]},
            {"key": "heavy", "type": "bool", "label_vi": "Nặng nhọc", "label_en": "Heavy"},
            {"key": "rest", "type": "multi_choice", "label_vi": "Nghỉ hằng tuần", "label_en": "Rest", "required": False,
             "choices": [{"value": "saturday", "label_vi": "Thứ Bảy", "label_en": "Saturday"},
                         {"value": "sunday", "label_vi": "Chủ nhật", "label_en": "Sunday"}]},
            {"key": "salary", "type": "money", "label_vi": "Tiền lương", "label_en": "Wage", "required": False},
            {"key": "bank", "type": "choice", "label_vi": "Ngân hàng", "label_en": "Bank", "catalogue": "banks",
             "required": False},
            {"key": "id", "type": "id_number", "label_vi": "Số định danh", "label_en": "Identity", "required": False},
        ],
        **table,
    }  # fmt: skip
    return parse_form(
        {"sections": [{"key": "one", "title_vi": "Một", "title_en": "One", "fields": [field]}]}, where="t"
    )


FIELD = a_form().field("workers")
NAMES = "\t".join(heads(FIELD))
LAN = "Trần Thị Lan\t4516123456\t4/5/2026\t08-05-2026\tngoại trú\tx\tThứ Bảy, chủ nhật\t8.600.000 đ\tvietcombank\t"
DUC = "Lê Minh Đức\t4516123457\t2026-05-04\t05/05/2026\t\t\t\t\t\t90185000101"


def rows(text: str, field: Field = FIELD) -> tuple[dict[str, Any], ...]:
    """The rows of what was pasted."""
    return take(field, pasted(text), entries_of=lambda column: BANKS if column.catalogue else ()).rows


def test_cells_are_read_as_people_write_them() -> None:
    assert rows(f"{NAMES}\r\n{LAN}\r\n{DUC}\r\n") == (
        {
            "full_name": "Trần Thị Lan", "si": "4516123456", "first": "2026-05-04", "last": "2026-05-08", "case": "out",
            "heavy": True, "rest": ["saturday", "sunday"], "salary": 8600000, "bank": "970436",
        },
        {
            "full_name": "Lê Minh Đức", "si": "4516123457", "first": "2026-05-04", "last": "2026-05-05", "heavy": False,
            "id": "090185000101",
        },
    )  # fmt: skip


def test_a_zero_lost_in_front_is_put_back_and_told() -> None:
    taken = take(FIELD, pasted(f"{NAMES}\n{LAN}\n{DUC}"), entries_of=lambda _: ())
    assert taken.zeros_added == ((1, "id"),)


def test_columns_are_known_by_name_in_any_order_and_in_both_languages_under_a_title() -> None:
    text = "DANH SÁCH THÁNG 5\n\nSTT\tSI number\tHỌ VÀ TÊN\tđến ngày\tFrom\n1\t4516123456\tTrần Lan\t8/5/2026\t4/5/2026"
    assert rows(text) == (
        {"si": "4516123456", "full_name": "Trần Lan", "last": "2026-05-08", "first": "2026-05-04"},
    )  # fmt: skip


def test_without_names_cells_come_in_the_order_of_the_template_perhaps_after_a_number() -> None:
    assert rows(LAN)[0]["si"] == rows(f"1\t{LAN}\n2\t{DUC}")[0]["si"] == "4516123456"


def test_the_line_of_column_numbers_of_official_forms_is_no_row() -> None:
    assert len(rows(f"{NAMES}\n(1)\t(2)\t(3)\t(4)\n{LAN}")) == 1


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (" \n\t\n", "list-empty", "Chưa có dòng nào"),
        (NAMES, "list-only-heads", "Chỉ có dòng tên cột"),
        (f"{NAMES}\tChức vụ\n{LAN}", "list-column-unknown", "Chức vụ"),
        (f"{NAMES}\tMã số BHXH\n{LAN}", "list-column-twice", "Mã số BHXH"),
        (f"{LAN}\ta\tb", "list-too-wide", "Dòng 1 có 12 ô, danh sách này có 10 cột"),
        ("\n".join([NAMES] + [LAN] * 6), "list-too-long", "Có 6 dòng, danh sách này nhận nhiều nhất 5 dòng"),
    ],
)
def test_a_grid_that_is_not_understood_is_refused_whole(text: str, code: str, said: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rows(text)
    assert refusal.value.code == code and said in str(refusal.value)


def test_a_cell_with_a_line_break_and_an_odd_quotation_mark_are_kept() -> None:
    assert pasted('"hai\ndòng"\tb\n') == [["hai\ndòng", "b"]]
    assert pasted('màn hình 15"\tb\nc\td') == [['màn hình 15"', "b"], ["c", "d"]]


@pytest.mark.requirement("R-082")
def test_what_cannot_be_read_stays_as_typed_and_is_told_by_row_and_column() -> None:
    form = a_form()
    wrong = LAN.replace("4/5/2026", "31/04/2026").replace("8.600.000 đ", "tám triệu")
    taken = list(rows(f"{NAMES}\n{DUC}\n{wrong}"))
    assert taken[1]["first"] == "31/04/2026" and taken[1]["salary"] == "tám triệu"
    found = check(form, {"workers": taken}, today=date(2026, 11, 9))
    assert [(one.path, one.code) for one in found] == [
        ("workers[1].first", "no-such-day"), ("workers[1].salary", "not-a-number"),
    ]  # fmt: skip
    assert found[0].row_vi == "Dòng 2, cột Từ ngày" and found[0].row_en == "Row 2, column From"


def test_days_of_the_same_person_may_not_meet() -> None:
    form = a_form()
    again = LAN.replace("4/5/2026", "08/05/2026").replace("08-05-2026", "09/05/2026")
    found = check(form, {"workers": list(rows(f"{NAMES}\n{LAN}\n{DUC}\n{again}"))}, today=date(2026, 11, 9))
    assert [(one.path, one.code) for one in found] == [("workers[2].first", "days-overlap")]
    assert "trùng với dòng 1" in found[0].sentence


def test_a_list_holds_single_answers_and_spans_name_its_columns() -> None:
    with pytest.raises(FormError, match="holds one answer"):
        a_form(columns=[{"key": "home", "type": "address", "label_vi": "Nhà", "label_en": "Home"}], spans=None)
    with pytest.raises(FormError, match="unknown column"):
        a_form(spans={"first": "first", "last": "end"})
