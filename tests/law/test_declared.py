"""The declared inputs are those the rules read and the worked cases give."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from ansinh.law.benefits import BENEFITS
from ansinh.law.calculate import calculate
from ansinh.law.cases import Case, read_cases
from ansinh.law.declared import Declaration, declaration, declarations, faults
from ansinh.law.errors import LawError, MissingInput, UnknownBenefit
from ansinh.law.quantities import exact
from ansinh.law.working import Inputs, Working

CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]


class Watched(dict[str, object]):
    """Facts that remember which of them were asked for."""

    def __init__(self, facts: Any) -> None:
        super().__init__(facts)
        self.asked: set[str] = set()

    def get(self, name: Any, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> object:
        self.asked.add(name)
        return super().__getitem__(name)


def test_every_benefit_is_declared_and_nothing_else() -> None:
    assert declarations().keys() == BENEFITS.keys()
    for one in declarations().values():
        assert one.name_vi and one.name_en
        for given in one.inputs:
            assert given.label_vi and given.label_en
            assert (given.kind == "table") == bool(given.columns), (one.benefit, given.name)
            assert (given.kind == "choice") == bool(given.choices) or not given.choices


def test_another_benefit_is_unknown() -> None:
    with pytest.raises(UnknownBenefit):
        declaration("free_lunch")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_a_rule_reads_declared_inputs_only(case: Case) -> None:
    watched = Watched(case.inputs)
    with suppress(LawError):
        BENEFITS[case.benefit](Working(watched, case.event_date))
    known = {one.name for one in declaration(case.benefit).inputs}
    assert watched.asked <= known


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_the_inputs_of_a_worked_case_have_their_form(case: Case) -> None:
    assert [path for path, _ in faults(declaration(case.benefit), case.inputs) if not _is_refused(case)] == []


def _is_refused(case: Case) -> bool:
    """A case whose expectation is a refusal gives something wrong on purpose."""
    try:
        calculate(case.benefit, inputs=case.inputs, event_date=case.event_date)
    except LawError:
        return True
    return False


@pytest.mark.parametrize("one", declarations().values(), ids=lambda one: one.benefit)
def test_without_a_required_input_the_law_names_it(one: Declaration) -> None:
    for needed in (given.name for given in one.inputs if given.required):
        for case in (case for case in CASES if case.benefit == one.benefit and not _is_refused(case)):
            less = {name: value for name, value in case.inputs.items() if name != needed}
            with pytest.raises(MissingInput) as refusal:
                calculate(one.benefit, inputs=less, event_date=case.event_date)
            assert refusal.value.facts["name"] == needed


@pytest.mark.parametrize(
    ("inputs", "paths"),
    [
        ({"sex": "female", "contribution_months": 180}, []),
        ({"sex": "woman", "contribution_months": -1, "luck": 7}, ["sex", "contribution_months", "luck"]),
        ({"contribution_months": exact("180.5")}, ["contribution_months"]),
        ({"contribution_months": 1201}, ["contribution_months"]),
        ({"contribution_months": True}, ["contribution_months"]),
        ({"average_salary": 10**14, "part_time_commune_worker": "yes"}, ["average_salary", "part_time_commune_worker"]),
        ({"birth": "1970-13", "start": "9999-01-01"}, ["birth", "start"]),
        ({"birth": "1970", "start": "2026-01", "sex": None}, []),
    ],
)
def test_wrong_forms_are_named(inputs: dict[str, object], paths: list[str]) -> None:
    assert [path for path, _ in faults(declaration("pension_rate"), inputs)] == paths


def test_a_cell_is_named_with_its_row() -> None:
    rows = [{"salary": 1, "months": 1, "year": 2020}, {"salary": "x", "month": 1}]
    found = dict(faults(declaration("adjusted_average"), {"rows": rows}))
    assert {path: fault.code for path, fault in found.items()} == {
        "rows[1].salary": "bad-input",
        "rows[1].month": "unknown-input",
    }
    assert [path for path, _ in faults(declaration("adjusted_average"), {"rows": [1]})] == ["rows"]
    assert [path for path, _ in faults(declaration("adjusted_average"), {"rows": [{}] * 1201})] == ["rows"]


def test_inputs_class_reads_through_get() -> None:
    """The watching above sees what a rule asks for."""
    watched = Watched({"a": 1})
    assert Inputs(watched).has("a") and not Inputs(watched).has("b")
    assert watched.asked == {"a", "b"}
