"""Only what a case expects is compared, also inside tables; a wrong or missing entry still fails."""

from datetime import date
from fractions import Fraction

import pytest

from ansinh.law.cases import Case, is_same, run_case


@pytest.mark.parametrize(
    ("employer", "passes"),
    [
        ({"pension": 1_400_000}, True),
        ({"pension": 1_400_000, "tnld": 50_000}, True),
        ({}, False),
        ({"pension": 1_400_001}, False),
        ({"pension": 1_400_000, "sickness": 300_000}, False),
    ],
)
def test_a_case_may_expect_part_of_a_table(employer: dict[str, int], passes: bool) -> None:
    facts = {"salary": 10_000_000, "region": 1, "nationality": "VN"}
    case = Case("part", "contribution_compulsory", date(2026, 8, 1), facts, {"employer": employer}, Fraction(0))
    assert run_case(case).passed is passes


def test_a_month_is_the_same_key_of_a_table_in_each_form() -> None:
    """YAML reads the key 2026-07-01 as a date; results by period name the month."""
    assert is_same({date(2026, 7, 1): 5}, {"2026-07": 5})
    assert is_same({"2026-07": 5}, {"2026-07-01": 5, "2026-08-01": 6})
    assert not is_same({date(2026, 7, 15): 5}, {"2026-07": 5})
