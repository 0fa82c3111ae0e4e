"""The one entry: what it refuses, what it explains, what it leaves exact."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.benefits import BENEFITS
from ansinh.law.calculate import calculate
from ansinh.law.cases import Case, read_cases
from ansinh.law.errors import BadInput, FigureMissing, LawError, MissingInput, UnknownBenefit
from ansinh.law.outcome import Outcome

CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]
TODAY_OF_CASE = date(2026, 4, 1)
AMOUNTS_OF_THE_DAY = {
    "base_salary_lookup": 2_340_000,
    "tnld_death": 36 * 2_340_000,
    "social_pension_funeral": 20 * 500_000,
}


def test_an_unknown_benefit_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnknownBenefit, match="Chưa có quy tắc"):
        calculate("free_lunch", inputs={}, event_date=TODAY_OF_CASE)


@pytest.mark.parametrize("benefit", sorted(BENEFITS))
def test_a_missing_input_is_named(benefit: str) -> None:
    if benefit in AMOUNTS_OF_THE_DAY:
        assert calculate(benefit, inputs={}, event_date=TODAY_OF_CASE).amount == AMOUNTS_OF_THE_DAY[benefit]
        return
    if benefit in ("pension_start", "paternity_days", "voluntary_bounds"):
        assert calculate(benefit, inputs={}, event_date=TODAY_OF_CASE).amount is None
        return
    with pytest.raises(MissingInput) as refusal:
        calculate(benefit, inputs={}, event_date=TODAY_OF_CASE)
    assert str(refusal.value.facts["name"]) in refusal.value.message_vi


@pytest.mark.parametrize("value", [-1, "một", True, 1.5, [1]])
def test_an_unusable_input_is_named(value: object) -> None:
    with pytest.raises(BadInput, match="contribution_months"):
        calculate("bhxh_one_time", inputs={"contribution_months": value}, event_date=TODAY_OF_CASE)


def test_a_figure_before_its_first_value_is_an_error() -> None:
    with pytest.raises(FigureMissing, match="giá trị đầu tiên"):
        calculate(
            "pension_rate",
            inputs={"sex": "male", "contribution_months": 300},
            event_date=date(2006, 12, 1),
        )


def test_a_table_that_is_not_published_is_not_guessed() -> None:
    rows = [{"year": 2020, "salary": 5_000_000, "months": 12}]
    with pytest.raises(FigureMissing, match="Chưa công bố"):
        calculate("adjusted_average", inputs={"rows": rows}, event_date=date(2027, 1, 1))


@pytest.mark.parametrize(("year", "doubtful"), [(1995, True), (1996, False), (2017, True), (2018, False)])
def test_a_result_on_an_unconfirmed_figure_says_so(year: int, doubtful: bool) -> None:
    rows = [{"year": year, "salary": 1_000_000, "months": 12}]
    outcome = calculate("adjusted_average", inputs={"rows": rows}, event_date=TODAY_OF_CASE)
    assert bool(outcome.unconfirmed) is doubtful


@pytest.mark.parametrize("months", [179, 180, 181])
def test_a_rate_is_not_invented_for_too_few_years(months: int) -> None:
    facts = {"sex": "male", "contribution_months": months}
    with pytest.raises(LawError, match="Chưa đủ năm đóng"):
        calculate("pension_rate", inputs=facts, event_date=date(2025, 6, 1))
    if months == 179:
        with pytest.raises(LawError, match="Chưa đủ năm đóng"):
            calculate("pension_rate", inputs=facts, event_date=date(2025, 7, 1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_every_amount_is_explained_and_survives_json(case: Case) -> None:
    outcome = calculate(case.benefit, inputs=case.inputs, event_date=case.event_date)
    assert Outcome.from_json(outcome.to_json()) == outcome
    assert outcome.steps
    assert all(step.what_vi and step.what_en and step.article for step in outcome.steps)
    assert not any(set(step.arithmetic) & set("ăâđêôơưạảấầẩậắằặẹếềệịọốồộớờợụủứừựỳá") for step in outcome.steps)
    if outcome.amount is not None:
        assert outcome.amount in {step.amount for step in outcome.steps}


@pytest.mark.parametrize(
    ("more", "amount"),
    [
        ({}, 2_340_000),
        ({"floor_applies": False}, 1_650_000),
        ({"first_joined": "2025-06"}, 2_340_000),
        ({"first_joined": "2025-07"}, 1_650_000),
        ({"compulsory_months": 239, "voluntary_months": 1}, 1_650_000),
        ({"compulsory_months": 239, "voluntary_months": 1, "floor_applies": True}, 2_340_000),
        ({"part_time_commune_worker": True}, 1_650_000),
    ],
)
def test_a_pension_of_twenty_compulsory_years_has_a_floor(more: dict[str, object], amount: int) -> None:
    facts = {"sex": "female", "contribution_months": 240, "average_salary": 3_000_000, **more}
    assert calculate("pension_rate", inputs=facts, event_date=TODAY_OF_CASE).amount == amount


def test_voluntary_incomes_have_their_own_table() -> None:
    rows = [{"year": 2000, "salary": 1_000_000, "months": 12}]
    with pytest.raises(FigureMissing, match="2000"):
        calculate("adjusted_average", inputs={"rows": rows, "kind": "voluntary"}, event_date=TODAY_OF_CASE)


@pytest.mark.parametrize(
    ("benefit", "facts", "day"),
    [
        ("maternity_benefit", {"average": 9_000_000, "birth_order": 2}, date(2026, 2, 1)),
        ("paternity_days", {"children": 1}, date(2026, 7, 1)),
        ("pension_rate", {"sex": "male", "contribution_months": 456, "months_after_normal_age": 25}, TODAY_OF_CASE),
        (
            "pension_start",
            {"sex": "male", "birth": "1965-12-10", "disability_percent": 61},
            date(2017, 1, 1),
        ),
    ],
)
def test_an_open_question_is_told(benefit: str, facts: dict[str, object], day: date) -> None:
    assert calculate(benefit, inputs=facts, event_date=day).unconfirmed


def test_a_second_birth_whose_leave_ends_before_the_new_rule_leaves_no_doubt() -> None:
    facts = {"average": 9_000_000, "birth_order": 2}
    assert not calculate("maternity_benefit", inputs=facts, event_date=date(2026, 1, 1)).unconfirmed


@pytest.mark.parametrize(
    ("benefit", "facts"),
    [
        ("average_salary_state", {"rows": [{"coefficient": 3, "months": 10**30}]}),
        ("maternity_average", {"rows": [{"salary": 3, "months": 1201}]}),
        ("maternity_average", {"rows": [{"salary": 3, "months": 0}]}),
        ("pension_eligibility", {"sex": "male", "contribution_months": 240, "age_at_start_months": 99_999}),
        ("retirement_age", {"sex": "male", "birth": "9999-12"}),
        ("pension_eligibility", {"sex": "male", "birth": "1960", "contribution_months": 9, "voluntary_months": 10}),
    ],
)
def test_impossible_facts_are_refused_with_a_sentence(benefit: str, facts: dict[str, object]) -> None:
    with pytest.raises(LawError, match="Dữ liệu"):
        calculate(benefit, inputs=facts, event_date=TODAY_OF_CASE)


@given(st.integers(0, 700), st.integers(0, 700), st.integers(1, 99_999_999))
def test_one_more_month_never_lowers_the_one_time_benefit(before: int, after: int, average: int) -> None:
    def amount(extra: int) -> int:
        facts = {
            "contribution_months": 12 + before + after + extra,
            "months_before_2014": before,
            "average_salary": average,
        }
        found = calculate("bhxh_one_time", inputs=facts, event_date=TODAY_OF_CASE).amount
        assert found is not None
        return found

    assert amount(1) >= amount(0)


@given(
    st.sampled_from(["male", "female"]),
    st.integers(240, 700),
    st.dates(date(2022, 1, 1), date(2026, 11, 1)),
)
def test_a_rate_is_a_half_or_whole_percent_up_to_75(sex: str, months: int, start: date) -> None:
    facts = {"sex": sex, "contribution_months": months}
    rate = calculate("pension_rate", inputs=facts, event_date=start).values["rate_percent"]
    assert isinstance(rate, (int, float)) and 45 <= rate <= 75
    assert Fraction(rate) * 2 % 1 == 0
