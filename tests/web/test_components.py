"""What each component writes: names, ids, descriptions, states. The browser tests see the rest."""

import re
from datetime import date
from typing import Any

import pytest
from jinja2 import Environment, UndefinedError
from markupsafe import Markup

from ansinh.platform.language import use
from ansinh.web.page import Option

BANKS = [Option("agribank", "Agribank"), Option("bidv", "BIDV")]


def macro(jinja: Environment, file: str, name: str) -> Any:
    return getattr(jinja.get_template(f"components/{file}.html").module, name)


def names(html: str) -> list[str]:
    return re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html)


def test_a_field_ties_label_hint_error_and_source_to_its_control(jinja: Environment) -> None:
    html = macro(jinja, "field_text", "field_text")(
        "bank_account.number", "Số tài khoản", "12", hint="13 chữ số", error="Mới nhập 2.", source="Tài khoản"
    )
    assert '<label for="bank_account.number">' in html
    assert 'id="bank_account.number" name="bank_account.number"' in html
    described = 'aria-describedby="bank_account.number:hint bank_account.number:error bank_account.number:source"'
    assert described in html
    assert 'aria-invalid="true"' in html
    for part in ("hint", "error", "source"):
        assert f'id="bank_account.number:{part}"' in html


def test_what_people_typed_is_escaped_and_kept(jinja: Environment) -> None:
    html = macro(jinja, "field_text", "field_text")("name", "Tên", '"><script>alert(1)</script>')
    assert "<script" not in html
    assert "&#34;&gt;&lt;script&gt;" in html


def test_a_password_is_never_written_back(jinja: Environment) -> None:
    html = macro(jinja, "field_text", "field_text")("password", "Mật khẩu", "bí mật", type="password")
    assert "bí mật" not in html


def test_an_optional_field_says_so_and_a_needed_one_does_not(jinja: Environment) -> None:
    field = macro(jinja, "field_text", "field_text")
    assert "(không bắt buộc)" in field("a", "Tên", optional=True)
    assert "(không bắt buộc)" not in field("a", "Tên")


@pytest.mark.parametrize(
    ("value", "boxes"),
    [
        ("2026-05-04", ["04", "05", "2026"]),
        ("1950", ["", "", "1950"]),
        (date(2026, 5, 4), ["04", "05", "2026"]),
        ({"day": "31", "month": "4", "year": "20x6"}, ["31", "4", "20x6"]),
        (None, ["", "", ""]),
    ],
)
def test_a_date_has_three_boxes_and_keeps_what_was_typed(jinja: Environment, value: Any, boxes: list[str]) -> None:
    html = macro(jinja, "field_date", "field_date")("children[0].date_of_birth", "Ngày sinh", value)
    path = "children[0].date_of_birth"
    assert names(html) == [f"{path}.day", f"{path}.month", f"{path}.year"]
    assert re.findall(r'value="([^"]*)"', html) == boxes
    assert f'id="{path}"' in html


def test_a_month_has_two_boxes(jinja: Environment) -> None:
    html = macro(jinja, "field_month", "field_month")("last_month", "Tháng đóng cuối", "2026-04")
    assert names(html) == ["last_month.month", "last_month.year"]
    assert re.findall(r'value="([^"]*)"', html) == ["04", "2026"]


def test_an_amount_is_grouped_and_a_wrong_one_kept(jinja: Environment) -> None:
    field = macro(jinja, "field_money", "field_money")
    assert 'value="56.280.000"' in field("salary", "Lương", 56280000)
    assert 'value="tám triệu"' in field("salary", "Lương", "tám triệu")


def test_a_choice_opens_its_part_under_the_option(jinja: Environment) -> None:
    options = [Option("account", "Tài khoản", then=Markup("<p>mở</p>")), Option("cash", "Tiền mặt")]
    html = macro(jinja, "field_choice", "field_choice")("payment", "Cách nhận", options, "account")
    assert html.index("<p>mở</p>") < html.index('value="cash"')
    assert 'data-part="payment"' in html
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["account"]


def test_several_choices_are_boxes_to_tick(jinja: Environment) -> None:
    html = macro(jinja, "field_choice", "field_choice")("banks", "Ngân hàng", BANKS, ["bidv"], multiple=True)
    assert html.count('type="checkbox"') == 2
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["bidv"]


@pytest.mark.parametrize(("value", "checked"), [(True, ["true"]), (False, ["false"]), (None, [])])
def test_yes_and_no_may_both_be_empty(jinja: Environment, value: bool | None, checked: list[str]) -> None:
    html = macro(jinja, "field_choice", "field_yes_no")("twins", "Sinh đôi?", value)
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == checked


def test_compound_fields_name_their_parts_by_path(jinja: Environment) -> None:
    bank = macro(jinja, "field_bank_account", "field_bank_account")(
        "bank_account", "Tài khoản", BANKS, errors={"bank_account.number": "Thiếu chữ số."}
    )
    person = macro(jinja, "field_person", "field_person")("father", "Cha", with_phone=True)
    address = macro(jinja, "field_address", "field_address")("home", "Nơi ở", BANKS, communes=BANKS)
    assert names(bank) == ["bank_account.bank", "bank_account.number", "bank_account.holder"]
    assert 'id="bank_account.number:error"' in bank
    assert names(person) == ["father.full_name", *(f"father.date_of_birth.{part}" for part in ("day", "month", "year")),
                             "father.id_number", "father.phone"]  # fmt: skip
    assert names(address) == ["home.province", "home.commune", "home.detail"]


def test_an_address_without_communes_asks_the_server_for_them(jinja: Environment) -> None:
    html = macro(jinja, "field_address", "field_address")("home", "Nơi ở", BANKS)
    assert names(html) == ["home.province", "home.detail"]
    assert 'name="_show" value="home" formnovalidate' in html


def test_rows_can_be_added_until_there_are_the_most(jinja: Environment) -> None:
    source = """{% from "components/repeating_rows.html" import repeating_rows %}
    {% call(row, path) repeating_rows("children", rows, "Thêm một con", most=2) %}[{{ path }}]{% endcall %}"""
    one, two = (
        jinja.from_string(source).render(rows=[{"legend": "Con", "remove_label": "Bỏ"}] * count) for count in (1, 2)
    )
    assert "[children[0]]" in one
    assert 'name="_remove" value="children[0]"' in one
    assert 'name="_add" value="children"' in one
    assert "[children[1]]" in two
    assert "_add" not in two


def test_the_summary_counts_and_links_and_is_absent_without_problems(jinja: Environment) -> None:
    summary = macro(jinja, "error_summary", "error_summary")
    problem = {"path": "children[0].date_of_birth", "text": "Ngày sinh: không có trong lịch"}
    assert "Còn 1 chỗ cần sửa" in summary([problem])
    assert 'href="#children[0].date_of_birth"' in summary([problem])
    assert summary([]).strip() == ""
    with use("en"):
        assert "1 place to correct" in summary([problem])
        assert "2 places to correct" in summary([problem, problem])


def test_the_leaf_bears_the_lunar_day(jinja: Environment) -> None:
    leaf = macro(jinja, "date_leaf", "date_leaf")
    html = leaf(date(2026, 11, 27), time="17:00")
    assert 'datetime="2026-11-27T17:00"' in html
    assert "Thứ Sáu" in html
    assert "19 tháng Mười âm lịch" in html
    assert 'class="leaf late"' in leaf(date(2026, 11, 27), late=True)
    with use("en"):
        assert "November 2026" in leaf(date(2026, 11, 27))


def test_an_amount_shows_its_steps_and_total(jinja: Environment) -> None:
    steps = [{"label": "Bình quân", "amount": 8600000, "clause": "Đ.59"}, {"label": "Trợ cấp", "amount": 51600000}]
    html = macro(jinja, "appraisal", "amount_steps")(steps, total=56280000)
    assert "8.600.000\N{NO-BREAK SPACE}đ" in html
    assert "56.280.000\N{NO-BREAK SPACE}đ" in html


def test_a_button_acts_and_a_link_goes(jinja: Environment) -> None:
    button = macro(jinja, "button", "button")
    assert '<button class="btn go" type="submit">' in button("Nộp hồ sơ", "go")
    assert '<a class="btn" href="/ho-so">' in button("Xem hồ sơ", href="/ho-so")


def test_a_name_that_was_not_given_fails_aloud(jinja: Environment) -> None:
    with pytest.raises(UndefinedError):
        jinja.from_string("{{ nothing }}").render()
