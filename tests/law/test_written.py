"""What people write for an input is read where it can mean one thing, and named where it cannot."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ansinh.law.calculate import calculate
from ansinh.law.cases import Case, read_cases, run_case
from ansinh.law.checked import InputsRefused, calculate_checked
from ansinh.law.declared import declaration, declarations
from ansinh.law.errors import BadInput
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.written import as_declared

LAW = Path(__file__).parents[2] / "ansinh/law"
CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]
ON = date(2026, 7, 1)


def read(benefit: str, **inputs: Any) -> dict[str, object]:
    return as_declared(declaration(benefit), inputs)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("5.000.000", 5_000_000), ("5,000,000", 5_000_000), ("5 000 000 đ", 5_000_000), ("5.000.000 đồng", 5_000_000),
        ("500.000", 500_000), ("5000000 VND", 5_000_000), ("1.234.567,5", Fraction(2_469_135, 2)), (7, 7),
        ("6883333.333", Fraction("6883333.333")), ("20650000/3", Fraction(20_650_000, 3)),
    ],
)  # fmt: skip
def test_amounts_are_read_with_their_thousands(written: Any, amount: Any) -> None:
    inputs = {"contribution_months": 12, "months_before_2014": 0, "average_salary": written}
    exactly = {**inputs, "average_salary": amount}
    assert calculate("bhxh_one_time", inputs=inputs, event_date=ON) == calculate(
        "bhxh_one_time", inputs=exactly, event_date=ON
    )


@pytest.mark.parametrize(
    ("written", "wanted"), [("3,46", Fraction("3.46")), ("3.466", Fraction("3.466")), ("0,3%", Fraction("0.3"))]
)
def test_decimals_are_read_with_a_comma_and_never_lose_their_point(written: str, wanted: Fraction) -> None:
    inputs = {"rows": [{"coefficient": written, "months": 10}]}
    exactly = {"rows": [{"coefficient": wanted, "months": 10}]}
    on = date(2019, 12, 1)
    assert calculate("regional_allowance", inputs=inputs, event_date=on) == calculate(
        "regional_allowance", inputs=exactly, event_date=on
    )


@pytest.mark.parametrize(
    ("benefit", "name", "written", "wanted"),
    [
        ("social_pension", "poor_household", "có", True), ("social_pension", "poor_household", "No", False),
        ("social_pension", "other_pension", 0, False), ("social_pension", "poor_household", "maybe", "maybe"),
        ("contribution_compulsory", "nationality", "FOREIGN", "foreign"),
        ("contribution_compulsory", "nationality", "nước ngoài", "foreign"),
        ("contribution_compulsory", "nationality", "Việt Nam", "VN"),
        ("contribution_compulsory", "nationality", "Lào", "Lào"),
        ("contribution_compulsory", "region", "II", 2), ("contribution_compulsory", "region", "Vùng 3", 3),
        ("pension_rate", "sex", "Nữ", "female"), ("pension_rate", "sex", "M", "male"),
        ("survivor_monthly", "relative", "vợ", "spouse"),
        ("survivor_monthly", "relative", "father-in-law", "father_in_law"),
        ("sickness_days", "leave_from", "03/02/2026", "2026-02-03"), ("retirement_age", "birth", "7/1970", "1970-07"),
        ("retirement_age", "birth", "1970", "1970"), ("survivor_end", "child_births", ["1/9/2015"], ["2015-09-01"]),
        ("average_window", "state_periods", [["01/1995", "12/2000"]], [["1995-01", "2000-12"]]),
    ],
)  # fmt: skip
def test_words_and_days_are_read(benefit: str, name: str, written: Any, wanted: Any) -> None:
    (found,) = read(benefit, **{name: written}).values()
    assert (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("benefit", "written", "name"),
    [
        ("late_payment_interest", "amount", "late_amount"), ("late_payment_interest", "late_days", "days"),
        ("late_payment_interest", "from_date", "late_from"), ("sickness_days", "from_date", "leave_from"),
        ("contribution_compulsory", "wage", "salary"), ("pension_rate", "Gender", "sex"),
        ("pension_rate", "average_wage", "average_salary"), ("social_pension", "age", "age_years"),
        ("recovery_amount", "level", "reference_level"), ("contribution_household_owner", "income", "declared_base"),
        ("emigration_lump", "amount", "amount"), ("funeral", "months", "months"),
    ],
)  # fmt: skip
def test_other_names_are_read_where_they_mean_one_input(benefit: str, written: str, name: str) -> None:
    assert list(read(benefit, **{written: 1})) == [name]


def test_a_name_never_takes_the_place_of_the_input_that_is_given() -> None:
    assert read("social_pension", age_years=75, age=60) == {"age_years": 75, "age": 60}
    assert read("social_pension", age=60, age_years=75) == {"age": 60, "age_years": 75}


def test_daily_interest_in_other_words() -> None:
    inputs = {"amount": "100.000.000", "from_date": "01/08/2025", "to_date": "30/08/2025"}
    outcome = calculate("late_payment_interest", inputs=inputs, event_date=date(2025, 8, 30))
    assert outcome.values["interest"] == 900_000  # 100,000,000 x 0.03% x 30
    given = calculate(
        "late_payment_interest",
        inputs={"late_amount": 100_000_000, "late_days": 30, "rate_percent_day": Fraction("0.03")},
        event_date=date(2025, 8, 30),
    )
    assert given.amount == 900_000


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_what_is_written_as_declared_stays_as_it_is(case: Case) -> None:
    assert as_declared(declaration(case.benefit), case.inputs) == dict(case.inputs)


def test_the_table_names_inputs_and_choices_that_exist() -> None:
    table = read_yaml(LAW.joinpath("written.yaml").read_text("utf-8"))
    inputs = [one for each in declarations().values() for given in each.inputs for one in (given, *given.columns)]
    assert table["names"].keys() <= {one.name for one in inputs}
    for name, words in table["words"].items():
        assert words.keys() <= {choice for one in inputs if one.name == name for choice in one.choices}
        every = [word for also in words.values() for word in also]
        assert len(every) == len(set(every)) and all(word == word.casefold() for word in every)


def test_a_word_that_is_not_taken_is_answered_with_those_that_are() -> None:
    with pytest.raises(BadInput, match=r"Giá trị nhận: VN, foreign\."):
        calculate("contribution_compulsory", inputs={"nationality": "Lào"}, event_date=ON)
    with pytest.raises(InputsRefused) as refused:
        calculate_checked("social_pension", inputs={"age_years": 75, "luck": 1}, event_date=ON)
    ((path, fault),) = refused.value.faults
    assert path == "luck" and "Dữ liệu nhận: age_years, other_pension" in fault.message_vi


def case_of(**expected: Any) -> Case:
    inputs = {"age_years": 75, "note": "xa"}
    return Case("one", "social_pension", ON, inputs=inputs, expected=expected, tolerance=Fraction(0))


def test_a_case_may_say_more_than_is_asked_and_hears_of_it_when_it_fails() -> None:
    assert run_case(case_of(amount=540_000)).passed
    failed = run_case(case_of(amount=1))
    assert not failed.passed and "“note”" in failed.problems[-1]


def test_expected_amounts_may_have_their_dots() -> None:
    assert run_case(case_of(amount="540.000.000")).passed is False
    million = Case("m", "tnld_death", ON, {}, {"lump": "91.080.000"}, Fraction(0))
    assert run_case(million).passed
