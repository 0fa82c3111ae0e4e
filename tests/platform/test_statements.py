"""What is kept of a statement is its words: what is found, and who looks, is as it is when it is asked."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.files.models import Paper
from ansinh.offices.models import CalendarDay, Office
from ansinh.platform.identifiers import uuid7
from ansinh.platform.statements import NO_ROW, TYPED, Statement, statement

A_DAY = date(2026, 12, 24)


def a_day(name: str, day: date = A_DAY) -> CalendarDay:
    return CalendarDay.objects.create(day=day, kind="swapped_off", name_vi=name, legal_basis="QĐ 1")


def test_a_kept_statement_finds_what_came_later(db: None) -> None:
    kept = statement(CalendarDay.objects.filter(name_vi="Nghỉ hoán đổi").values_list("day"))
    assert (kept.rows(), kept.count()) == ([], 0)
    a_day("Nghỉ hoán đổi")
    assert (kept.rows(), kept.count()) == ([(A_DAY,)], 1)


def test_rows_come_as_models_and_the_same_words_are_one_text(db: None) -> None:
    a_day("Nghỉ")
    first, second = (statement(CalendarDay.objects.filter(day=day)) for day in (A_DAY, date(2026, 12, 25)))
    assert first.sql is second.sql
    assert [one.name_vi for one in first.models(CalendarDay)] == ["Nghỉ"]
    assert second.models(CalendarDay) == []


@pytest.mark.parametrize("typed, found", [("100%", 1), ("1_0", 0), ("%", 1), ("100", 2), ("\\", 0)])
def test_what_is_typed_stands_for_itself_in_a_pattern(db: None, typed: str, found: int) -> None:
    a_day("Nghỉ 100% ngày")
    a_day("Nghỉ 100 ngày", date(2026, 12, 25))
    kept = statement(CalendarDay.objects.filter(name_vi__contains=TYPED))
    assert len(kept.put(typed).models(CalendarDay)) == found


def test_what_cannot_be_found_is_not_asked() -> None:
    kept = statement(Office.objects.filter(pk__in=[]))
    assert kept == Statement()
    assert (kept.rows(), kept.models(Office), kept.count(), kept.put("x")) == ([], [], 0, Statement())


def test_the_same_is_asked_about_one_row_after_the_other(db: None) -> None:
    kept = statement(Paper.objects.filter(pk=NO_ROW, name=TYPED))
    first, second = uuid7(), uuid7()
    assert set(kept.about(first).put("ảnh").values) == {first, "ảnh"}
    assert set(kept.about(second).values) == {second, TYPED}
    assert kept.about(first).models(Paper) == []
