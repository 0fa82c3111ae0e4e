"""Every result of every calculation is declared with its meaning, and nothing is declared that no case has shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansinh.law.benefits import BENEFITS
from ansinh.law.calculate import calculate
from ansinh.law.cases import Case, read_cases
from ansinh.law.errors import UnknownBenefit
from ansinh.law.outcome import Outcome
from ansinh.law.results import AMOUNT, results

CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]
NUMBERS = {"dong", "days", "months", "years", "year", "times", "percent"}
FORMS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(NUMBERS, (int, float)),
    **dict.fromkeys(("list", "period", "periods"), (list,)),
    "dong": (int,), "flag": (bool,), "day": (str,), "month": (str,), "table": (dict,), "text": (str, int),
}  # fmt: skip


def run(case: Case) -> Outcome:
    return calculate(case.benefit, inputs=case.inputs, event_date=case.event_date)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_every_result_is_declared_and_of_its_kind(case: Case) -> None:
    declared = {one.name: one for one in results(case.benefit)}
    outcome = run(case)
    assert outcome.amount is None or AMOUNT in declared
    for name, value in outcome.values.items():
        kind = declared[name].kind
        assert value is None or isinstance(value, FORMS[kind]), (name, kind, value)
        assert isinstance(value, bool) is (kind == "flag") or value is None


@pytest.mark.parametrize("benefit", sorted(BENEFITS))
def test_every_declared_result_is_given_by_some_case(benefit: str) -> None:
    given: set[str] = set()
    for case in CASES:
        if case.benefit == benefit:
            outcome = run(case)
            given |= set(outcome.values) | ({AMOUNT} if outcome.amount is not None else set())
    assert given == {one.name for one in results(benefit)}
    assert all(one.label_vi and one.label_en for one in results(benefit))


def test_another_benefit_has_no_results() -> None:
    with pytest.raises(UnknownBenefit):
        results("free_lunch")
