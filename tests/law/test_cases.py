"""Every worked case of the files beside this one, one test a case."""

from pathlib import Path

import pytest

from ansinh.law.benefits import BENEFITS
from ansinh.law.cases import Case, is_counted, read_cases, run_case

FILES = sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml"))
CASES = [case for file in FILES for case in read_cases(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_a_worked_case(case: Case) -> None:
    verdict = run_case(case)
    assert verdict.passed, verdict.problems


def test_every_benefit_has_a_worked_case() -> None:
    assert {case.benefit for case in CASES} == set(BENEFITS)


def test_no_two_cases_share_a_name() -> None:
    names = [case.id for case in CASES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["days_amount", "month_amount", "amount", "by_years_amount"])
def test_money_of_days_and_months_is_money_and_has_a_tolerance(name: str) -> None:
    assert not is_counted(name)


@pytest.mark.parametrize("name", ["paid_days", "retirement_lump_months", "rate_percent", "annual_limit", "times_base"])
def test_counts_have_no_tolerance(name: str) -> None:
    assert is_counted(name)
