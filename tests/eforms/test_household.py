"""The roster of a household: one head, nobody twice, an order for each who joins, a reason for each who does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.eforms.definition import Form
from ansinh.eforms.parse import parse_form
from ansinh.eforms.validate import check

TODAY = date(2026, 11, 9)


@pytest.fixture
def form() -> Form:
    """A form of one roster, as a folder writes it."""
    members = {"key": "members", "type": "household", "label_vi": "Thành viên", "label_en": "Members"}
    section = {"key": "household", "title_vi": "Hộ", "title_en": "Household", "fields": [members]}
    return parse_form({"sections": [section]}, where="form.yaml")


def member(**changes: Any) -> dict[str, Any]:
    """The head, joining first."""
    facts = {
        "name": "Trần Thị Mai Lan", "relation": "head", "born": "1990-05-04", "sex": "female", "joins": "yes",
        "member_si_number": "4516123456", "order_in_household": 1,
    }  # fmt: skip
    return {**facts, **changes}


def spouse(**changes: Any) -> dict[str, Any]:
    """The other one, joining second."""
    facts = {"relation": "spouse", "member_si_number": "4516123457", "order_in_household": 2}
    return member(**{"name": "Lê Văn Bình", "sex": "male", **facts, **changes})


def child(**changes: Any) -> dict[str, Any]:
    """A child with a card of another group."""
    return {
        "name": "Lê Trần An Nhiên", "relation": "child", "born": "2022", "sex": "female", "joins": "no",
        "why_not": "other_group", **changes,
    }  # fmt: skip


def faults(form: Form, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in check(form, {"members": list(rows)}, today=TODAY)]


def test_a_whole_household_is_right(form: Form) -> None:
    assert faults(form, member(), spouse(), child()) == []
    table = form.field("members")
    assert (table.type, table.household, table.min_rows, table.row_label_vi) == ("table", True, 1, "Thành viên")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], [("members", "rows-missing")]),
        ([member(relation="other"), spouse()], [("members[0].relation", "household-without-head")]),
        ([member(), spouse(relation="head")], [("members[1].relation", "household-two-heads")]),
        (
            [member(), spouse(member_si_number="4516123456")],
            [("members[1].member_si_number", "household-member-twice")],
        ),
        (
            [member(member_id_number="045190001234"), child(member_id_number="045190001234")],
            [("members[1].member_id_number", "household-member-twice")],
        ),
        ([member(), spouse(order_in_household=1)], [("members[1].order_in_household", "household-order-twice")]),
        ([member(), child(why_not=None)], [("members[1].why_not", "choice-missing")]),
        ([member(), child(why_not="lazy")], [("members[1].why_not", "choice-unknown")]),
    ],
)
def test_what_is_wrong_between_members_is_said_at_the_row(
    form: Form, rows: list[dict[str, Any]], expected: list[tuple[str, str]]
) -> None:
    assert faults(form, *rows) == expected


def test_the_row_is_named_in_the_sentence(form: Form) -> None:
    (fault,) = check(form, {"members": [member(), spouse(order_in_household=1)]}, today=TODAY)
    assert fault.row_vi == "Thành viên 2" and "Thành viên 1 đã đóng theo thứ tự này" in fault.sentence


def test_an_order_of_who_does_not_join_is_not_looked_at(form: Form) -> None:
    assert faults(form, member(), child(order_in_household=1, member_si_number="4516123456")) == []
