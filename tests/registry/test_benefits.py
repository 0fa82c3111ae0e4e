"""A monthly benefit stands in each month as its decisions say, whatever order they were made in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.platform.errors import Conflict, NotFound
from ansinh.registry.benefits import grant
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement, EntitlementChange, InsuredPerson
from ansinh.registry.queries import entitlement_record
from tests.casework.moves import MONDAY
from tests.registry.conftest import SI_NUMBER

pytestmark = pytest.mark.django_db

MONTHS = [date(2026 + index // 12, index % 12 + 1, 1) for index in range(18)]
START, BEFORE = date(2026, 1, 1), date(2025, 12, 1)


def ground() -> grant.Ground:
    return grant.Ground(uuid4(), "00001/2026/90001", MONDAY)


def a_pension(insured: InsuredPerson, **more: Any) -> Entitlement:
    new = {
        "benefit_type": "pension", "start_month": START, "monthly_amount": 4_200_000,
        "payment_method": "cash_service_org", "paying_office": "90001", **more,
    }  # fmt: skip
    return grant.start(insured, grant.NewBenefit(**new), ground=ground())


def paid_by_month(one: Entitlement) -> dict[date, int | None]:
    """đồng of each month, None when nothing is paid."""
    one = Entitlement.objects.get(pk=one.pk)
    return {month: standing_of(one, on=month).monthly_amount if is_paid(one, on=month) else None for month in MONTHS}


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["amount", "stop", "resume", "resume_with"]),
        st.sampled_from(MONTHS),
        st.integers(1, 20_000_000),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_a_decision_changes_no_month_before_its_own_and_no_later_decision(
    insured: InsuredPerson, operations: list[tuple[str, date, int]]
) -> None:
    with transaction.atomic():
        one = a_pension(insured, start_month=date(2026, 3, 1))
        for what, month, amount in operations:
            before, later = paid_by_month(one), _months_with_a_decision(one, after=month)
            try:
                _do(what, one, month, amount)
            except Conflict:
                assert paid_by_month(one) == before
                continue
            after = paid_by_month(one)
            assert {key: after[key] for key in MONTHS if key < month} == {
                key: before[key] for key in MONTHS if key < month
            }
            assert after[month] == _expected(what, one, month, amount)
            for kind, begun in later:
                stands = before[begun] is None if kind == "stopped" else None not in (before[begun], after[begun])
                if kind in {"stopped", "amount"} and stands:  # a stop that was resumed in its own month stands no more
                    assert after[begun] == before[begun]
        transaction.set_rollback(True)


def _do(what: str, one: Entitlement, month: date, amount: int) -> None:
    one = Entitlement.objects.get(pk=one.pk)
    acts: dict[str, Callable[[], object]] = {
        "amount": lambda: grant.change_amount(one, amount, from_month=month, reason="", ground=ground()),
        "stop": lambda: grant.stop(one, from_month=month, reason="định cư", ground=ground()),
        "resume": lambda: grant.resume(one, from_month=month, amount=None, ground=ground()),
        "resume_with": lambda: grant.resume(one, from_month=month, amount=amount, ground=ground()),
    }
    acts[what]()


def _expected(what: str, one: Entitlement, month: date, amount: int) -> int | None:
    if what == "stop":
        return None
    if what == "resume":
        return standing_of(Entitlement.objects.get(pk=one.pk), on=month).monthly_amount
    return amount


def _months_with_a_decision(one: Entitlement, *, after: date) -> list[tuple[str, date]]:
    changes = EntitlementChange.objects.filter(entitlement=one, valid_from__gt=after)
    return [(change.kind, change.valid_from) for change in changes]


def test_the_record_shows_the_benefit_of_the_day(insured: InsuredPerson) -> None:
    one = a_pension(insured)
    grant.change_amount(one, 5_000_000, from_month=date(2026, 6, 1), reason="", ground=ground())
    assert entitlement_record(SI_NUMBER, on=date(2026, 5, 31))["monthly_amount"] == 4_200_000
    assert entitlement_record(SI_NUMBER, on=date(2026, 6, 1))["monthly_amount"] == 5_000_000
    grant.stop(Entitlement.objects.get(), from_month=date(2026, 9, 1), reason="mất", ground=ground())
    assert entitlement_record(SI_NUMBER, on=date(2026, 8, 31))["entitlement_no"] == one.number
    assert "monthly_amount" not in entitlement_record(SI_NUMBER, on=date(2026, 9, 1))


def test_a_benefit_moves_and_takes_another_form_from_a_month_on(insured: InsuredPerson) -> None:
    one = a_pension(insured)
    place = {"province": "90", "commune": "90101"}
    grant.move(one, office="90002", place=place, from_month=date(2026, 4, 1), ground=ground())
    grant.change_form(one, method="bank_account", place={}, from_month=date(2026, 5, 1), ground=ground())
    now = standing_of(Entitlement.objects.get(), on=date(2026, 4, 30))
    assert (now.paying_office, now.payment_method, now.payment_place) == ("90002", "cash_service_org", place)
    assert standing_of(Entitlement.objects.get(), on=date(2026, 5, 1)).payment_method == "bank_account"
    assert standing_of(Entitlement.objects.get(), on=date(2026, 3, 31)).paying_office == "90001"


def test_the_same_benefit_is_not_paid_twice(insured: InsuredPerson) -> None:
    first = a_pension(insured)
    with pytest.raises(Conflict, match=first.number):
        a_pension(insured, start_month=date(2026, 7, 1))
    grant.stop(first, from_month=date(2026, 6, 1), reason="định cư", ground=ground())
    assert a_pension(insured, start_month=date(2026, 7, 1)).number == "00001/2026/90001-2"


def test_several_relatives_are_paid_from_one_record_and_not_as_the_insured(insured: InsuredPerson) -> None:
    for name in ("Lê An", "Lê Bình"):
        a_pension(insured, benefit_type="survivor", beneficiary=grant.Beneficiary(name, "2018-01-01"))
    assert entitlement_record(SI_NUMBER, on=date(2026, 5, 1)) == {}
    with pytest.raises(Conflict, match="đang được trả"):
        a_pension(insured, benefit_type="survivor", beneficiary=grant.Beneficiary("Lê An", "2018-01-01"))


def test_without_a_number_the_benefit_must_be_the_only_one(insured: InsuredPerson) -> None:
    one = a_pension(insured)
    assert grant.the_benefit(insured, "", on=START) == one
    with pytest.raises(Conflict, match="không có chế độ hằng tháng nào"):
        grant.the_benefit(insured, "", on=BEFORE)
    a_pension(insured, benefit_type="work_accident")
    with pytest.raises(Conflict, match="đang hưởng 2 chế độ"):
        grant.the_benefit(insured, "", on=START)
    assert grant.the_benefit(insured, one.number, on=START) == one
    with pytest.raises(NotFound, match="HH-9"):
        grant.the_benefit(insured, "HH-9", on=START)


def test_the_database_refuses_to_rewrite_a_benefit_or_its_changes(insured: InsuredPerson) -> None:
    one = a_pension(insured)
    change = grant.change_amount(one, 5_000_000, from_month=date(2026, 6, 1), reason="", ground=ground())
    for refused in (
        lambda: Entitlement.objects.filter(pk=one.pk).update(monthly_amount=9),
        lambda: Entitlement.objects.filter(pk=one.pk).delete(),
        lambda: EntitlementChange.objects.filter(pk=change.pk).update(monthly_amount=9),
        lambda: EntitlementChange.objects.filter(pk=change.pk).delete(),
        lambda: a_pension(insured, benefit_type="x", monthly_amount=0),
        lambda: Entitlement.objects.create(
            insured=insured,
            number="HH-2",
            benefit_type="pension",
            start_month=date(2026, 1, 2),
            monthly_amount=1,
            payment_method="cash_service_org",
            paying_office="90001",
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "amount"},
        {"kind": "stopped"},
        {"kind": "place"},
        {"kind": "method"},
        {"kind": "stopped", "reason": "x", "monthly_amount": 5},
        {"kind": "stopped", "reason": "x", "valid_from": date(2026, 6, 2)},
    ],
)
def test_the_database_knows_what_each_change_needs(insured: InsuredPerson, wrong: dict[str, Any]) -> None:
    one = a_pension(insured)
    values = {"valid_from": date(2026, 6, 1), "dossier_id": uuid4(), "made_at": MONDAY, **wrong}
    with pytest.raises(DatabaseError), transaction.atomic():
        EntitlementChange.objects.create(entitlement=one, **values)
