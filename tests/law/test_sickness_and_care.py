"""Sickness, recovery and health care: what is refused, what stays open, what never shrinks."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.law.benefits.leave_days import paid_days_in
from ansinh.law.calculate import calculate
from ansinh.law.errors import BadInput, LawError, MissingInput

TODAY_OF_CASE = date(2026, 8, 3)


def outcome_of(benefit: str, day: date = TODAY_OF_CASE, /, **facts: object) -> Any:
    return calculate(benefit, inputs=facts, event_date=day)


@pytest.mark.parametrize("day", [date(2025, 7, 1), date(2026, 8, 3)])
def test_direct_reimbursement_after_decree_188_is_not_guessed(day: date) -> None:
    with pytest.raises(LawError, match="188/2025"):
        outcome_of("bhyt_direct_reimbursement", day, care="inpatient_district", total_cost=1, level_percent=80)


def test_care_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadInput, match="care"):
        outcome_of("bhyt_direct_reimbursement", date(2025, 6, 30), care="spa", total_cost=1, level_percent=80)


@pytest.mark.parametrize(("percent", "open_question"), [(100, False), (95, False), (80, False), (60, True)])
def test_a_percentage_of_no_group_is_shown_as_open(percent: int, open_question: bool) -> None:
    found = outcome_of("bhyt_payment", date(2024, 8, 1), total_cost=10_000_000, level_percent=percent)
    assert bool(found.unconfirmed) is open_question


def test_a_percentage_over_the_whole_is_refused() -> None:
    with pytest.raises(BadInput, match="level_percent"):
        outcome_of("bhyt_payment", total_cost=1_000_000, level_percent=101)


@pytest.mark.parametrize(("day", "open_question"), [(date(2025, 8, 3), False), (date(2026, 8, 3), True)])
def test_six_months_in_a_year_of_two_levels_are_shown_as_open(day: date, open_question: bool) -> None:
    facts = {"total_cost": 10_000_000, "level_percent": 80, "five_continuous_years": True}
    found = outcome_of("bhyt_payment", day, **facts, copaid_year_to_date=1_000_000)
    assert bool(found.unconfirmed) is open_question


def test_more_cannot_be_shared_before_the_change_than_in_the_year() -> None:
    facts = {"total_cost": 10_000_000, "level_percent": 80, "five_continuous_years": True}
    with pytest.raises(BadInput, match="copaid_before_change"):
        outcome_of("bhyt_payment", **facts, copaid_before_change=1, level_before_change=2_340_000)


@settings(deadline=None)
@given(st.integers(0, 200_000_000), st.sampled_from([80, 95, 100]), st.booleans(), st.integers(0, 20_000_000))
def test_fund_and_patient_share_the_whole_cost(cost: int, percent: int, five: bool, shared: int) -> None:
    facts: dict[str, object] = {"total_cost": cost, "level_percent": percent, "five_continuous_years": five}
    found = outcome_of("bhyt_payment", **facts, copaid_year_to_date=shared)
    assert found.values["fund_pays"] + found.values["patient_pays"] == cost
    assert found.values["patient_pays"] >= 0


@pytest.mark.parametrize(("day", "days"), [(date(2025, 6, 30), 2.5), (date(2026, 3, 1), 2.3)])
def test_a_part_of_a_day_counts_only_as_a_half_and_only_under_law_41(day: date, days: float) -> None:
    with pytest.raises(BadInput, match="days"):
        outcome_of("sickness_amount", day, salary=12_000_000, days=days)


@pytest.mark.parametrize("part", [0, 1, 1.5])
def test_a_part_of_a_day_is_less_than_a_day(part: float) -> None:
    with pytest.raises(BadInput, match="part_days"):
        outcome_of("sickness_amount", salary=12_000_000, part_days=[part])


def test_parts_of_days_have_no_rule_under_law_58() -> None:
    with pytest.raises(BadInput, match="part_days"):
        outcome_of("sickness_amount", date(2025, 6, 30), salary=12_000_000, part_days=[0.5])


def test_a_third_month_needs_the_wage_of_the_month_before() -> None:
    with pytest.raises(MissingInput, match="previous_month_salary"):
        outcome_of("sickness_base", first_month_salary=5_000_000, joined="2026-06-01")


def test_leave_before_joining_is_refused() -> None:
    with pytest.raises(BadInput, match="joined"):
        outcome_of("sickness_base", first_month_salary=5_000_000, joined="2026-09-01")


def test_a_long_illness_is_not_split_into_months_under_law_41() -> None:
    leave = {"leave_from": "2025-07-01", "leave_to": "2025-09-30"}
    with pytest.raises(LawError, match="chia 24"):
        outcome_of("sickness_long_split", date(2025, 7, 1), **leave)
    assert outcome_of("sickness_long_split", date(2025, 6, 30), **leave).values["full_months"] == 3


@pytest.mark.parametrize("end", ["2026-03-01", "2032-03-01"])
def test_leave_ends_after_it_begins_and_within_five_years(end: str) -> None:
    with pytest.raises(BadInput, match="leave_to"):
        outcome_of("sickness_days", leave_from="2026-03-02", leave_to=end)


@pytest.mark.parametrize("rest", ["chủ nhật", ["funday"]])
def test_a_weekday_nobody_knows_is_refused(rest: object) -> None:
    with pytest.raises(BadInput, match="weekly_rest"):
        outcome_of("sickness_days", leave_from="2026-03-02", leave_to="2026-03-09", weekly_rest=rest)


@pytest.mark.parametrize(
    ("rest", "days"), [("sunday", 6), (["saturday", "sunday"], 5), ("none", 7), ([], 7), (["2026-03-04"], 6)]
)
def test_weekly_rest_is_weekdays_or_dates(rest: object, days: int) -> None:
    found = outcome_of("sickness_days", leave_from="2026-03-02", leave_to="2026-03-08", weekly_rest=rest or "none")
    assert found.values["paid_days"] == days


def test_days_off_of_a_coming_year_are_shown_as_open() -> None:
    assert outcome_of("sickness_days", leave_from="2027-02-01", leave_to="2027-02-12").unconfirmed
    assert not outcome_of("sickness_days", leave_from="2026-03-02", leave_to="2026-03-06").unconfirmed


@pytest.mark.parametrize("facts", [{"children": 0}, {"children": 9}, {"children": 2, "children_ages": [1]}])
def test_children_and_their_ages_belong_together(facts: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="children"):
        outcome_of("child_sickness_days", leave_spans=[["2026-03-02", "2026-03-06"]], **facts)


@pytest.mark.parametrize("spans", [[["2026-03-02"]], [3], [["2026-03-06", "2026-03-02"]]])
def test_spans_of_leave_are_pairs_of_days(spans: list[object]) -> None:
    with pytest.raises(BadInput, match="leave_spans"):
        outcome_of("child_sickness_days", leave_spans=spans)


@given(st.dates(date(2016, 1, 1), date(2026, 6, 1)), st.integers(0, 120))
def test_one_more_day_of_leave_is_at_most_one_more_paid_day(first: date, length: int) -> None:
    def paid(days: int) -> set[date]:
        return paid_days_in(first, first + timedelta(days=days), is_rest=lambda day: day.weekday() == 6)

    assert paid(length) <= paid(length + 1)
    assert len(paid(length + 1)) - len(paid(length)) <= 1
