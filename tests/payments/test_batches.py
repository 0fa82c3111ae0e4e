"""Payments to people: two officers, a file for the bank, its answer; held and frozen accounts get nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from lxml import etree

from ansinh.payments.batches import end_to_end, file_of, prepare, release, take_answer, take_back
from ansinh.payments.destination import destination
from ansinh.payments.ledger import balance
from ansinh.payments.models import Batch, BatchState, Order, OrderState
from ansinh.payments.moves import the_order
from ansinh.payments.orders import stop_out
from ansinh.payments.pain import ANSWERS, ORDERS
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Person
from ansinh.people.strong_proof import StrongProof
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_online
from ansinh.registry.models import BankAccountChange, ChangeState
from tests.payments.money import HERS, NOW, again, body_of, reported, to_pay
from tests.world import LOCAL_OFFICE, LONG_AGO, World

pytestmark = pytest.mark.django_db
ELSEWHERE = BankAccount("970436", "0011002233445", "TRAN THI MAI LAN")


def everybody_is_paid_into(account: BankAccount) -> None:
    for one in Person.objects.all():
        one.bank_account = vars(account)
        one.save()


def a_batch(order: Order, cashier: OfficerActor) -> Batch:
    return prepare([order.pk], office_code=LOCAL_OFFICE, actor=cashier, at=NOW)


def at_the_bank(order: Order, world: World, cashier: OfficerActor) -> Batch:
    return release(a_batch(order, cashier).pk, actor=world["head"], at=NOW)


def answer(batch: Batch, status: str, *, names: list[str] | None = None) -> bytes:
    """What a bank writes back about every payment of a file."""
    rows = names or [end_to_end(one) for one in batch.orders.all()]
    said = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{one}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Tai khoan da dong</AddtlInf></StsRsnInf></TxInfAndSts>"
        for one in rows
    )
    return (
        f'<Document xmlns="{ANSWERS}"><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{batch.number}</OrgnlMsgId>'
        f"</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>{said}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


def test_a_payment_from_debt_to_settled(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    assert (balance("benefits"), balance("owed_to_people")) == (40_000_000, -40_000_000)
    batch = at_the_bank(order, world, cashier)
    assert (again(order).state, balance("in_transit")) == (OrderState.SENT, -40_000_000)
    take_answer(answer(batch, "ACSC"), actor=cashier, office_code=LOCAL_OFFICE, at=NOW)
    assert (again(order).state, balance("in_transit"), balance("payout_bank")) == (OrderState.PAID, 0, -40_000_000)
    assert Batch.objects.get().state == BatchState.ANSWERED


def test_the_file_says_who_gets_what(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    root = etree.fromstring(file_of(a_batch(order, cashier)))
    names = {"p": ORDERS}
    assert root.findtext(".//p:CtrlSum", namespaces=names) == "40000000"
    row = root.find(".//p:CdtTrfTxInf", namespaces=names)
    assert row is not None
    assert row.findtext("p:PmtId/p:EndToEndId", namespaces=names) == f"{order.code}-1"
    assert row.findtext("p:CdtrAcct/p:Id/p:Othr/p:Id", namespaces=names) == HERS.number
    assert row.findtext("p:CdtrAgt//p:MmbId", namespaces=names) == HERS.bank
    assert row.findtext("p:RmtInf/p:Ustrd", namespaces=names) == f"{order.code} TRO CAP BHXH MOT LAN"
    amount = row.find("p:Amt/p:InstdAmt", namespaces=names)
    assert amount is not None and (amount.text, amount.get("Ccy")) == ("40000000", "VND")


def test_nobody_releases_what_he_prepared(world: World, cashier: OfficerActor) -> None:
    batch = a_batch(to_pay(world), cashier)
    with pytest.raises(NotAllowed) as refused:
        release(batch.pk, actor=cashier, at=NOW)
    assert refused.value.code == "own-batch"
    with pytest.raises(IntegrityError, match="batch_released_by_another"), transaction.atomic():
        Batch.objects.update(state="released", released_by=cashier.officer_id, released_at=NOW)


def test_others_have_no_hand_in_it(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    with pytest.raises(NotAllowed):
        prepare([order.pk], office_code=LOCAL_OFFICE, actor=world["specialist"], at=NOW)
    with pytest.raises(NotFound):
        release(a_batch(order, cashier).pk, actor=world["other_specialist"], at=NOW)


def test_a_rejected_payment_is_owed_again_and_paid_elsewhere(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    batch = at_the_bank(order, world, cashier)
    for _ in range(2):  # the same answer twice
        take_answer(answer(batch, "RJCT"), actor=cashier, office_code=LOCAL_OFFICE, at=NOW)
    assert (again(order).state, again(order).returned_because) == (OrderState.RETURNED, "AC04 Tai khoan da dong")
    assert (balance("in_transit"), balance("owed_to_people")) == (0, -40_000_000)
    second = at_the_bank(order, world, cashier)
    take_answer(answer(second, "ACSC"), actor=cashier, office_code=LOCAL_OFFICE, at=NOW)
    assert again(order).state == OrderState.PAID


def test_an_answer_to_the_first_round_says_nothing_of_the_second(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    first = at_the_bank(order, world, cashier)
    take_answer(answer(first, "RJCT"), actor=cashier, office_code=LOCAL_OFFICE, at=NOW)
    at_the_bank(order, world, cashier)
    with pytest.raises(Invalid) as refused:
        take_answer(answer(first, "ACSC", names=[f"{order.code}-1"]), actor=cashier, office_code=LOCAL_OFFICE, at=NOW)
    assert refused.value.code == "bank-answer-stranger"
    assert again(order).state == OrderState.SENT


def test_a_settled_payment_may_still_come_back(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    batch = at_the_bank(order, world, cashier)
    take_answer(answer(batch, "ACSC"), actor=cashier, office_code=LOCAL_OFFICE, at=NOW)
    back = body_of(kind="returned", content=f"{order.code}-1", amount=order.amount, payer_name="AC04")
    reported(back)
    reported(back)
    assert again(order).state == OrderState.RETURNED
    assert (balance("payout_bank"), balance("owed_to_people")) == (0, -40_000_000)
    stranger = reported(body_of(kind="returned", content=f"{order.code}-7", amount=order.amount))
    assert stranger.problem == "not-returnable"


def test_a_file_taken_back_pays_nobody(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    batch = a_batch(order, cashier)
    take_back(batch.pk, actor=cashier, at=NOW)
    assert again(order).state == OrderState.READY
    with pytest.raises(Conflict):
        release(batch.pk, actor=world["head"], at=NOW)


def test_an_order_is_in_one_file(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    a_batch(order, cashier)
    with pytest.raises(Conflict) as refused:
        a_batch(order, cashier)
    assert refused.value.code == "order-wrong-state"


@pytest.mark.requirement("R-188")
def test_asked_twice_a_grant_is_paid_once(world: World) -> None:
    assert to_pay(world) == to_pay(world)
    with pytest.raises(Conflict) as refused:
        to_pay(world, 50_000_000)
    assert refused.value.code == "order-exists"
    assert balance("benefits") == 40_000_000


def test_without_an_own_account_the_payable_one_is_paid(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world, to=None)
    assert destination(order, at=NOW).blocked == "account-missing"
    with pytest.raises(Conflict) as refused:
        a_batch(order, cashier)
    assert refused.value.code == "order-blocked"
    everybody_is_paid_into(HERS)
    assert destination(order, at=NOW).account == HERS
    assert a_batch(order, cashier).total == order.amount


def test_an_account_that_is_held_gets_nothing_before_its_hour(world: World, cashier: OfficerActor) -> None:
    everybody_is_paid_into(HERS)
    ask_online(ELSEWHERE, actor=world.citizen, proof=StrongProof("passkey", LONG_AGO, NOW), at=NOW)
    order = to_pay(world, to=ELSEWHERE)
    assert destination(order, at=NOW).blocked == "account-held"
    with pytest.raises(Conflict):
        a_batch(order, cashier)
    assert destination(order, at=NOW + timedelta(hours=24)).blocked == ""


def test_a_frozen_account_is_not_paid_though_the_file_was_prepared(world: World, cashier: OfficerActor) -> None:
    everybody_is_paid_into(HERS)
    ask_online(ELSEWHERE, actor=world.citizen, proof=StrongProof("passkey", LONG_AGO, NOW), at=NOW)
    later = NOW + timedelta(hours=25)
    order = to_pay(world, to=None, at=later)
    batch = prepare([order.pk], office_code=LOCAL_OFFICE, actor=cashier, at=later)
    assert again(order).number == ELSEWHERE.number
    BankAccountChange.objects.update(state=ChangeState.FROZEN, effective_at=None)
    with pytest.raises(Conflict):
        release(batch.pk, actor=world["head"], at=later)
    assert (again(order).state, balance("in_transit")) == (OrderState.BATCHED, 0)


def test_a_stopped_payment_is_no_debt(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    with transaction.atomic():
        stop_out(the_order(order.pk), actor=cashier, at=NOW, why="Hai lệnh cho một quyết định.")
    assert (balance("owed_to_people"), balance("benefits")) == (0, 0)


def test_strange_answers_change_nothing(world: World, cashier: OfficerActor) -> None:
    order = to_pay(world)
    batch = at_the_bank(order, world, cashier)
    for content in (b"<a/>", answer(batch, "ACSC", names=["BHXH0-1"]), b"<Document"):
        with pytest.raises(Invalid):
            take_answer(content, actor=cashier, office_code=LOCAL_OFFICE, at=NOW)
    take_answer(answer(batch, "PDNG"), actor=cashier, office_code=LOCAL_OFFICE, at=NOW)
    assert (again(order).state, Batch.objects.get().state) == (OrderState.SENT, BatchState.RELEASED)
