"""Where a case allows a đồng, the docs say which figure is exact, which is printed and why; only one case uses it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ansinh.law.cases import Case, read_cases, run_case

CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]
PAGE = (Path(__file__).parents[2] / "docs/law-doubts.md").read_text("utf-8")
TABLE = PAGE.partition("## Rounding: printed and exact figures")[2]
ROWS = {
    row[0].strip(): [cell.strip() for cell in row[1:]]
    for row in (line.strip("|").split("|") for line in TABLE.splitlines() if re.match(r"\| [a-z]+-", line))
}
TOLERANT = [case for case in CASES if case.tolerance]
CUT_OFF_IN_PRINT = {"printed-tl-7"}


def number(written: str) -> Fraction:
    return Fraction(written.replace(",", "").rstrip("…"))


def test_the_table_has_every_case_with_a_tolerance_and_no_other() -> None:
    assert ROWS.keys() == {case.id for case in TOLERANT}
    assert all(len(row) == 4 and row[-1] for row in ROWS.values())


@pytest.mark.parametrize("case", TOLERANT, ids=lambda case: case.id)
def test_only_a_figure_cut_off_in_print_needs_its_dong(case: Case) -> None:
    assert run_case(case).passed
    assert run_case(replace(case, tolerance=Fraction(0))).passed is (case.id not in CUT_OFF_IN_PRINT)


@pytest.mark.parametrize("case", TOLERANT, ids=lambda case: case.id)
def test_printed_and_exact_are_those_of_the_case(case: Case) -> None:
    _, exact, printed, _ = ROWS[case.id]
    assert number(printed) in {Fraction(str(wanted)) for wanted in case.expected.values()}
    assert abs(number(exact) - number(printed)) < case.tolerance
    computed = run_case(case).got.values()
    assert int(number(exact) + Fraction(1, 2)) in computed
