from __future__ import annotations

from typing import Any

import pytest

from ansinh.eforms.conditions import evaluate, fields_used, parse_condition
from ansinh.eforms.errors import FormError


def holds(node: dict[str, Any], answers: dict[str, Any], row: dict[str, Any] | None = None) -> bool:
    return evaluate(parse_condition(node, where="form.yaml"), answers, row)


@pytest.mark.parametrize(
    ("node", "answer", "expected"),
    [
        ({"equals": "a"}, "a", True),
        ({"equals": "a"}, "b", False),
        ({"equals": "a"}, ["b", "a"], True),
        ({"in": ["a", "c"]}, ["b"], False),
        ({"in": ["a", "b"]}, ["b"], True),
        ({"before": "2025-07-01"}, "2025-06-30", True),
        ({"before": "2025-07-01"}, "2025-07-01", False),
        ({"on_or_before": "2025-07-01"}, "2025-07-01", True),
        ({"after": "2025-07-01"}, "2025-07-01", False),
        ({"on_or_after": "2025-07-01"}, "2025-07-01", True),
        ({"on_or_after": "2025-07"}, "2025-07", True),
        ({"on_or_after": "2025-07"}, "2025-06", False),
        ({"before": "1970-01-01"}, "1969", True),
        ({"at_least": 180}, 180, True),
        ({"at_least": 180}, 179, False),
        ({"at_most": 180}, 180, True),
        ({"less_than": 180}, 180, False),
        ({"more_than": 0}, 1, True),
        ({"more_than": 0}, "abc", False),
        ({"given": True}, "x", True),
        ({"given": True}, [], False),
    ],
)
def test_a_comparison(node: dict[str, Any], answer: Any, expected: bool) -> None:
    assert holds({"field": "k", **node}, {"k": answer}) is expected


def test_what_was_not_asked_is_false_and_not_turns_it() -> None:
    assert not holds({"field": "k", "less_than": 5}, {})
    assert holds({"not": {"field": "k", "less_than": 5}}, {})


def test_a_row_is_read_before_the_form() -> None:
    node = {"field": "k", "equals": "row"}
    assert holds(node, {"k": "form"}, {"k": "row"})
    assert not holds({"field": "k", "equals": "form"}, {"k": "form"}, {"k": None})
    assert holds({"field": "k", "equals": "form"}, {"k": "form"}, {"other": 1})


def test_a_column_outside_its_row_is_what_any_row_answers() -> None:
    rows = {"workers": [{"paid": "account"}, {"paid": "employer"}, {}]}
    assert holds({"field": "workers.paid", "equals": "employer"}, rows)
    assert not holds({"field": "workers.paid", "equals": "cash"}, rows)
    assert not holds({"field": "workers.paid", "given": True}, {"workers": []})


def test_groups_and_fields_used() -> None:
    node = {"all": [{"field": "a", "equals": 1}, {"any": [{"field": "b", "equals": 2}, {"field": "c", "given": True}]}]}
    assert holds(node, {"a": 1, "c": 3})
    assert not holds(node, {"a": 1})
    assert fields_used(parse_condition(node, where="x")) == {"a", "b", "c"}


@pytest.mark.parametrize(
    "node",
    [
        {"field": "k"},
        {"field": "k", "equals": 1, "in": [1]},
        {"field": "k", "like": "a"},
        {"field": "k", "in": "a"},
        {"field": "k", "at_least": "1"},
        {"field": "k", "before": "tomorrow"},
        {"field": "k", "given": False},
        {"all": []},
        {"all": [{"field": "k", "given": True}], "field": "k"},
        {"equals": 1},
        "k == 1",
    ],
)
def test_anything_outside_the_vocabulary_is_refused_with_its_place(node: Any) -> None:
    with pytest.raises(FormError, match=r"form\.yaml"):
        parse_condition(node, where="form.yaml")
