"""A sum above the limit takes two releases beside the officer who prepared it; the database says so too."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ansinh.payments.batches import prepare, release, take_back
from ansinh.payments.ledger import balance
from ansinh.payments.limits import release_limit
from ansinh.payments.models import Batch, BatchState, Order, OrderState, ReleaseLimit
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import NotAllowed
from ansinh.platform.zone import local_day
from tests.payments.money import NOW, again, to_pay
from tests.world import LOCAL_OFFICE, World

pytestmark = pytest.mark.django_db
LARGE = 100_000_001


def a_file(order: Order, cashier: OfficerActor) -> Batch:
    return prepare([order.pk], office_code=LOCAL_OFFICE, actor=cashier, at=NOW)


def test_the_limit_itself_takes_one_release(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world, release_limit(on=local_day(NOW)))
    assert release(a_file(order, cashier).pk, actor=world["head"], at=NOW).state == BatchState.RELEASED


def test_one_dong_more_takes_a_third_officer(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world, LARGE)
    batch = a_file(order, cashier)
    assert release(batch.pk, actor=world["head"], at=NOW).state == BatchState.APPROVED
    assert (again(order).state, balance("in_transit")) == (OrderState.BATCHED, 0)
    for officer, code in ((cashier, "own-batch"), (world["head"], "own-approval")):
        with pytest.raises(NotAllowed) as refused:
            release(batch.pk, actor=officer, at=NOW)
        assert refused.value.code == code
    assert release(batch.pk, actor=world["leader"], at=NOW).state == BatchState.RELEASED
    assert (again(order).state, balance("in_transit")) == (OrderState.SENT, -LARGE)


def test_a_file_approved_once_may_be_taken_back(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world, LARGE)
    batch = a_file(order, cashier)
    release(batch.pk, actor=world["head"], at=NOW)
    take_back(batch.pk, actor=world["leader"], at=NOW)
    assert again(order).state == OrderState.READY


@pytest.mark.tampers
def test_the_database_sends_no_large_sum_released_once(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world, LARGE)
    a_file(order, cashier)
    with pytest.raises(IntegrityError, match="released file"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="sent")
    Batch.objects.update(state="released", released_by=world["head"].officer_id, released_at=NOW)
    with pytest.raises(IntegrityError, match="above the limit"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="sent")
    with pytest.raises(IntegrityError, match="batch_approved_by_a_third"), transaction.atomic():
        Batch.objects.update(approved_by=world["head"].officer_id, approved_at=NOW)


def test_a_limit_is_not_rewritten(world: World) -> None:
    release_limit(on=local_day(NOW))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ReleaseLimit.objects.update(above=10**12)
