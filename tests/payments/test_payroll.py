"""The monthly payment: from the registry to one order for each person, three officers, the bank, and what was left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ansinh.law.names import bank_form, search_key
from ansinh.payments.batches import end_to_end, file_of, release, take_answer
from ansinh.payments.first_list import FirstList, first_list
from ansinh.payments.ledger import balance
from ansinh.payments.models import Batch, Order, OrderState, Payroll, PayrollLine, PayrollState
from ansinh.payments.orders import Purpose, Whose, order_out
from ansinh.payments.payroll import (
    cancel_payroll,
    control_payroll,
    differences_of,
    late_payments,
    prepare_payroll,
    release_payroll,
)
from ansinh.payments.payroll_files import close_payroll, payroll_files
from ansinh.people.actors import OfficerActor, System
from ansinh.people.models import Person
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import VIETNAM
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import BankAccountChange, Entitlement, EntitlementChange, InsuredPerson, UnpaidBenefit
from tests.payments.money import HERS
from tests.payments.test_batches import answer
from tests.payments.test_pain import valid
from tests.world import LOCAL_OFFICE, LONG_AGO, World, a_submitted_dossier

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
IN_OCTOBER = datetime(2026, 10, 2, 9, 0, tzinfo=VIETNAM)
IN_NOVEMBER = datetime(2026, 11, 2, 9, 0, tzinfo=VIETNAM)
DECEMBER_1 = datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)
_numbers = count(1)


def a_pensioner(
    name: str, amount: int = 5_000_000, *, bank: bool = True, since: date = date(2024, 1, 1), **more: Any
) -> Entitlement:
    """Somebody paid each month by the office."""
    n = next(_numbers)
    insured = InsuredPerson.objects.create(
        si_number=f"88{n:08d}", full_name=name, search_key=search_key(name), date_of_birth="1958-03-04", sex="male",
        personal_id_number=f"088158{n:06d}", managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
    )  # fmt: skip
    Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth="1958-03-04", sex="male",
        personal_id_number=f"088158{n:06d}", si_number=insured.si_number, updated_at=LONG_AGO,
    )  # fmt: skip
    return a_benefit(insured, amount, bank=bank, since=since, **more)


def a_benefit(
    insured: InsuredPerson, amount: int, *, bank: bool = True, since: date = date(2024, 1, 1), **more: Any
) -> Entitlement:
    """One more monthly benefit of the person."""
    n = next(_numbers)
    account = {"bank": "970436", "number": f"001100{n:07d}", "holder": bank_form(insured.full_name)}
    return Entitlement.objects.create(
        insured=insured, number=f"HT-{n:06d}", benefit_type="pension", start_month=since, monthly_amount=amount,
        payment_method="bank_account" if bank else "cash_service_org", bank_account=account if bank else {},
        paying_office=LOCAL_OFFICE, payment_place={"province": "90", "commune": "90101"}, **more,
    )  # fmt: skip


def changed(one: Entitlement, kind: str, *, since: date = NOVEMBER, **facts: Any) -> None:
    EntitlementChange.objects.create(
        entitlement=one, kind=kind, valid_from=since, dossier_id=uuid7(), made_at=LONG_AGO, **facts
    )


def prepared(cashier: OfficerActor, month: date, at: datetime) -> list[Payroll]:
    return prepare_payroll(month, office_code=LOCAL_OFFICE, actor=cashier, at=at)


def paid_out(world: World, cashier: OfficerActor, month: date, at: datetime) -> list[Payroll]:
    """Prepared, controlled, released."""
    lists = prepared(cashier, month, at)
    for one in lists:
        control_payroll(one.pk, actor=world["head"], at=at)
        release_payroll(one.pk, actor=world["leader"], at=at)
    return [Payroll.objects.get(pk=one.pk) for one in lists]


def line(one: Entitlement, month: date) -> PayrollLine:
    return PayrollLine.objects.get(entitlement=one, month=month, living=True)


def sent(world: World, cashier: OfficerActor, lists: Sequence[Payroll], at: datetime) -> list[Batch]:
    files = [file for one in lists if one.method == "bank" for file in payroll_files(one.pk, actor=cashier, at=at)]
    return [release(one.pk, actor=world["head"], at=at) for one in files]


def test_one_order_a_person_by_commune_and_form(world: World, cashier: OfficerActor) -> None:
    two_benefits, in_cash = a_pensioner("Lê Văn Hai", 4_000_000), a_pensioner("Bùi Thị Ba", 3_000_000, bank=False)
    a_benefit(two_benefits.insured, 1_500_000)
    by_bank, by_cash = sorted(paid_out(world, cashier, NOVEMBER, IN_NOVEMBER), key=lambda one: one.method)
    assert [(one.method, one.commune_code, one.count, one.total) for one in (by_bank, by_cash)] == [
        ("bank", "90101", 1, 5_500_000), ("cash", "90101", 1, 3_000_000),
    ]  # fmt: skip
    assert [part[1:] for part in line(two_benefits, NOVEMBER).parts] == [[4_000_000, 0, {}], [1_500_000, 0, {}]]
    assert Order.objects.count() == 2
    assert balance("owed_to_people") == -8_500_000
    order = line(in_cash, NOVEMBER).order
    assert order is not None and (order.method, order.state) == ("cash", OrderState.READY)


def test_three_officers(world: World, cashier: OfficerActor) -> None:
    a_pensioner("Lê Văn Hai")
    (found,) = prepared(cashier, NOVEMBER, IN_NOVEMBER)
    with pytest.raises(NotAllowed):
        control_payroll(found.pk, actor=cashier, at=IN_NOVEMBER)
    control_payroll(found.pk, actor=world["head"], at=IN_NOVEMBER)
    with pytest.raises(NotAllowed):
        release_payroll(found.pk, actor=world["head"], at=IN_NOVEMBER)
    assert Order.objects.count() == 0
    with pytest.raises(IntegrityError, match="payroll_released_by_a_third"), transaction.atomic():
        Payroll.objects.update(state="released", released_by=cashier.officer_id, released_at=IN_NOVEMBER)
    with pytest.raises(IntegrityError, match="payroll_controlled_by_another"), transaction.atomic():
        Payroll.objects.update(controlled_by=cashier.officer_id)


def test_a_month_is_listed_once(world: World, cashier: OfficerActor) -> None:
    one = a_pensioner("Lê Văn Hai")
    (found,) = prepared(cashier, NOVEMBER, IN_NOVEMBER)
    with pytest.raises(Conflict) as refused:
        prepared(cashier, NOVEMBER, IN_NOVEMBER)
    assert refused.value.code == "payroll-exists"
    cancel_payroll(found.pk, actor=world["head"], at=IN_NOVEMBER)
    (second,) = prepared(cashier, NOVEMBER, IN_NOVEMBER)
    held = line(one, NOVEMBER)
    with pytest.raises(IntegrityError, match="one_payment_a_person_a_month"), transaction.atomic():
        PayrollLine.objects.create(
            payroll=second, month=NOVEMBER, payee=held.payee, insured=one.insured, entitlement=one, name="x", amount=1
        )
    with pytest.raises(Invalid):
        prepared(cashier, date(2027, 3, 1), IN_NOVEMBER)


def test_what_differs_from_last_month_is_said_line_by_line(world: World, cashier: OfficerActor) -> None:
    same, more, gone, moved = (a_pensioner(name) for name in ("Lê A", "Lê B", "Lê C", "Lê D"))
    dead = a_pensioner("Lê E")
    lists = paid_out(world, cashier, OCTOBER, IN_OCTOBER)
    changed(more, "amount", monthly_amount=5_400_000, reason="Điều chỉnh theo nghị định")
    changed(gone, "stopped", reason="Xuất cảnh định cư")
    Person.objects.filter(si_number=dead.insured_id).update(died_on=date(2026, 10, 20))
    BankAccountChange.objects.create(
        person=Person.objects.get(si_number=moved.insured_id), bank="970405", number="3900205999999", holder="LE D",
        state="held", way="passkey", asked_by="x", asked_at=LONG_AGO, effective_at=IN_OCTOBER, freeze_hash="y",
    )  # fmt: skip
    new = a_pensioner("Lê G", since=NOVEMBER)
    (found,) = prepared(cashier, NOVEMBER, IN_NOVEMBER)
    assert lists[0].count == 5 and found.count == 4
    assert {one.name: one.differences for one in found.lines.all()} == {
        "Lê A": [], "Lê B": ["changed"], "Lê C": ["stopped"], "Lê D": ["account"], "Lê E": ["stopped"], "Lê G": ["new"],
    }  # fmt: skip
    assert line(more, NOVEMBER).why == "Đổi mức hưởng: Điều chỉnh theo nghị định"
    assert (line(gone, NOVEMBER).why, line(gone, NOVEMBER).last_amount) == ("Xuất cảnh định cư", 5_000_000)
    assert line(dead, NOVEMBER).why == "Đã mất 20/10/2026"
    assert line(same, NOVEMBER).amount == line(new, NOVEMBER).amount == 5_000_000
    assert differences_of(found) == {"new": 1, "changed": 1, "stopped": 2, "account": 1, "method": 0, "held": 0}


def test_the_sql_says_what_the_registry_says(world: World, cashier: OfficerActor) -> None:
    benefits = [a_pensioner(f"Hồ {n}", 3_000_000 + n) for n in range(12)]
    for n, one in enumerate(benefits):
        if n % 2:
            changed(one, "amount", since=date(2026, 9, 1), monthly_amount=4_000_000 + n, reason="x")
        if n % 3 == 0:
            changed(one, "stopped", since=date(2026, 9, 1), reason="x")
        if n % 6 == 0:
            changed(one, "resumed", since=OCTOBER, monthly_amount=4_500_000 + n)
        if n % 4 == 0:
            changed(one, "amount", since=date(2027, 1, 1), monthly_amount=9_000_000, reason="later")
    prepared(cashier, NOVEMBER, IN_NOVEMBER)
    expected = {
        one.number: standing_of(one, on=NOVEMBER).monthly_amount for one in benefits if is_paid(one, on=NOVEMBER)
    }
    found = {part[0]: part[1] for one in PayrollLine.objects.all() for part in one.parts}
    assert found == expected


def test_a_late_rise_and_a_month_not_paid_are_made_up_once(world: World, cashier: OfficerActor) -> None:
    risen, without = a_pensioner("Lê Văn Hai"), a_pensioner("Bùi Văn Ba")
    Entitlement.objects.filter(pk=without.pk).update(payment_method="bank_account")
    empty = Entitlement.objects.get(pk=without.pk)
    empty.bank_account = {}
    empty.save()
    paid_out(world, cashier, OCTOBER, IN_OCTOBER)
    assert line(without, OCTOBER).blocked == "account-missing" and line(without, OCTOBER).order is None
    changed(risen, "amount", since=OCTOBER, monthly_amount=5_300_000, reason="Điều chỉnh")
    empty.bank_account = {"bank": "970436", "number": "0011009999999", "holder": "BUI VAN BA"}
    empty.save()
    paid_out(world, cashier, NOVEMBER, IN_NOVEMBER)
    assert (line(risen, NOVEMBER).amount, line(risen, NOVEMBER).arrears) == (5_600_000, 300_000)
    assert (line(without, NOVEMBER).amount, line(without, NOVEMBER).arrears) == (10_000_000, 5_000_000)
    prepared(cashier, date(2026, 12, 1), DECEMBER_1)
    assert [line(one, date(2026, 12, 1)).arrears for one in (risen, without)] == [0, 0]


def test_what_a_decision_paid_itself_is_not_made_up(world: World, cashier: OfficerActor) -> None:
    resumed, _ = a_pensioner("Lê Văn Hai"), a_pensioner("Bùi Văn Ba")
    changed(resumed, "stopped", since=date(2026, 9, 1), reason="Vắng mặt")
    paid_out(world, cashier, OCTOBER, IN_OCTOBER)
    dossier = a_submitted_dossier(world)
    with transaction.atomic(), acting_as("system"):
        order_out(
            "arrears", 5_000_000, to=HERS, actor=System(),
            purpose=Purpose("benefits", "Truy lĩnh", "Arrears", first_day=OCTOBER, last_day=date(2026, 10, 31)),
            whose=Whose(world.citizen.person_id, "Lê Văn Hai", LOCAL_OFFICE, dossier.pk), at=IN_OCTOBER,
        )  # fmt: skip
    EntitlementChange.objects.create(
        entitlement=resumed, kind="resumed", valid_from=OCTOBER, dossier_id=dossier.pk, made_at=IN_OCTOBER
    )
    prepared(cashier, NOVEMBER, IN_NOVEMBER)
    assert (line(resumed, NOVEMBER).amount, line(resumed, NOVEMBER).arrears) == (5_000_000, 0)


def granted(
    world: World, since: date, *, at: datetime, own: tuple[date, date] | None = None, lump: int = 0
) -> Entitlement:
    """A benefit that a decision of `at` began; by orders of its own it pays a lump sum, or months from … to …"""
    dossier, n = a_submitted_dossier(world), next(_numbers)
    one = a_pensioner("Trần Thị Mới", since=since, dossier_id=dossier.pk, granted_at=at)
    for key, amount, days in (("lump", lump, (None, None)), ("months", 5_000_000 if own else 0, own or (None, None))):
        if amount:
            with transaction.atomic(), acting_as("system"):
                order_out(
                    f"{key}:{n}", amount, purpose=Purpose("benefits", key, key, first_day=days[0], last_day=days[1]),
                    whose=Whose(world.citizen.person_id, "Trần Thị Mới", LOCAL_OFFICE, dossier.pk), to=HERS,
                    actor=System(), at=at,
                )  # fmt: skip
    return one


def test_a_first_month_is_paid_by_the_list_once_and_never_left_out(world: World, cashier: OfficerActor) -> None:
    a_pensioner("Lê Văn Hai")
    paid_out(world, cashier, OCTOBER, IN_OCTOBER)
    late = datetime(2026, 10, 20, 9, 0, tzinfo=VIETNAM)
    # from August on, decided in October after the list: no list of August or September knew of it, none went out here
    august = granted(world, date(2026, 8, 1), at=late, lump=30_000_000)
    paid_out(world, cashier, NOVEMBER, IN_NOVEMBER)
    found = line(august, NOVEMBER)
    assert (found.amount, found.arrears) == (20_000_000, 15_000_000), "August, September, October, and November"
    prepared(cashier, date(2026, 12, 1), DECEMBER_1)
    assert (line(august, date(2026, 12, 1)).amount, line(august, date(2026, 12, 1)).arrears) == (5_000_000, 0)


def test_months_a_decision_pays_itself_are_in_no_list(world: World, cashier: OfficerActor) -> None:
    a_pensioner("Lê Văn Hai")
    paid_out(world, cashier, OCTOBER, IN_OCTOBER)
    late = datetime(2026, 10, 20, 9, 0, tzinfo=VIETNAM)
    to_november = granted(world, OCTOBER, at=late, own=(OCTOBER, date(2026, 11, 30)))
    only_october = granted(world, date(2026, 9, 1), at=late, own=(OCTOBER, date(2026, 10, 31)))
    paid_out(world, cashier, NOVEMBER, IN_NOVEMBER)
    assert not PayrollLine.objects.filter(entitlement=to_november).exists()
    assert (line(only_october, NOVEMBER).amount, line(only_october, NOVEMBER).arrears) == (10_000_000, 5_000_000)
    prepared(cashier, date(2026, 12, 1), DECEMBER_1)
    for one in (to_november, only_october):
        assert (line(one, date(2026, 12, 1)).amount, line(one, date(2026, 12, 1)).arrears) == (5_000_000, 0)


def test_the_first_list_of_a_benefit_is_foretold(world: World, cashier: OfficerActor) -> None:
    day = date(2026, 10, 20)
    assert first_list(date(2026, 8, 1), office_code=LOCAL_OFFICE, on=day) == FirstList(
        OCTOBER, date(2026, 8, 1), date(2026, 9, 1)
    )
    a_pensioner("Lê Văn Hai")
    prepared(cashier, OCTOBER, IN_OCTOBER)  # made before the decision, so that it does not know of it
    assert first_list(OCTOBER, office_code=LOCAL_OFFICE, on=day) == FirstList(NOVEMBER, OCTOBER, OCTOBER)
    assert first_list(NOVEMBER, office_code=LOCAL_OFFICE, on=day) == FirstList(NOVEMBER)
    assert first_list(date(2027, 1, 1), office_code=LOCAL_OFFICE, on=day) == FirstList(date(2027, 1, 1))


def test_to_the_bank_and_back(world: World, cashier: OfficerActor) -> None:
    benefits = [a_pensioner(f"Hồ Văn {letter}") for letter in "ABC"]
    lists = paid_out(world, cashier, NOVEMBER, IN_NOVEMBER)
    (batch,) = sent(world, cashier, lists, IN_NOVEMBER)
    root = valid(file_of(batch))
    account = root.findall(".//{*}CdtrAcct/{*}Id/{*}Othr/{*}Id")
    assert sorted(one.text or "" for one in account) == sorted(one.bank_account["number"] for one in benefits)
    assert payroll_files(lists[0].pk, actor=cashier, at=IN_NOVEMBER) == []  # nothing is exported twice
    orders = list(batch.orders.all())
    assert {one.number for one in orders} == {one.bank_account["number"] for one in benefits}
    take_answer(answer(batch, "ACSC", names=[end_to_end(one) for one in orders[:2]]), actor=cashier,
                office_code=LOCAL_OFFICE, at=IN_NOVEMBER)  # fmt: skip
    take_answer(answer(batch, "RJCT", names=[end_to_end(orders[2])]), actor=cashier, office_code=LOCAL_OFFICE,
                at=IN_NOVEMBER)  # fmt: skip
    assert (balance("payout_bank"), balance("in_transit"), balance("owed_to_people")) == (-10_000_000, 0, -5_000_000)
    assert late_payments(NOVEMBER, office_codes=[LOCAL_OFFICE], at=DECEMBER_1) == {
        "in_time": 2, "late": 0, "waiting": 1,
    }  # fmt: skip


def test_whoever_changed_the_account_since_is_not_in_the_file(world: World, cashier: OfficerActor) -> None:
    stays, moves = a_pensioner("Hồ Văn A"), a_pensioner("Hồ Văn B")
    lists = paid_out(world, cashier, NOVEMBER, IN_NOVEMBER)
    BankAccountChange.objects.create(
        person=Person.objects.get(si_number=moves.insured_id), bank="970405", number="3900205999999", holder="HO VAN B",
        state="held", way="passkey", asked_by="x", asked_at=LONG_AGO, effective_at=IN_NOVEMBER, freeze_hash="y",
    )  # fmt: skip
    (batch,) = sent(world, cashier, lists, IN_NOVEMBER)
    assert [one.payroll_line.entitlement_id for one in batch.orders.all()] == [stays.pk]


@pytest.mark.requirement("R-188")
def test_what_was_not_collected_stands_in_the_registry(world: World, cashier: OfficerActor) -> None:
    one = a_pensioner("Hồ Văn A", bank=False)
    (found,) = paid_out(world, cashier, NOVEMBER, IN_NOVEMBER)
    with pytest.raises(Conflict):
        close_payroll(found.pk, actor=cashier, at=IN_NOVEMBER)
    assert close_payroll(found.pk, actor=cashier, at=DECEMBER_1) == 1
    unpaid = UnpaidBenefit.objects.get()
    assert (unpaid.insured_id, unpaid.entitlement_number, unpaid.month, unpaid.amount) == (
        one.insured_id, one.number, NOVEMBER, 5_000_000,
    )  # fmt: skip
    assert (balance("owed_to_people"), balance("benefits")) == (0, 0)
    assert Payroll.objects.get().state == PayrollState.CLOSED
    prepared(cashier, date(2026, 12, 1), DECEMBER_1)
    assert line(one, date(2026, 12, 1)).arrears == 0  # asked for, not paid again by itself
