"""Contributions: what is refused, what is unconfirmed, and that more is never less."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.law.calculate import calculate
from ansinh.law.declared import declarations
from ansinh.law.errors import BadInput, FigureMissing, LawError, MissingInput

TODAY_OF_CASE = date(2026, 8, 1)
WORKER: dict[str, object] = {"salary": 10_000_000, "region": 1, "nationality": "VN"}


def outcome_of(benefit: str, day: date = TODAY_OF_CASE, /, **facts: object) -> Any:
    return calculate(benefit, inputs=facts, event_date=day)


@pytest.mark.parametrize("region", [0, 5, "V", "một"])
def test_a_region_that_does_not_exist_is_refused(region: object) -> None:
    with pytest.raises(BadInput, match="region"):
        outcome_of("contribution_compulsory", **{**WORKER, "region": region})


@pytest.mark.parametrize("region", [1, "1", "I"])
def test_a_region_is_read_as_a_number_or_as_it_is_printed(region: object) -> None:
    found = outcome_of("contribution_compulsory", **{**WORKER, "salary": 200_000_000, "region": region})
    assert found.values["bhtn_base"] == 106_200_000


def test_unemployment_insurance_needs_the_region() -> None:
    with pytest.raises(MissingInput, match="region"):
        outcome_of("contribution_compulsory", salary=10_000_000, nationality="VN")


def test_a_foreigner_before_december_2018_pays_health_insurance_only_and_the_source_is_open() -> None:
    facts = {**WORKER, "nationality": "foreign"}
    before, since = (outcome_of("contribution_compulsory", date(2018, month, 1), **facts) for month in (11, 12))
    assert before.amount == 450_000 < since.amount
    assert len(before.unconfirmed) == len(since.unconfirmed) + 4


@pytest.mark.parametrize("facts", [{"trained": True}, {"condition": "hazardous"}])
def test_a_raised_floor_is_shown_as_unconfirmed(facts: dict[str, object]) -> None:
    plain, raised = (outcome_of("contribution_compulsory", date(2021, 1, 1), **WORKER, **more) for more in ({}, facts))
    assert any("tăng thêm của sàn" in doubt for doubt in raised.unconfirmed)
    assert not any("tăng thêm của sàn" in doubt for doubt in plain.unconfirmed)


def test_every_voluntary_payment_knows_the_same_supported_groups() -> None:
    groups = {
        name: found.choices
        for name, declared in declarations().items()
        if name.startswith("voluntary_") and (found := declared.input("support_group"))
    }
    assert len(groups) == 5
    assert set(groups.values()) == {("poor", "near_poor", "ethnic_minority", "other")}


def test_foreign_money_has_a_rule_only_from_july_2025() -> None:
    facts = {"foreign_salary": 1000, "bank_rates": [26_000], "region": 1, "nationality": "VN"}
    with pytest.raises(BadInput, match="foreign_salary"):
        outcome_of("contribution_compulsory", date(2025, 6, 30), **facts)
    with pytest.raises(MissingInput, match="bank_rates"):
        outcome_of("contribution_compulsory", foreign_salary=1000, region=1, nationality="VN")


def test_the_covid_months_are_shown_as_unconfirmed() -> None:
    assert outcome_of("contribution_compulsory", date(2021, 11, 1), **WORKER).unconfirmed


def test_a_disabled_person_hired_before_2026_is_shown_as_open() -> None:
    spared = outcome_of("contribution_compulsory", **WORKER, disabled_hired_month="2026-01")
    open_question = outcome_of("contribution_compulsory", **WORKER, disabled_hired_month="2025-12")
    told = set(open_question.unconfirmed) - set(spared.unconfirmed)
    assert [doubt for doubt in told if "khuyết tật" in doubt]


def test_leave_of_two_kinds_that_adds_up_is_shown_as_open() -> None:
    both = outcome_of("contribution_month_excluded", sick_days_in_month=[7], unpaid_days_in_month=7)
    assert (both.values["counted"], bool(both.unconfirmed)) == (True, True)
    assert not outcome_of("contribution_month_excluded", sick_days_in_month=[7], unpaid_days_in_month=6).unconfirmed


@pytest.mark.parametrize("spells", [["một"], [-1], [None]])
def test_days_of_leave_are_numbers(spells: list[object]) -> None:
    with pytest.raises(BadInput, match="sick_days_in_month"):
        outcome_of("contribution_month_excluded", sick_days_in_month=spells)


def test_a_base_chosen_eleven_months_ago_may_not_change() -> None:
    early = outcome_of("contribution_household_owner", declared_base=3_000_000, months_since_choice=11)
    in_time = outcome_of("contribution_household_owner", declared_base=3_000_000, months_since_choice=12)
    assert (early.grounds[0].met, in_time.grounds[0].met) == (False, True)


def test_a_household_owner_has_no_duty_before_law_41() -> None:
    with pytest.raises(FigureMissing, match="01/07/2025"):
        outcome_of("contribution_household_owner", date(2025, 6, 30), declared_base=3_000_000)


@pytest.mark.parametrize(("income", "fits"), [(1_499_999, False), (1_500_000, True), (50_600_000, True)])
def test_a_chosen_income_lies_between_the_poverty_line_and_twenty_levels(income: int, fits: bool) -> None:
    if fits:
        assert outcome_of("voluntary_contribution", income=income, months=1).amount
        return
    with pytest.raises(LawError, match=r"từ 1\.500\.000 đến 50\.600\.000"):
        outcome_of("voluntary_contribution", income=income, months=1)


def test_an_income_over_twenty_levels_is_refused() -> None:
    with pytest.raises(LawError, match=r"50\.600\.000"):
        outcome_of("voluntary_contribution", income=50_600_001, months=1)


def test_an_income_off_the_steps_and_a_period_nobody_offers_are_shown() -> None:
    found = outcome_of("voluntary_contribution", income=1_520_000, months=5)
    assert [ground.met for ground in found.grounds] == [False, False]
    assert all(ground.met for ground in outcome_of("voluntary_contribution", income=1_550_000, months=6).grounds)


def test_a_share_of_support_over_the_whole_is_refused() -> None:
    with pytest.raises(BadInput, match="support_percent"):
        outcome_of("voluntary_support", support_percent=101)


def test_an_ethnic_minority_has_its_own_support_only_from_july_2025() -> None:
    with pytest.raises(BadInput, match="support_group"):
        outcome_of("voluntary_support", date(2025, 6, 30), support_group="ethnic_minority")


@pytest.mark.parametrize("years", [1, 6])
def test_years_ahead_are_two_to_five(years: int) -> None:
    with pytest.raises(BadInput, match="years"):
        outcome_of("voluntary_prepay", income=1_500_000, years=years)


@pytest.mark.parametrize(("day", "months"), [(date(2025, 6, 30), 121), (date(2025, 7, 1), 61)])
def test_too_many_missing_months_are_refused(day: date, months: int) -> None:
    with pytest.raises(BadInput, match="months"):
        outcome_of("voluntary_arrears", day, income=1_500_000, months=months, rate_percent_month=0)


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_return_of_the_fund_not_published_is_asked_for(year: int) -> None:
    with pytest.raises(LawError, match=r"lãi suất|giá trị đầu tiên"):
        outcome_of("voluntary_arrears", date(year, 9, 1), income=1_500_000, months=1)


def test_more_months_cannot_be_given_back_than_were_prepaid() -> None:
    with pytest.raises(BadInput, match="remaining_months"):
        outcome_of("voluntary_refund", income=1_500_000, years=2, remaining_months=25, rate_percent_month=0)


def test_months_ahead_are_whole_years() -> None:
    with pytest.raises(BadInput, match="months"):
        outcome_of("voluntary_prepay", income=1_500_000, months=30, rate_percent_month=0)


@pytest.mark.parametrize("day", [date(2016, 3, 1), date(2026, 3, 1)])
def test_seven_missing_months_are_the_voluntary_case(day: date) -> None:
    with pytest.raises(BadInput, match="months"):
        outcome_of("contribution_missing_months", day, months=7, last_salary=5_000_000)


@pytest.mark.parametrize("members", [0, 101])
def test_a_household_has_one_to_a_hundred_members(members: int) -> None:
    with pytest.raises(BadInput, match="members"):
        outcome_of("bhyt_household", members=members, months=12)


@pytest.mark.parametrize("order", [0, 101])
def test_nobody_is_before_the_first_or_after_the_hundredth_of_a_household(order: int) -> None:
    with pytest.raises(BadInput, match="order_in_household"):
        outcome_of("bhyt_household_member", order_in_household=order, months=12)


@given(st.integers(1, 12), st.sampled_from([3, 6, 12]))
def test_members_one_by_one_pay_what_the_household_pays(members: int, months: int) -> None:
    whole = outcome_of("bhyt_household", members=members, months=months)
    each = [
        outcome_of("bhyt_household_member", order_in_household=order, months=months).amount
        for order in range(1, members + 1)
    ]
    assert each == whole.values["amounts"]


@settings(deadline=None)
@given(st.integers(0, 200_000_000), st.integers(1, 4), st.dates(date(2022, 1, 1), date(2026, 11, 1)))
def test_a_higher_wage_never_lowers_what_is_due(salary: int, region: int, day: date) -> None:
    low = outcome_of("contribution_compulsory", day, salary=salary, region=region, nationality="VN")
    high = outcome_of("contribution_compulsory", day, salary=salary + 1, region=region, nationality="VN")
    assert 0 < low.amount <= high.amount
    assert low.amount == low.values["employee_total"] + low.values["employer_total"]


@settings(deadline=None)
@given(st.integers(2, 5), st.integers(0, 400))
def test_prepaying_costs_no_more_than_paying_by_the_month(years: int, hundredths: int) -> None:
    facts = {"income": 1_500_000, "years": years, "rate_percent_month": f"{hundredths / 100:.2f}"}
    assert 0 < outcome_of("voluntary_prepay", **facts).amount <= 12 * years * 330_000
