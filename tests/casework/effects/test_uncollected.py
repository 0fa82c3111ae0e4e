"""Months of an undone benefit that nobody collected: neither the till nor a decision pays them any more."""

from __future__ import annotations

import pytest

from ansinh.casework.models import EffectReversal
from ansinh.dossiers.models import Dossier
from ansinh.payments.cash import Receiver, open_cash
from ansinh.payments.ledger import balance
from ansinh.payments.models import Order, OrderState
from ansinh.payments.moves import the_order
from ansinh.payments.orders import stop_out
from ansinh.payments.reconcile import differences
from ansinh.people.actors import System
from ansinh.people.models import Role
from ansinh.platform.errors import Conflict
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import local_day
from ansinh.registry.benefits.unpaid import settle_months, unpaid_of
from ansinh.registry.models import Entitlement, InsuredPerson, UnpaidBenefit
from tests.casework.effects.scene import a_procedure, granted
from tests.casework.effects.test_records import effect
from tests.casework.effects.test_undoing import FRIDAY, THURSDAY, opened, refused, replaced
from tests.casework.effects.test_undoing_money import NOVEMBER, OCTOBER, START, asked_back, on_a_list
from tests.casework.effects.test_undoing_rounds import again
from tests.world import LOCAL_OFFICE, SI_NUMBER, World, an_officer


def a_pension(world: World) -> tuple[Dossier, Entitlement]:
    """Granted from October, 5 million a month."""
    a_procedure(effect("benefit_started", **START))
    return granted(world, amount=5_000_000, why="Theo sổ gốc."), Entitlement.objects.get()


def not_collected(one: Entitlement) -> None:
    """October went back from the list that was closed."""
    UnpaidBenefit.objects.create(
        insured_id=one.insured_id, entitlement_number=one.number, month=OCTOBER, amount=5_000_000,
        why="Quá kỳ chi trả, chưa nhận", listed_on=local_day(THURSDAY),
    )  # fmt: skip


def claimable() -> list[int]:
    """Đồng that the person may ask for."""
    person = InsuredPerson.objects.get(pk=SI_NUMBER)
    return [row["amount"] for row in unpaid_of(person).get("unpaid_rows", [])]


def test_months_of_an_undone_benefit_are_not_asked_for(world: World) -> None:
    dossier, one = a_pension(world)
    not_collected(one)
    assert claimable() == [5_000_000]
    dossier = refused(world, opened(world, dossier))
    assert claimable() == []
    person = InsuredPerson.objects.get(pk=SI_NUMBER)
    assert settle_months(person, first=OCTOBER, last=NOVEMBER, dossier_id=uuid7(), at=FRIDAY) == []
    again(world, dossier, 5_000_000)
    assert claimable() == [5_000_000]


def test_of_a_lowered_benefit_only_what_is_owed_is_asked_for(world: World) -> None:
    dossier, one = a_pension(world)
    not_collected(one)
    replaced(world, opened(world, dossier), 4_500_000)
    assert claimable() == [4_500_000]


def test_an_order_of_a_list_that_waits_at_the_till_is_stopped(world: World) -> None:
    dossier, one = a_pension(world)
    on_a_list(world, one, NOVEMBER, 5_000_000)
    dossier = refused(world, opened(world, dossier))
    order = Order.objects.get(direction="out")
    assert order.state == OrderState.CANCELLED
    assert asked_back() == []  # nobody has the money
    assert order.code in EffectReversal.objects.get().says_vi
    assert claimable() == []
    assert (balance("owed_to_people"), balance("benefits")) == (0, 0)
    assert differences() == []
    again(world, dossier, 5_000_000)
    assert claimable() == [5_000_000]


def test_what_was_lowered_and_waits_is_paid_and_the_difference_asked_back(world: World) -> None:
    dossier, one = a_pension(world)
    on_a_list(world, one, NOVEMBER, 5_000_000)
    replaced(world, opened(world, dossier), 4_500_000)
    assert Order.objects.get(direction="out").state == OrderState.READY
    assert asked_back() == [500_000]


def test_while_the_till_pays_it_nothing_is_signed(world: World) -> None:
    dossier, one = a_pension(world)
    line = on_a_list(world, one, NOVEMBER, 5_000_000)
    cashier = an_officer("ketoan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))
    assert line.order_id is not None
    open_cash(line.order_id, post="Quầy số 1", receiver=Receiver("079196000018"), actor=cashier, at=FRIDAY)
    with pytest.raises(Conflict) as stopped:
        refused(world, opened(world, dossier))
    assert stopped.value.code == "order-at-the-till"


def test_a_month_that_was_stopped_before_is_no_month_paid(world: World) -> None:
    dossier, one = a_pension(world)
    line = on_a_list(world, one, NOVEMBER, 5_000_000)
    assert line.order_id is not None
    stop_out(the_order(line.order_id), actor=System(), at=FRIDAY, why="Người hưởng không đến lĩnh.")
    refused(world, opened(world, dossier))
    assert asked_back() == []
