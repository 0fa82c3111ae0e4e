"""Departments under their own names, function by function, as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.offices.departments import department_of, departments, functions, name_department
from ansinh.offices.models import Department, Level, Office
from ansinh.offices.queries import and_above, and_below, became
from ansinh.platform.errors import Conflict, Invalid

SINCE, LATER, AFTER = date(2025, 7, 1), date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def offices(db: None) -> None:
    """A province, an office, and the one that was merged into it."""
    province = _office("99100", Level.PROVINCE, parent=None)
    local = _office("99101", Level.LOCAL, parent=province)
    _office("99102", Level.LOCAL, parent=province)
    _office("99150", Level.DISTRICT, parent=province)
    Office.objects.filter(pk="99150").update(valid_to=date(2025, 6, 30), merged_into=local)


def _office(code: str, level: str, *, parent: Office | None) -> Office:
    return Office.objects.create(
        code=code, name_vi=f"BHXH {code}", name_en=code, level=level, parent=parent, province_code="99", address="",
        phone="", valid_from=date(2019, 1, 1),
    )  # fmt: skip


def name(function: str, *, on: date, office: str = "99101") -> str:
    found = department_of(office, function, on=on)
    return found.name_vi if found else ""


def room(called: str, *does: str, since: date = SINCE) -> Department:
    return name_department("99101", name_vi=called, name_en="", does=does, valid_from=since)


pytestmark = pytest.mark.usefixtures("offices")


def test_two_functions_may_share_a_department_and_part_later() -> None:
    room("Phòng Quản lý Thu – Sổ, Thẻ", "collection", "book_card")
    room("Phòng Cấp sổ, thẻ", "book_card", since=LATER)
    assert (name("collection", on=AFTER), name("book_card", on=AFTER)) == (
        "Phòng Quản lý Thu – Sổ, Thẻ", "Phòng Cấp sổ, thẻ",
    )  # fmt: skip
    assert name("book_card", on=date(2026, 2, 28)) == "Phòng Quản lý Thu – Sổ, Thẻ"


def test_a_department_left_without_a_function_ends_and_its_name_still_resolves() -> None:
    room("Phòng Chế độ BHXH", "benefits")
    room("Tổ Chế độ BHXH", "benefits", since=LATER)
    assert [one.name_vi for one in departments("99101", on=LATER)] == ["Tổ Chế độ BHXH"]
    assert name("benefits", on=SINCE) == "Phòng Chế độ BHXH"


def test_names_differ_by_office() -> None:
    room("Bộ phận Một cửa", "counter")
    assert name("counter", on=AFTER, office="99102") == ""


def test_the_departments_of_a_merged_office_are_those_of_its_successor() -> None:
    room("Bộ phận Một cửa", "counter")
    assert name("counter", on=AFTER, office="99150") == "Bộ phận Một cửa"
    assert name("counter", on=AFTER, office="99199") == ""


def test_a_name_and_a_function_are_needed() -> None:
    with pytest.raises(Invalid, match="Chưa ghi tên"):
        room("  ", "counter")
    with pytest.raises(Invalid, match="Chưa chọn mảng việc"):
        room("Phòng lạ")


def test_a_change_already_planned_is_not_overtaken() -> None:
    room("Tổ Thu", "collection", since=AFTER)
    with pytest.raises(Conflict, match="01/06/2026"):
        room("Phòng Thu", "collection", since=LATER)


def test_offices_merged_into_each_other_resolve_to_nothing() -> None:
    Office.objects.filter(pk="99102").update(valid_to=LATER, merged_into="99101")
    Office.objects.filter(pk="99101").update(valid_to=LATER, merged_into="99102")
    assert became("99101", on=AFTER) is None


def test_what_is_above_and_below_an_office() -> None:
    assert and_above("99101") == {"99101", "99100"}
    assert and_below(["99100"]) == {"99100", "99101", "99102", "99150"}


def test_every_function_has_both_names() -> None:
    assert all(one.name_vi and one.name_en for one in functions().values())
