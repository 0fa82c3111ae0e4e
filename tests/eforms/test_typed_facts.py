"""Facts of one's own account that an organisation writes of somebody it names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.eforms.definition import Form
from ansinh.eforms.display import show_answers
from ansinh.eforms.errors import FormError
from ansinh.eforms.parse import parse_form
from ansinh.eforms.read_input import read_answers
from ansinh.eforms.validate import check
from ansinh.eforms.visibility import is_fact

TODAY = date(2026, 11, 27)
NAME: dict[str, Any] = {
    "key": "full_name", "type": "text", "label_vi": "Họ và tên", "label_en": "Name", "prefill": "account.full_name",
    "read_only": True, "typed_when": {"field": "filed_by", "equals": "organisation"},
}  # fmt: skip
FILED_BY: dict[str, Any] = {
    "key": "filed_by", "type": "choice", "label_vi": "Người nộp", "label_en": "Who files", "required": False,
    "prefill": "account.filed_by", "read_only": True,
    "choices": [
        {"value": "organisation", "label_vi": "Tổ chức", "label_en": "An organisation"},
        {"value": "person", "label_vi": "Cá nhân", "label_en": "A person"},
    ],
}  # fmt: skip


def a_form(*fields: dict[str, Any]) -> Form:
    section = {"key": "who", "title_vi": "Ai", "title_en": "Who", "fields": list(fields or (NAME, FILED_BY))}
    return parse_form({"sections": [section]}, where="form.yaml")


@pytest.mark.parametrize(("filed_by", "is_known"), [("person", True), ("organisation", False), (None, True)])
def test_a_fact_is_typed_only_where_the_form_says_so(filed_by: str | None, is_known: bool) -> None:
    form = a_form()
    assert is_fact(form.field("full_name"), {"filed_by": filed_by}) is is_known
    assert is_fact(form.field("filed_by"), {"filed_by": filed_by})


def test_what_is_typed_has_to_be_answered_and_a_fact_has_not() -> None:
    form = a_form()
    assert check(form, {"filed_by": "person"}, today=TODAY) == []
    (problem,) = check(form, {"filed_by": "organisation"}, today=TODAY)
    assert (problem.path, problem.code) == ("full_name", "missing")


def test_a_post_gives_it_and_the_register_is_never_posted() -> None:
    posted = {"full_name": ["Lê Minh Đức"], "filed_by": ["organisation"]}
    assert read_answers(a_form(), posted) == {"full_name": "Lê Minh Đức"}


def test_who_reads_the_answers_sees_what_can_be_mended() -> None:
    answers = {"full_name": "Lê Minh Đức", "filed_by": "organisation"}
    (section,) = show_answers(a_form(), answers)
    assert {line.key: line.read_only for line in section.lines} == {"full_name": False, "filed_by": True}
    (section,) = show_answers(a_form(), {**answers, "filed_by": "person"})
    assert all(line.read_only for line in section.lines)


def test_only_a_fact_can_be_typed_by_exception() -> None:
    with pytest.raises(FormError, match="typed_when"):
        a_form({**NAME, "read_only": False}, FILED_BY)
    with pytest.raises(FormError, match="unknown field"):
        a_form({**NAME, "typed_when": {"field": "nobody", "equals": "x"}}, FILED_BY)
