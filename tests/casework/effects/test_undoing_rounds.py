"""A dossier that is decided three times and more: what every round moved and asked back is netted, and moves once."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.casework.ask_again import approve_again, propose_again
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.casework.models import AppliedEffect
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.supplement import answer_fields, send
from ansinh.payments.ledger import balance
from ansinh.payments.models import Order, OrderState
from ansinh.payments.moves import the_order
from ansinh.payments.orders import received
from ansinh.payments.reconcile import differences
from ansinh.people.actors import System
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement
from tests.casework.effects.scene import a_benefit, a_procedure, field, granted
from tests.casework.effects.test_payments import to_pay
from tests.casework.effects.test_records import effect
from tests.casework.effects.test_undoing import FRIDAY, opened, paid, refused, replaced
from tests.casework.effects.test_undoing_money import CHANGE, NOVEMBER, OCTOBER, START, asked_back, listed
from tests.world import World, a_moment

SEPTEMBER = date(2026, 9, 1)
DAYS = [a_moment(date(2026, 11, day)) for day in (17, 18, 19, 20, 23)]


def to_be_paid() -> list[int]:
    """Đồng that wait to be paid to the person."""
    rows = Order.objects.filter(direction="out", state__in=(OrderState.READY, OrderState.RETURNED))
    return list(rows.order_by("pk").values_list("amount", flat=True))


def paid_once(world: World) -> tuple[Dossier, Order]:
    """Granted, and the sum paid at the till."""
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = granted(world)
    return dossier, paid(world, Order.objects.get())


def refused_after(world: World) -> tuple[Dossier, Order]:
    """Granted and paid, then refused: the sum is asked back."""
    dossier, first = paid_once(world)
    dossier = refused(world, opened(world, dossier, at=FRIDAY))
    assert asked_back() == [first.amount]
    return dossier, first


def again(world: World, dossier: Dossier, amount: int, *, day: int = 0) -> Dossier:
    """Opened and granted once more."""
    return replaced(world, opened(world, dossier, at=DAYS[day]), amount, at=DAYS[day])


@pytest.mark.parametrize(("more", "paid_out", "asked"), [(0, [], []), (500, [500], []), (-500, [], [500])])
def test_granted_after_a_refusal_only_the_difference_moves(
    world: World, more: int, paid_out: list[int], asked: list[int]
) -> None:
    dossier, first = refused_after(world)
    again(world, dossier, first.amount + more)
    assert (to_be_paid(), asked_back()) == (paid_out, asked)
    assert differences() == []
    assert balance("owed_to_people") == -sum(paid_out)


def test_what_was_paid_back_in_between_is_paid_once_more(world: World) -> None:
    dossier, first = refused_after(world)
    received(the_order(Order.objects.get(direction="in").pk), actor=System(), at=FRIDAY, reference="x")
    again(world, dossier, first.amount)
    assert (to_be_paid(), asked_back()) == ([first.amount], [])


def test_refused_once_more_all_that_the_person_has_is_asked_back_once(world: World) -> None:
    dossier, first = refused_after(world)
    dossier = again(world, dossier, first.amount - 500_000)
    refused(world, opened(world, dossier, at=DAYS[1]), at=DAYS[1])
    assert asked_back() == [first.amount]
    dossier = again(world, Dossier.objects.get(pk=dossier.pk), first.amount, day=2)
    assert (to_be_paid(), asked_back()) == ([], [])
    made: AppliedEffect = dossier.effects.latest("at")
    assert str(first.pk) in made.made["orders"]


def test_what_was_collected_and_waits_to_be_given_back_is_kept(world: World) -> None:
    a_procedure(
        {"key": "back", "does": "payment_order_in",
         "with": {"amount": {"decided": "amount"}, "purpose": {"value": "Thu hồi tiền hưởng thừa"}}}
    )  # fmt: skip
    dossier = granted(world)
    first = Order.objects.get()
    received(the_order(first.pk), actor=System(), at=FRIDAY, reference="x")
    dossier = refused(world, opened(world, dossier, at=FRIDAY))
    assert to_be_paid() == [first.amount]
    again(world, dossier, first.amount + 200_000)
    assert (to_be_paid(), asked_back()) == ([], [200_000])
    assert balance("owed_to_people") == 0


def a_pension(world: World) -> Dossier:
    """Granted from October; lists paid October and November."""
    a_procedure(
        effect("benefit_started", **{**START, "start_month": {"field": "first_month"}}),
        fields=[field("first_month", "month")],
    )
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.", first_month="2026-10")
    for month in (OCTOBER, NOVEMBER):
        listed(world, Entitlement.objects.get(), month, 5_000_000)
    return dossier


def test_a_pension_granted_after_a_refusal_is_the_same_one_and_nothing_is_asked_back(world: World) -> None:
    dossier = a_pension(world)
    dossier = refused(world, opened(world, dossier))
    assert asked_back() == [10_000_000]
    again(world, dossier, 5_000_000)
    one = Entitlement.objects.get()  # lists know what they paid of it
    assert (is_paid(one, on=OCTOBER), standing_of(one, on=NOVEMBER).monthly_amount) == (True, 5_000_000)
    assert (to_be_paid_to_the_person(dossier), asked_back()) == ([], [])


def test_a_pension_granted_lower_after_a_refusal_asks_only_the_difference(world: World) -> None:
    dossier = refused(world, opened(world, a_pension(world)))
    dossier = again(world, dossier, 4_500_000)
    assert asked_back() == [1_000_000]
    refused(world, opened(world, dossier, at=DAYS[1]), at=DAYS[1])
    assert asked_back() == [10_000_000]


def test_what_was_paid_back_of_a_pension_is_given_once_more(world: World) -> None:
    dossier = refused(world, opened(world, a_pension(world)))
    received(the_order(Order.objects.get(direction="in").pk), actor=System(), at=FRIDAY, reference="x")
    again(world, dossier, 5_000_000)
    assert (to_be_paid_to_the_person(dossier), asked_back()) == ([10_000_000], [])


def test_a_later_first_month_asks_back_only_the_months_before_it(world: World) -> None:
    dossier = with_first_month(world, a_pension(world), "2026-11")
    one = Entitlement.objects.get()
    assert (is_paid(one, on=OCTOBER), is_paid(one, on=NOVEMBER)) == (False, True)
    assert asked_back() == [5_000_000]
    with_first_month(world, dossier, "2026-10", day=1)
    one = Entitlement.objects.get()
    assert is_paid(one, on=OCTOBER)
    assert asked_back() == []


def test_an_earlier_first_month_adds_only_the_months_between(world: World) -> None:
    dossier = with_first_month(world, a_pension(world), "2026-09")
    before, one = Entitlement.objects.order_by("start_month")
    assert [is_paid(before, on=month) for month in (SEPTEMBER, OCTOBER)] == [True, False]
    assert is_paid(one, on=OCTOBER)
    assert asked_back() == []
    dossier = with_first_month(world, dossier, "2026-10", day=1)
    before = Entitlement.objects.get(pk=before.pk)
    assert not is_paid(before, on=SEPTEMBER)
    assert asked_back() == []
    refused(world, opened(world, dossier, at=DAYS[2]), at=DAYS[2])
    assert asked_back() == [10_000_000]


def test_a_change_that_is_made_again_after_a_refusal_asks_nothing_back(world: World) -> None:
    one = a_benefit(monthly_amount=3_000_000)
    a_procedure(effect("benefit_changed", **CHANGE))
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.")
    for month in (OCTOBER, NOVEMBER):
        listed(world, one, month, 5_000_000)
    dossier = refused(world, opened(world, dossier))
    assert asked_back() == [4_000_000]
    again(world, dossier, 5_000_000)
    assert standing_of(Entitlement.objects.get(), on=NOVEMBER).monthly_amount == 5_000_000
    assert asked_back() == []


def with_first_month(world: World, dossier: Dossier, month: str, *, day: int = 0) -> Dossier:
    """Opened again, the answer asked for and corrected, granted with another first month."""
    at = DAYS[day]
    dossier = opened(world, dossier, at=at)
    ask = Ask("field", "first_month", "answer-incomplete", "Khác sổ gốc.", "Tháng đầu như sổ gốc.")
    if day == 0:
        ask_for_more(dossier.pk, actor=world["specialist"], asks=[ask], at=at)
    else:  # a second time only when the head agrees
        propose_again(dossier.pk, actor=world["specialist"], asks=[ask], why="Sổ gốc mới tìm thấy.", at=at)
        approve_again(dossier.pk, actor=world["head"], at=at)
    assert answer_fields(dossier.pk, actor=world.citizen, answers={"first_month": month}, at=at) == []
    send(dossier.pk, actor=world.citizen, at=at)
    return replaced(world, dossier, 5_000_000, at=at)


def to_be_paid_to_the_person(dossier: Dossier) -> list[int]:
    """Đồng of orders of the dossier itself, beside those of the lists."""
    rows = Order.objects.filter(dossier=dossier, direction="out", state=OrderState.READY)
    return list(rows.order_by("pk").values_list("amount", flat=True))
