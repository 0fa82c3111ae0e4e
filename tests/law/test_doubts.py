"""Doubts are shown: every one the rules can say stands in the docs, and results say it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ansinh.law
from ansinh.law.calculate import calculate
from ansinh.law.errors import LawError
from ansinh.law.figures import Figure, figure_names, history
from ansinh.law.working import Working

PAGE = " ".join((Path(__file__).parents[2] / "docs/law-doubts.md").read_text("utf-8").split())
LAW = Path(ansinh.law.__file__).parent
DOUBTFUL = [one for name in figure_names() for one in history(name) if not one.is_confirmed]


def sentences() -> Iterator[str]:
    """The fixed words of every doubt in the rules."""
    for source in sorted([*LAW.joinpath("benefits").glob("*.py"), *LAW.joinpath("contributions").glob("*.py")]):
        tree = ast.parse(source.read_text("utf-8"))
        constants = {
            target.id: node.value
            for node in tree.body if isinstance(node, ast.Assign)
            for target in node.targets if isinstance(target, ast.Name)
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "doubt":
                said = node.args[0]
                yield from _words(constants.get(said.id, said) if isinstance(said, ast.Name) else said)


def _words(said: ast.expr) -> list[str]:
    """A constant, or the longest fixed part of a sentence with places."""
    if isinstance(said, ast.JoinedStr):
        parts = [str(one.value).strip() for one in said.values if isinstance(one, ast.Constant)]
        return [max(parts, key=len).lstrip("% ")]
    return [str(said.value)] if isinstance(said, ast.Constant) else []


@pytest.mark.parametrize("words", list(dict.fromkeys(sentences())))
def test_every_doubt_of_the_rules_stands_in_the_docs(words: str) -> None:
    assert words.removeprefix("năm đóng").strip() in PAGE


@pytest.mark.parametrize("one", DOUBTFUL, ids=lambda one: f"{one.name}-{one.valid_from}")
def test_a_figure_not_confirmed_is_named_by_what_is_built_on_it(one: Figure) -> None:
    sheet = Working({}, one.valid_from)
    assert sheet.figure(one.name) == one
    assert sheet.outcome(None).unconfirmed == (f"{one.label_vi} (từ ngày {one.valid_from:%d/%m/%Y})",)


@pytest.mark.parametrize(
    ("benefit", "day", "inputs", "words"),
    [
        ("maternity_benefit", "2026-07-01", {"average": 1, "children": 2, "birth_order": 2}, "sinh đôi"),
        ("maternity_benefit", "2026-03-01", {"average": 1, "children": 1, "birth_order": 2}, "kéo dài qua"),
        ("maternity_benefit", "2026-07-01", {"average": 1, "children": 1}, "sinh con thứ mấy"),
        ("tnld", "2026-07-01", {"disability_percent": 10, "earlier_disability_percents": [20], "fund_years": 2,
                                "salary": 1}, "Nhiều lần bị tai nạn"),
        ("bhyt_payment", "2026-08-01", {"total_cost": 10**7, "level_percent": 70}, "không thuộc các mức"),
        ("bhyt_payment", "2026-08-01", {"total_cost": 10**7, "level_percent": 80, "wrong_place": True}, "đúng tuyến"),
        ("pension_indexation", "2026-07-01", {"pension": 2_000_000}, "trước năm 1995"),
        ("voluntary_support", "2026-01-01", {"support_percent": 30}, "Chuẩn hộ nghèo"),
        ("adjusted_average", "2026-03-01", {"rows": [{"year": 2017, "salary": 1, "months": 1}]}, "năm đóng 2017"),
        ("child_death_leave", "2026-03-01", {"average": 1, "birth": "2026-03-01", "child_death": "2026-03-05",
                                             "birth_order": 1}, "rút ngắn thời gian nghỉ"),
        ("pension_rate", "2015-06-01", {"sex": "male", "contribution_months": 300, "early_months": 30,
                                        "average_salary": 1}, "Luật 71/2006"),
        ("teacher_allowance_52_2013", "2026-03-01", {"retired_on": "2005-09-01", "pension": 4_000_000,
                                                      "seniority_years": 30}, "không chia đôi"),
        ("retirement_lump", "2026-03-01", {"sex": "male", "contribution_months": 445, "average_salary": 1,
                                           "months_after_normal_age": 5}, "chia tháng lẻ"),
    ],
)  # fmt: skip
def test_a_result_says_its_doubt(benefit: str, day: str, inputs: dict[str, Any], words: str) -> None:
    outcome = calculate(benefit, inputs=inputs, event_date=date.fromisoformat(day))
    assert any(words in one for one in outcome.unconfirmed), outcome.unconfirmed
    assert outcome.amount is not None


@pytest.mark.parametrize(
    ("benefit", "day", "inputs"),
    [
        ("tnld", "2026-07-01", {"disability_percent": 10, "relapse": True, "fund_years": 2, "salary": 1}),
        ("tnld", "2026-07-01", {"disability_percent": 10, "fund_years": "2.5", "salary": 1}),
        ("bhyt_direct_reimbursement", "2025-07-01", {"care": "inpatient_district", "total_cost": 1,
                                                     "level_percent": 80}),
        ("commune_waiting_09_1998", "2026-07-01", {"sex": "male", "birth": "1970-01", "average_living_allowance": 1}),
    ],
)  # fmt: skip
def test_without_a_known_formula_there_is_no_amount(benefit: str, day: str, inputs: dict[str, Any]) -> None:
    with pytest.raises(LawError) as refusal:
        calculate(benefit, inputs=inputs, event_date=date.fromisoformat(day))
    assert refusal.value.code == "rule-not-known"
    assert re.search(r"nhập số|Hãy nhập", refusal.value.message_vi)
