"""What the record says to forms and to the law: months, wages, averages, support."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ansinh.registry.models import ContributionSupport, InsuredPerson
from ansinh.registry.queries import participation_record
from tests.registry.conftest import SI_NUMBER, paid

TODAY = date(2026, 11, 9)


def test_a_number_nobody_has_gives_nothing(db: None) -> None:
    assert participation_record("9999999999", on=TODAY) == {}


def test_months_of_each_fund_and_the_wages_month_by_month(insured: InsuredPerson) -> None:
    paid(insured, "2025-11", "2026-01", 9_000_000)
    paid(insured, "2026-01", "2026-02", 4_000_000, employer_name="Nơi thứ hai")
    paid(insured, "2026-03", "2026-04", 1_500_000, fund="voluntary")
    record = participation_record(SI_NUMBER, on=TODAY)
    assert record["paid_months"] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert record["wages"][2:] == [
        {"month": "2026-01", "salary": 13_000_000},
        {"month": "2026-02", "salary": 4_000_000},
    ]
    assert (record["contribution_months"], record["compulsory_months"], record["voluntary_months"]) == (6, 4, 2)
    assert (record["first_compulsory_month"], record["last_contribution_month"]) == ("2025-11", "2026-04")


def test_the_six_month_mean_leaves_out_the_month_of_the_day_and_the_voluntary_fund(insured: InsuredPerson) -> None:
    paid(insured, "2025-01", "2025-03", 6_000_000)
    paid(insured, "2025-06", "2025-09", 9_000_000)
    paid(insured, "2025-10", "2025-10", 1_500_000, fund="voluntary")
    # May to September without gaps counted: 6, 6 | 9, 9, 9 before September, the month of the day
    record = participation_record(SI_NUMBER, on=date(2025, 9, 30))
    assert record["six_month_average"] == (6_000_000 * 3 + 9_000_000 * 3) // 6


def test_the_average_of_both_funds_is_adjusted_by_the_table_of_the_year(insured: InsuredPerson) -> None:
    paid(insured, "2008-01", "2008-12", 3_000_000)
    paid(insured, "2016-01", "2016-12", 5_000_000, fund="voluntary")
    record = participation_record(SI_NUMBER, on=TODAY)
    # (3,000,000 × 2.29 × 12 + 5,000,000 × 1.32 × 12) / 24 = 6,735,000
    assert record["average_salary"] == 6_735_000
    assert record["average_income"] == 6_600_000


def test_state_scale_of_who_joined_before_2016_follows_coefficients(insured: InsuredPerson) -> None:
    paid(insured, "2010-01", "2014-12", 2_000_000, scale="state", coefficient=Decimal("3.000"))
    paid(insured, "2015-01", "2019-12", 4_000_000, scale="state", coefficient=Decimal("4.000"))
    record = participation_record(SI_NUMBER, on=TODAY)
    assert [(row["coefficient"], row["months"]) for row in record["state_rows"]] == [("3.000", 60), ("4.000", 60)]
    assert (record["state_table_months"], record["employer_rows"]) == (120, None)
    # joined 2010: the last 120 months, (3 × 60 + 4 × 60) / 120 = 3.5 levels of 2,530,000
    assert record["average_salary"] == 8_855_000


def test_state_scale_of_who_joined_from_2016_is_adjusted_like_other_pay(insured: InsuredPerson) -> None:
    paid(insured, "2016-01", "2016-12", 5_000_000, scale="state", coefficient=Decimal("3.000"))
    record = participation_record(SI_NUMBER, on=TODAY)
    assert record["state_rows"] is None
    assert record["average_salary"] == 6_600_000  # × 1.32


def test_a_missing_coefficient_and_a_table_not_published_give_no_number(insured: InsuredPerson) -> None:
    paid(insured, "2010-01", "2010-12", 2_000_000, scale="state")
    assert participation_record(SI_NUMBER, on=TODAY)["average_salary"] is None
    paid(insured, "2020-01", "2020-12", 5_000_000, fund="voluntary")
    record = participation_record(SI_NUMBER, on=date(2027, 1, 4))
    assert (record["average_salary"], record["average_income"]) == (None, None)


def test_support_of_the_state_is_counted_month_by_month(insured: InsuredPerson) -> None:
    paid(insured, "2021-01", "2025-12", 2_000_000, fund="voluntary")
    support(insured, "2021-01", "2022-06", "other", 10)
    support(insured, "2025-07", "2025-09", "near_poor", 40)
    record = participation_record(SI_NUMBER, on=TODAY)
    # 12 × 22% × 700,000 × 10% = 184,800; 6 × 22% × 1,500,000 × 10% = 198,000; 3 × 22% × 1,500,000 × 40% = 396,000
    assert record["state_support_received"] == 184_800 + 198_000 + 396_000
    assert record["support_rows"][1] == {"from_month": "2025-07", "to_month": "2025-09", "percent": 40}


def test_without_periods_of_support_the_sum_of_the_old_register_stays(insured: InsuredPerson) -> None:
    insured.state_support_received = 123_000
    insured.save()
    record = participation_record(SI_NUMBER, on=TODAY)
    assert (record["state_support_received"], record["support_rows"]) == (123_000, None)


@pytest.mark.parametrize(
    ("first", "last", "percent", "name"),
    [
        ("2025-02", "2025-01", 10, "support_ends_after_it_begins"),
        ("2025-01", "2025-02", 0, "support_is_a_share"),
        ("2025-01", "2025-02", 101, "support_is_a_share"),
    ],
)
def test_the_database_refuses_an_impossible_support(
    insured: InsuredPerson, first: str, last: str, percent: int, name: str
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        support(insured, first, last, "other", percent)


def support(insured: InsuredPerson, first: str, last: str, group: str, percent: int) -> None:
    """Months the State supported."""
    ContributionSupport.objects.create(
        insured=insured,
        from_month=date.fromisoformat(f"{first}-01"),
        to_month=date.fromisoformat(f"{last}-01"),
        group=group,
        percent=percent,
    )
