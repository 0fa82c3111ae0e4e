"""Cash: paid by two, signed for by the person or by whoever holds a mandate, counted at each post."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ansinh.files.models import StoredFile
from ansinh.files.receive import receive_for_the_house
from ansinh.law.names import search_key
from ansinh.payments.cash import (
    Receiver,
    attach_receipt,
    collectors_of,
    confirm_cash,
    count_post,
    drop_cash,
    open_cash,
    release_cash,
    tills,
)
from ansinh.payments.ledger import balance
from ansinh.payments.models import CashPayment, CashState, Order, OrderState
from ansinh.people.actors import OfficerActor
from ansinh.people.models import AccountState, Person
from ansinh.people.models_acting import Mandate
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.zone import local_day
from tests.files.samples import png
from tests.payments.money import NOW, again, to_pay
from tests.world import LONG_AGO, World, an_account

pytestmark = pytest.mark.django_db
COUNTER, HERSELF = "Quầy chi trả số 1", Receiver("079196000018")


def in_cash(world: World, amount: int = 3_000_000, *, key: str = "cash:1") -> Order:
    return to_pay(world, amount, key=key, to=None, cash=True)


def a_receipt() -> StoredFile:
    return receive_for_the_house(BytesIO(png()), name="ky-nhan.png", at=NOW)


def opened(order: Order, cashier: OfficerActor, *, receiver: Receiver = HERSELF, post: str = COUNTER) -> CashPayment:
    return open_cash(order.pk, post=post, receiver=receiver, actor=cashier, at=NOW)


def paid(order: Order, cashier: OfficerActor, witness: OfficerActor) -> CashPayment:
    payment = opened(order, cashier)
    attach_receipt(payment.pk, a_receipt(), actor=cashier, at=NOW)
    return confirm_cash(payment.pk, actor=witness, at=NOW)


def test_two_officers_and_a_signed_receipt(world: World, cashier: OfficerActor) -> None:
    order = in_cash(world)
    payment = opened(order, cashier)
    with pytest.raises(Conflict) as refused:
        confirm_cash(payment.pk, actor=world["head"], at=NOW)
    assert refused.value.code == "cash-no-receipt"
    attach_receipt(payment.pk, a_receipt(), actor=cashier, at=NOW)
    with pytest.raises(NotAllowed):
        confirm_cash(payment.pk, actor=cashier, at=NOW)
    assert again(order).state == OrderState.READY
    confirm_cash(payment.pk, actor=world["head"], at=NOW)
    assert (again(order).state, balance("cash")) == (OrderState.PAID, -3_000_000)
    with pytest.raises(Conflict):
        confirm_cash(payment.pk, actor=world["head"], at=NOW)


def test_an_order_is_paid_at_one_counter(world: World, cashier: OfficerActor) -> None:
    order = in_cash(world)
    first = opened(order, cashier)
    with pytest.raises(Conflict) as refused:
        opened(order, cashier, post="Quầy số 2")
    assert refused.value.code == "cash-open"
    drop_cash(first.pk, why="Người nhận không mang căn cước.", actor=cashier, at=NOW)
    assert opened(order, cashier, post="Quầy số 2").state == CashState.OPENED
    transfer = to_pay(world, key="to the bank")
    with pytest.raises(Conflict) as refused:
        opened(transfer, cashier)
    assert refused.value.code == "order-not-cash"


def test_a_large_sum_is_released_by_a_third_before_it_is_paid(world: World, cashier: OfficerActor) -> None:
    order = in_cash(world, 100_000_001)
    payment = opened(order, cashier)
    attach_receipt(payment.pk, a_receipt(), actor=cashier, at=NOW)
    with pytest.raises(Conflict) as refused:
        confirm_cash(payment.pk, actor=world["head"], at=NOW)
    assert refused.value.code == "cash-not-released"
    with pytest.raises(NotAllowed):
        release_cash(payment.pk, actor=cashier, at=NOW)
    release_cash(payment.pk, actor=world["leader"], at=NOW)
    with pytest.raises(NotAllowed):
        confirm_cash(payment.pk, actor=world["leader"], at=NOW)
    assert confirm_cash(payment.pk, actor=world["head"], at=NOW).state == CashState.PAID


def test_whoever_holds_a_mandate_signs_for_it(world: World, cashier: OfficerActor) -> None:
    son = Person.objects.create(
        full_name="Trần Gia Bảo", search_key=search_key("Trần Gia Bảo"), date_of_birth="1990-02-02", sex="male",
        personal_id_number="079090000777", updated_at=LONG_AGO,
    )  # fmt: skip
    an_account("079090000777", son.full_name, person=son)
    mandate = Mandate.objects.create(
        principal_id=world.citizen.person_id, agent=son, rights=["collect"], valid_from=date(2026, 11, 1),
        valid_to=date(2027, 2, 1), state="in_force", made_at=LONG_AGO, answered_at=LONG_AGO, confirmed_at=LONG_AGO,
        confirmed_digest="0" * 64, paper_basis="13-HSB số 1",
    )  # fmt: skip
    order = in_cash(world)
    assert [one.agent.full_name for one in collectors_of(order, on=local_day(NOW))] == ["Trần Gia Bảo"]
    payment = opened(order, cashier, receiver=Receiver("079090000777", mandate_id=mandate.pk))
    assert payment.receiver_name == "Trần Gia Bảo"
    drop_cash(payment.pk, why="Đổi người nhận.", actor=cashier, at=NOW)
    son.account.state = AccountState.CLOSED
    son.account.save()
    with pytest.raises(Invalid):
        opened(order, cashier, receiver=Receiver("079090000777", mandate_id=mandate.pk))


def test_a_post_is_counted_by_two(world: World, cashier: OfficerActor) -> None:
    for key in ("a", "b"):
        paid(in_cash(world, key=key), cashier, world["head"])
    (till,) = tills(viewer=cashier, day=local_day(NOW))
    assert (till.post, till.payments, till.paid) == (COUNTER, 2, 6_000_000)
    given: dict[str, Any] = {"brought": 10_000_000, "actor": cashier, "at": NOW}
    with pytest.raises(Invalid) as refused:
        count_post(till, counted=4_000_000, witness_id=cashier.officer_id, note="", **given)
    assert refused.value.code == "count-by-two"
    with pytest.raises(Invalid) as refused:
        count_post(till, counted=3_990_000, witness_id=world["head"].officer_id, note="", **given)
    assert refused.value.code == "count-needs-note"
    count_post(till, counted=4_000_000, witness_id=world["head"].officer_id, note="", **given)
    assert tills(viewer=cashier, day=local_day(NOW)) == []
    with pytest.raises(Conflict) as again_refused:
        opened(in_cash(world, key="c"), cashier)
    assert again_refused.value.code == "post-counted"
    tomorrow = NOW + timedelta(days=1)
    assert open_cash(in_cash(world, key="c").pk, post=COUNTER, receiver=HERSELF, actor=cashier, at=tomorrow)


def test_others_have_no_hand_in_it(world: World, cashier: OfficerActor) -> None:
    order = in_cash(world)
    with pytest.raises(NotAllowed):
        open_cash(order.pk, post=COUNTER, receiver=HERSELF, actor=world["specialist"], at=NOW)
    payment = opened(order, cashier)
    with pytest.raises((NotAllowed, NotFound)):
        confirm_cash(payment.pk, actor=world["other_specialist"], at=NOW)


@pytest.mark.tampers
def test_the_database_pays_no_cash_by_one(world: World, cashier: OfficerActor) -> None:
    order = in_cash(world)
    with pytest.raises(IntegrityError, match="paid in cash by two"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="paid", paid_at=NOW)
    payment = opened(order, cashier)
    receipt = a_receipt()
    with pytest.raises(IntegrityError, match="cash_is_paid_by_two"), transaction.atomic():
        CashPayment.objects.filter(pk=payment.pk).update(
            state="paid", paid_at=NOW, receipt=receipt, witness=cashier.officer_id
        )
