"""A dossier that is paid for: it waits with a code, goes on when the bank reports the money, and gives money back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ansinh.casework.accept import accept
from ansinh.casework.money.finish import finish_paid
from ansinh.casework.money.receipt import make_payment_receipt
from ansinh.casework.money.waiting import FINISH_PAID, ask_again, open_order
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.withdraw import withdraw
from ansinh.dossiers.words import Situation, state_words
from ansinh.offices.queries import office, work_calendar
from ansinh.payments.models import BankNotice, Order, OrderState
from ansinh.payments.orders import expire
from ansinh.payments.resolve import apply
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Conflict
from ansinh.platform.models import Job
from ansinh.registry.card_changes import held_card
from ansinh.registry.models import ContributionPeriod, InsuredPerson
from tests.payments.money import body_of, reported
from tests.world import FILED_AT, SI_NUMBER, World, a_moment, a_submitted_dossier

pytestmark = pytest.mark.django_db
TUESDAY = a_moment(date(2026, 11, 10))


def renewal(world: World, **more: Any) -> Dossier:
    """Six months as the first of the household, filed on Friday 6 November 2026."""
    answers: dict[str, Any] = {
        "submitter_role": "self", "id_number": "090190000018", "card_number": f"GD490{SI_NUMBER}",
        "current_valid_to": "2026-12-31", "group": "household", "order_in_household": 1, "months": "6",
        "result_channel": "electronic", "truth_commitment": True, **more,
    }  # fmt: skip
    return a_submitted_dossier(world, "gia-han-the-bhyt", papers=(), **answers)


def registration(world: World) -> Dossier:
    """Voluntary insurance for three months."""
    answers: dict[str, Any] = {
        "submitter_role": "self", "id_number": "090190000018", "request_type": "register", "income_chosen": 2_000_000,
        "support_group": "other", "support_months_used": 0, "payment_mode": "quarterly", "from_month": "2026-11",
        "result_channel": "electronic", "truth_commitment": True,
    }  # fmt: skip
    return a_submitted_dossier(world, "bhxh-tu-nguyen", papers=(), **answers)


def order_of(dossier: Dossier) -> Order:
    found = open_order(dossier)
    assert found is not None
    return found


def paid(dossier: Dossier, **facts: Any) -> BankNotice:
    return reported(body_of(order_of(dossier), moved=TUESDAY, **facts), at=TUESDAY)


def again(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.requirement("R-098")
def test_a_renewal_waits_for_what_the_law_computes(world: World) -> None:
    dossier = renewal(world)
    order = order_of(dossier)
    assert dossier.state == State.WAITING_FOR_PAYMENT
    assert (order.amount, order.due_on, order.owner_id) == (683_100, date(2026, 11, 13), world.citizen.person_id)
    assert (order.period_from, order.period_to) == (date(2027, 1, 1), date(2027, 6, 30))
    assert (dossier.accepted_at, dossier.due_on) == (None, None)


def test_the_page_says_how_much_and_until_when(world: World) -> None:
    dossier = renewal(world)
    order = order_of(dossier)
    where = Situation(
        office(dossier.office_code), date(2026, 11, 9), work_calendar(), answer_by=order.due_on, to_pay=order.amount
    )
    words = state_words(dossier, where)
    assert words.title == "Đang chờ ông/bà nộp tiền"
    assert "683.100" in words.to_do and "13/11/2026" in words.to_do


@pytest.mark.requirement("R-098")
def test_the_bank_s_notice_renews_the_card(world: World) -> None:
    dossier = renewal(world)
    paid(dossier)
    assert Job.objects.filter(name=FINISH_PAID).count() == 1
    assert finish_paid(dossier.pk, at=TUESDAY)
    assert not finish_paid(dossier.pk, at=TUESDAY)
    assert again(dossier).state == State.GRANTED
    card = held_card(InsuredPerson.objects.get(pk=SI_NUMBER))
    assert card.valid_to == date(2027, 6, 30)
    assert make_payment_receipt(order_of(dossier).pk, at=TUESDAY) is not None
    assert {one.kind for one in dossier.documents.all()} == {"decision", "payment"}
    decision = dossier.decisions.get()
    assert (decision.by_rule, decision.amount, decision.proposed_by) == (True, 683_100, None)


def test_money_that_does_not_fit_renews_nothing_until_an_officer_says_so(world: World, cashier: OfficerActor) -> None:
    dossier = renewal(world)
    first = paid(dossier, amount=600_000)
    assert again(dossier).state == State.WAITING_FOR_PAYMENT
    with pytest.raises(Conflict):
        apply(first.pk, code=order_of(dossier).code, actor=cashier, note="Chờ phần thiếu.", at=TUESDAY)
    second = paid(dossier, amount=83_100)
    apply(second.pk, code=order_of(dossier).code, actor=cashier, note="Hai lần chuyển, đủ tiền.", at=TUESDAY)
    assert again(dossier).state == State.SUBMITTED
    assert finish_paid(dossier.pk, at=TUESDAY)


def test_what_cannot_be_done_is_left_to_the_office(world: World) -> None:
    dossier = renewal(world)
    paid(dossier)
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_number="")
    assert not finish_paid(dossier.pk, at=TUESDAY)
    left = again(dossier)
    assert (left.state, left.stage) == (State.SUBMITTED, "intake")
    assert left.events.get(kind="left_to_office").facts["code"] == "no-card"
    assert not left.decisions.exists()


def test_nobody_is_asked_to_pay_for_what_cannot_be_done(world: World) -> None:
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_number="")
    left = renewal(world)
    assert (left.state, left.stage) == (State.SUBMITTED, "intake")
    assert left.events.get(kind="left_to_office").facts["code"] == "no-card"
    assert not Order.objects.exists()


def test_what_is_withdrawn_before_it_is_paid_takes_no_money(world: World) -> None:
    dossier = renewal(world)
    withdraw(dossier.pk, actor=world.citizen, reason="", at=TUESDAY)
    assert order_of(dossier).state == OrderState.CANCELLED
    assert paid(dossier).problem == "cancelled"


def test_what_is_withdrawn_after_it_is_paid_gives_the_money_back(world: World) -> None:
    dossier = registration(world)
    paid(dossier)
    withdraw(dossier.pk, actor=world.citizen, reason="", at=TUESDAY)
    back = Order.objects.get(direction="out")
    assert (back.amount, back.state, back.number) == (1_122_000, OrderState.READY, "3900205123456")


def test_past_its_day_a_new_code_is_given_and_the_old_one_pays_nothing(world: World) -> None:
    dossier = renewal(world)
    old, later = order_of(dossier), FILED_AT + timedelta(days=9)
    expire(at=later)
    new = ask_again(dossier.pk, actor=world.citizen, at=later)
    assert new.code != old.code
    assert ask_again(dossier.pk, actor=world.citizen, at=later) == new
    assert reported(body_of(old, moved=later), at=later).problem == "late"
    assert reported(body_of(new, moved=later), at=later).order == new
    assert again(dossier).state == State.SUBMITTED


@pytest.mark.requirement("R-096")
def test_the_office_begins_once_it_is_paid(world: World) -> None:
    dossier = registration(world)
    assert dossier.state == State.WAITING_FOR_PAYMENT
    with pytest.raises(Conflict):
        accept(dossier.pk, actor=world["counter"], at=TUESDAY)
    paid(dossier)
    assert not finish_paid(dossier.pk, at=TUESDAY)
    assert not Job.objects.filter(name=FINISH_PAID).exists()
    assert accept(dossier.pk, actor=world["counter"], at=TUESDAY).due_on == date(2026, 11, 17)


def test_nothing_is_asked_where_nothing_is_due(world: World) -> None:
    dossier = a_submitted_dossier(
        world, "bhxh-tu-nguyen", papers=(), submitter_role="self", id_number="090190000018", request_type="stop",
        stop_reason="Đã đi làm", from_month="2026-12", result_channel="electronic", truth_commitment=True,
    )  # fmt: skip
    assert (dossier.state, open_order(dossier)) == (State.SUBMITTED, None)


def test_months_paid_twice_are_not_recorded_twice(world: World) -> None:
    answers: dict[str, Any] = {
        "submitter_role": "self", "id_number": "090190000018", "income_chosen": 2_000_000, "support_group": "other",
        "support_months_used": 0, "payment_mode": "monthly", "from_month": "2026-11", "result_channel": "electronic",
        "truth_commitment": True,
    }  # fmt: skip
    first = a_submitted_dossier(world, "dong-tiep-bhxh-tu-nguyen", papers=(), **answers)
    second = a_submitted_dossier(world, "dong-tiep-bhxh-tu-nguyen", papers=(), **answers)
    for dossier in (first, second):
        paid(dossier)
    assert finish_paid(first.pk, at=TUESDAY), [e.facts for e in again(first).events.all()]
    assert not finish_paid(second.pk, at=TUESDAY)
    recorded = ContributionPeriod.objects.get(fund="voluntary")
    assert (recorded.from_month, recorded.to_month, recorded.salary) == (
        date(2026, 11, 1),
        date(2026, 11, 1),
        2_000_000,
    )
    assert again(second).events.get(kind="left_to_office").facts["code"] == "month-already-paid"
