"""A benefit held longer than lists look back: seen by the office, carried over once, and never paid twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import transaction

from ansinh.payments.models import PayrollLine
from ansinh.payments.payroll_held import carry_over, left_behind
from ansinh.payments.rules import payroll_rules
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.zone import VIETNAM
from ansinh.registry.models import Entitlement, UnpaidBenefit
from tests.payments.test_payroll import a_benefit, a_pensioner, changed, line, paid_out, prepared
from tests.world import LOCAL_OFFICE, World, an_officer

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH, SEPTEMBER = (date(2026, month, 1) for month in (1, 2, 3, 9))
BACK = payroll_rules(on=SEPTEMBER).months_back


def a_day_of(month: date) -> datetime:
    return datetime(month.year, month.month, 2, 9, 0, tzinfo=VIETNAM)


def without_an_account(name: str, *, since: date = JANUARY) -> Entitlement:
    """Paid to an account that nobody knows."""
    one = a_pensioner(name, since=since)
    give(one, {})
    return one


def give(one: Entitlement, account: dict[str, str]) -> None:
    held = Entitlement.objects.get(pk=one.pk)
    held.bank_account = account
    held.save()


def pay_months(world: World, cashier: OfficerActor, first: int, last: int) -> None:
    for number in range(first, last + 1):
        month = date(2026, number, 1)
        paid_out(world, cashier, month, a_day_of(month))


ACCOUNT = {"bank": "970436", "number": "0011009999999", "holder": "BUI VAN BA"}


@pytest.fixture
def held(world: World, cashier: OfficerActor) -> Entitlement:
    """Somebody whose money every list since January holds back, until August; another is paid each month."""
    a_pensioner("Lê Văn Hai", since=JANUARY)
    one = without_an_account("Bùi Văn Ba")
    pay_months(world, cashier, 1, 8)
    return one


def test_the_rules_of_this_file_are_those_of_the_day() -> None:
    assert BACK == 6


@pytest.mark.requirement("R-188")
def test_months_that_no_list_asks_for_are_shown_with_the_reason(
    world: World, cashier: OfficerActor, held: Entitlement
) -> None:
    (found,) = left_behind(viewer=cashier, at=a_day_of(SEPTEMBER))
    assert (found.entitlement_id, found.name, found.why) == (held.pk, "Bùi Văn Ba", "account-missing")
    assert found.months == ((JANUARY, 5_000_000), (FEBRUARY, 5_000_000)) and found.amount == 10_000_000
    assert left_behind(viewer=world["head"], at=a_day_of(SEPTEMBER)) == [found]
    stranger = an_officer("ketoan2", "Kế Toán Khác", "Kế toán", (("00000", "finance_officer"),))
    assert left_behind(viewer=stranger, at=a_day_of(SEPTEMBER)) == []
    with pytest.raises(NotAllowed):
        left_behind(viewer=world["counter"], at=a_day_of(SEPTEMBER))


def test_carried_over_it_is_asked_for_by_the_person_and_the_list_pays_the_rest(
    world: World, cashier: OfficerActor, held: Entitlement
) -> None:
    carry_over(held.pk, actor=cashier, at=a_day_of(SEPTEMBER))
    unpaid = list(UnpaidBenefit.objects.order_by("month").values_list("entitlement_number", "month", "amount"))
    assert unpaid == [(held.number, JANUARY, 5_000_000), (held.number, FEBRUARY, 5_000_000)]
    assert UnpaidBenefit.objects.earliest("month").why.startswith("Danh sách giữ lại: chưa có tài khoản nhận tiền")
    assert left_behind(viewer=cashier, at=a_day_of(SEPTEMBER)) == []
    with pytest.raises(NotFound), transaction.atomic():
        carry_over(held.pk, actor=cashier, at=a_day_of(SEPTEMBER))
    give(held, ACCOUNT)
    prepared(cashier, SEPTEMBER, a_day_of(SEPTEMBER))
    assert (line(held, SEPTEMBER).amount, line(held, SEPTEMBER).arrears) == (35_000_000, 30_000_000)


def test_only_who_prepares_payments_carries_over(world: World, held: Entitlement) -> None:
    with pytest.raises(NotAllowed), transaction.atomic():
        carry_over(held.pk, actor=world["head"], at=a_day_of(SEPTEMBER))
    assert not UnpaidBenefit.objects.exists()


def test_what_a_later_list_made_up_is_not_left_behind(world: World, cashier: OfficerActor) -> None:
    a_pensioner("Lê Văn Hai", since=JANUARY)
    one = without_an_account("Bùi Văn Ba")
    pay_months(world, cashier, 1, 3)
    give(one, ACCOUNT)
    pay_months(world, cashier, 4, 10)
    assert line(one, date(2026, 4, 1)).arrears == 15_000_000
    assert left_behind(viewer=cashier, at=a_day_of(date(2026, 11, 1))) == []


def test_what_was_made_up_long_ago_takes_nothing_from_a_later_rise(world: World, cashier: OfficerActor) -> None:
    a_pensioner("Lê Văn Hai", since=JANUARY)
    one = without_an_account("Bùi Văn Ba")
    pay_months(world, cashier, 1, 2)
    give(one, ACCOUNT)
    pay_months(world, cashier, 3, 8)
    assert line(one, MARCH).arrears == 10_000_000
    changed(one, "amount", since=date(2026, 6, 1), monthly_amount=5_100_000, reason="Điều chỉnh")
    prepared(cashier, SEPTEMBER, a_day_of(SEPTEMBER))
    assert line(one, SEPTEMBER).arrears == 300_000, "June to August; the list asks for March and later"
    assert line(one, SEPTEMBER).parts[0][3] == {"2026-06": 100_000, "2026-07": 100_000, "2026-08": 100_000}


def test_each_benefit_of_a_person_stands_for_itself(world: World, cashier: OfficerActor) -> None:
    a_pensioner("Lê Văn Hai", since=JANUARY)
    first = without_an_account("Bùi Văn Ba")
    second = a_benefit(first.insured, 1_500_000, bank=True, since=FEBRUARY)
    give(second, {})
    pay_months(world, cashier, 1, 8)
    found = left_behind(viewer=cashier, at=a_day_of(SEPTEMBER))
    assert {one.number: one.amount for one in found} == {first.number: 10_000_000, second.number: 1_500_000}
    carry_over(second.pk, actor=cashier, at=a_day_of(SEPTEMBER))
    assert [one.number for one in left_behind(viewer=cashier, at=a_day_of(SEPTEMBER))] == [first.number]


def test_a_month_carried_over_is_paid_by_no_list_that_still_asks_for_it(world: World, cashier: OfficerActor) -> None:
    """Should a rule look back farther one day, nobody is paid twice."""
    a_pensioner("Lê Văn Hai", since=JANUARY)
    one = without_an_account("Bùi Văn Ba")
    pay_months(world, cashier, 1, 2)
    UnpaidBenefit.objects.create(
        insured=one.insured, entitlement_number=one.number, month=JANUARY, amount=5_000_000, why="x", listed_on=JANUARY
    )
    give(one, ACCOUNT)
    prepared(cashier, MARCH, a_day_of(MARCH))
    assert line(one, MARCH).arrears == 5_000_000, "February alone"
    assert PayrollLine.objects.filter(payroll__office_code=LOCAL_OFFICE, living=True, order=None).exists()
