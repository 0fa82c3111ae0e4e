"""What was not collected is settled once; a stopped benefit says since when and how much."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ansinh.platform.errors import Conflict
from ansinh.registry.benefits import grant
from ansinh.registry.benefits.unpaid import settle_lump, settle_months
from ansinh.registry.models import InsuredPerson, UnpaidBenefit
from ansinh.registry.queries import entitlement_record
from tests.casework.moves import MONDAY
from tests.registry.conftest import SI_NUMBER

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 9)
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)


@pytest.fixture
def unpaid(insured: InsuredPerson) -> InsuredPerson:
    more = {"insured": insured, "why": "bưu điện trả lại", "listed_on": TODAY}
    for month in (AUGUST, SEPTEMBER):
        UnpaidBenefit.objects.create(month=month, amount=4_320_000, **more)
    UnpaidBenefit.objects.create(decision_number="120/QĐ-BHXH", amount=25_300_000, **more)
    return insured


def test_the_record_names_what_is_still_to_be_collected(unpaid: InsuredPerson) -> None:
    found = entitlement_record(SI_NUMBER, on=TODAY)
    assert found["unpaid_rows"] == [
        {"month": "2026-08", "amount": 4_320_000},
        {"month": "2026-09", "amount": 4_320_000},
    ]
    assert found["unpaid_lumps"] == [{"decision_number": "120/QĐ-BHXH", "amount": 25_300_000}]


def test_settled_months_are_no_longer_to_be_collected(unpaid: InsuredPerson) -> None:
    settled = settle_months(unpaid, first=AUGUST, last=AUGUST, dossier_id=uuid4(), at=MONDAY)
    assert [one.month for one in settled] == [AUGUST]
    assert [row["month"] for row in entitlement_record(SI_NUMBER, on=TODAY)["unpaid_rows"]] == ["2026-09"]


def test_a_month_is_not_paid_by_two_decisions(unpaid: InsuredPerson) -> None:
    settle_months(unpaid, first=AUGUST, last=AUGUST, dossier_id=uuid4(), at=MONDAY)
    with pytest.raises(Conflict, match="08/2026") as refusal:
        settle_months(unpaid, first=AUGUST, last=SEPTEMBER, dossier_id=uuid4(), at=MONDAY)
    assert refusal.value.code == "arrears-already-paid"
    assert UnpaidBenefit.objects.get(month=SEPTEMBER).settled_by is None


def test_a_lump_sum_is_found_by_its_number_and_paid_once(unpaid: InsuredPerson) -> None:
    dossier = uuid4()
    assert len(settle_lump(unpaid, number="120 / qđ-bhxh", dossier_id=dossier, at=MONDAY)) == 1
    with pytest.raises(Conflict, match="120/QĐ-BHXH"):
        settle_lump(unpaid, number="120/QĐ-BHXH", dossier_id=uuid4(), at=MONDAY)
    assert settle_lump(unpaid, number="99/QĐ-BHXH", dossier_id=uuid4(), at=MONDAY) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"month": date(2026, 8, 2), "amount": 1},
        {"month": AUGUST, "decision_number": "1/QĐ", "amount": 1},
        {"amount": 1},
        {"month": date(2026, 7, 1), "amount": 0},
        {"month": AUGUST, "amount": 1},
        {"month": date(2026, 7, 1), "amount": 1, "settled_by": uuid4()},
    ],
)
def test_the_database_keeps_what_was_not_collected_coherent(unpaid: InsuredPerson, fault: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnpaidBenefit.objects.create(insured=unpaid, why="x", listed_on=TODAY, **fault)


def test_the_amount_of_the_list_cannot_be_changed(unpaid: InsuredPerson) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        UnpaidBenefit.objects.filter(month=AUGUST).update(amount=1)


def test_a_stopped_benefit_says_since_when_and_how_much(insured: InsuredPerson) -> None:
    ground = grant.Ground(uuid4(), "00001/2026/90001", MONDAY)
    new = grant.NewBenefit(
        benefit_type="survivor", start_month=date(2024, 1, 1), monthly_amount=1_170_000,
        payment_method="cash_service_org", paying_office="90001",
    )  # fmt: skip
    one = grant.start(insured, new, ground=ground)
    assert "suspended_from" not in entitlement_record(SI_NUMBER, on=TODAY)
    grant.stop(one, from_month=AUGUST, reason="xuất cảnh trái phép", ground=ground)
    found = entitlement_record(SI_NUMBER, on=TODAY)
    assert found["suspended_from"] == "2026-08" and found["suspended_amount"] == 1_170_000
    assert (found["suspended_start_month"], found["suspended_kind"]) == ("2024-01", "survivor_monthly")
    assert found["last_monthly_amount"] == 1_170_000 and "monthly_amount" not in found


def test_a_benefit_that_ended_before_says_it_too(insured: InsuredPerson) -> None:
    insured.entitlements.create(
        number="HS-1", benefit_type="pension", start_month=date(2015, 3, 1), monthly_amount=4_000_000,
        payment_method="cash_service_org", paying_office="90001", ended_on=date(2024, 2, 15),
    )  # fmt: skip
    found = entitlement_record(SI_NUMBER, on=TODAY)
    assert (found["suspended_from"], found["suspended_kind"]) == ("2024-02", "pension")


def test_nothing_is_known_of_somebody_without_benefits(insured: InsuredPerson) -> None:
    assert entitlement_record(SI_NUMBER, on=TODAY) == {}
