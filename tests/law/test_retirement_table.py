"""The first annex of decree 135/2020: months of birth, normal ages and first pension months."""

from datetime import date

import pytest

from ansinh.law.calculate import calculate

MEN = [
    ("1960-12", 720, "2021-01"), ("1961-01", 723, "2021-05"), ("1961-09", 723, "2022-01"),
    ("1961-10", 726, "2022-05"), ("1962-06", 726, "2023-01"), ("1962-07", 729, "2023-05"),
    ("1963-03", 729, "2024-01"), ("1963-04", 732, "2024-05"), ("1963-12", 732, "2025-01"),
    ("1964-01", 735, "2025-05"), ("1964-09", 735, "2026-01"), ("1964-10", 738, "2026-05"),
    ("1965-06", 738, "2027-01"), ("1965-07", 741, "2027-05"), ("1966-03", 741, "2028-01"),
    ("1966-04", 744, "2028-05"),
]  # fmt: skip
WOMEN = [
    ("1965-12", 660, "2021-01"), ("1966-01", 664, "2021-06"), ("1966-08", 664, "2022-01"),
    ("1966-09", 668, "2022-06"), ("1967-04", 668, "2023-01"), ("1967-05", 672, "2023-06"),
    ("1968-01", 676, "2024-06"), ("1968-09", 680, "2025-06"), ("1969-04", 680, "2026-01"),
    ("1969-05", 684, "2026-06"), ("1970-01", 688, "2027-06"), ("1975-04", 716, "2035-01"),
    ("1975-05", 720, "2035-06"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sex", "birth", "age", "start"),
    [("male", *row) for row in MEN] + [("female", *row) for row in WOMEN],
)
def test_a_row_of_the_annex(sex: str, birth: str, age: int, start: str) -> None:
    outcome = calculate(
        "retirement_age",
        inputs={"sex": sex, "birth": birth},
        event_date=date.fromisoformat(f"{start}-01"),
    )
    assert outcome.values["normal_age_months"] == age
    assert outcome.values["pension_start"] == f"{start}-01"
