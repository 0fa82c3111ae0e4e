"""Money that comes for an order of a result that was replaced meanwhile: it belongs to no dossier, and goes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ansinh.payments.ledger import balance
from ansinh.payments.models import LedgerTransaction, NoticeState, Order, OrderState
from ansinh.payments.orders import expire
from ansinh.payments.reconcile import differences
from ansinh.payments.resolve import apply, give_back, notices_to_resolve
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Conflict
from tests.casework.effects.scene import a_procedure, granted
from tests.casework.effects.test_undoing import opened, refused
from tests.payments.money import body_of, reported
from tests.world import LOCAL_OFFICE, World, a_moment, an_officer

DUE_TO_PAY = {
    "key": "due", "does": "payment_order_in",
    "with": {"amount": {"decided": "amount"}, "purpose": {"value": "Thu hồi tiền hưởng thừa"}},
}  # fmt: skip
LATER = a_moment(date(2026, 11, 23))
NOTE = "Đã đối chiếu với sao kê ngân hàng."


@pytest.fixture
def cashier(world: World) -> OfficerActor:
    return an_officer("ketoan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))


def replaced_after_its_day(world: World) -> Order:
    """An order to pay that ran out; then the result was replaced by a refusal."""
    a_procedure(DUE_TO_PAY)
    dossier = granted(world)
    assert expire(at=LATER) == 1
    refused(world, opened(world, dossier, at=LATER), at=LATER)
    return Order.objects.get()


def test_an_order_past_its_day_ends_with_the_result_it_was_of(world: World) -> None:
    assert replaced_after_its_day(world).state == OrderState.CANCELLED


def test_late_money_for_it_is_held_without_a_dossier_and_goes_back(world: World, cashier: OfficerActor) -> None:
    order = replaced_after_its_day(world)
    moved = LATER + timedelta(days=1)
    notice = reported(body_of(order, moved=moved), at=moved)
    assert (notice.state, notice.problem, notice.office_code) == (NoticeState.TO_RESOLVE, "cancelled", LOCAL_OFFICE)
    assert list(notices_to_resolve(viewer=cashier)) == [notice]
    booked = LedgerTransaction.objects.get(key=f"notice:{notice.pk}:in")
    assert booked.dossier_id is None
    assert balance("unmatched") == -order.amount
    with pytest.raises(Conflict):
        apply(notice.pk, code=order.code, actor=cashier, note=NOTE, at=moved)
    back = give_back(notice.pk, actor=cashier, note=NOTE, at=moved)
    assert (back.amount, back.dossier_id) == (order.amount, None)
    assert balance("unmatched") == 0
    assert differences() == []


def test_money_that_waits_when_the_result_is_replaced_is_not_taken_for_it(world: World, cashier: OfficerActor) -> None:
    a_procedure(DUE_TO_PAY)
    dossier = granted(world)
    expire(at=LATER)
    order = Order.objects.get()
    notice = reported(body_of(order, moved=LATER), at=LATER)
    assert notice.problem == "late"
    refused(world, opened(world, dossier, at=LATER), at=LATER)
    with pytest.raises(Conflict):
        apply(notice.pk, code=order.code, actor=cashier, note=NOTE, at=LATER)
    assert give_back(notice.pk, actor=cashier, note=NOTE, at=LATER).dossier_id is None
