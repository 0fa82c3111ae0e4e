"""A result that is replaced is undone by reversing entries: money by the difference, records by dated rows."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.letter import decision_data
from ansinh.casework.models import AppliedEffect, EffectReversal
from ansinh.casework.pins import Pin
from ansinh.casework.propose import RefusalReason, control, propose_grant, propose_refusal
from ansinh.casework.reopening.by_hand import undone_by_hand
from ansinh.casework.reopening.changed import what_changed
from ansinh.casework.reopening.reopen import Order as Opening
from ansinh.casework.reopening.reopen import reopen
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, State
from ansinh.files.receive import receive_for_the_house
from ansinh.notifications.models import Notice
from ansinh.payments.batches import prepare
from ansinh.payments.cash import Receiver, attach_receipt, confirm_cash, open_cash
from ansinh.payments.ledger import balance
from ansinh.payments.models import Order, OrderState
from ansinh.payments.moves import the_order
from ansinh.payments.orders import received
from ansinh.payments.reconcile import differences
from ansinh.people.actors import System
from ansinh.people.models import Role
from ansinh.platform.errors import Conflict, DomainError, NotAllowed
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.books import counted_periods
from ansinh.registry.card_changes import held_card
from ansinh.registry.models import CardChange, Entitlement, RecoveryClaim
from tests.casework.effects.scene import a_benefit, a_procedure, granted
from tests.casework.effects.test_payments import to_pay
from tests.casework.effects.test_records import effect, person
from tests.files.samples import png
from tests.walls_of import application_role
from tests.world import LOCAL_OFFICE, SI_NUMBER, World, a_moment, an_officer

THURSDAY, FRIDAY = (a_moment(date(2026, 11, day)) for day in (12, 13))
WHY = Opening("mistake", "Cơ quan tính thiếu một năm đóng của ông/bà.")
START = {"benefit_type": "pension", "start_month": "2026-12", "monthly_amount": {"decided": "amount"}}


def opened(world: World, dossier: Dossier, *, at: datetime = THURSDAY) -> Dossier:
    reopen(dossier.pk, actor=world["leader"], order=WHY, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def proposed(world: World, dossier: Dossier, amount: int | None, *, at: datetime = FRIDAY) -> Dossier:
    why = "Theo sổ gốc." if amount is not None else ""
    propose_grant(dossier.pk, actor=world["specialist"], amount=amount, override_reason=why, note="", at=at)
    control(dossier.pk, actor=world["head"], note="", at=at)
    return Dossier.objects.get(pk=dossier.pk)


def replaced(world: World, dossier: Dossier, amount: int | None, *, at: datetime = FRIDAY) -> Dossier:
    proposed(world, dossier, amount, at=at)
    sign(dossier.pk, actor=world["leader"], at=at)
    return Dossier.objects.get(pk=dossier.pk)


def refused(world: World, dossier: Dossier, *, at: datetime = FRIDAY) -> Dossier:
    reason = RefusalReason("condition-not-met", "Chưa đủ thời gian đóng theo sổ gốc.", Pin("field", "full_name"))
    propose_refusal(dossier.pk, actor=world["specialist"], reasons=[reason], note="", at=at)
    control(dossier.pk, actor=world["head"], note="", at=at)
    sign(dossier.pk, actor=world["leader"], at=at)
    return Dossier.objects.get(pk=dossier.pk)


def paid(world: World, order: Order, *, by: str = "ketoan", at: datetime = THURSDAY) -> Order:
    """The till paid it in cash, by two and with a receipt."""
    cashier = an_officer(by, "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))
    payment = open_cash(order.pk, post="Quầy chi trả số 1", receiver=Receiver("079196000018"), actor=cashier, at=at)
    receipt = receive_for_the_house(BytesIO(png()), name="ky-nhan.png", at=at)
    attach_receipt(payment.pk, receipt, actor=cashier, at=at)
    confirm_cash(payment.pk, actor=world["head"], at=at)
    return Order.objects.get(pk=order.pk)


def test_an_order_that_nobody_paid_is_stopped_and_the_new_amount_ordered(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = opened(world, granted(world))
    dossier = replaced(world, dossier, 9_000_000)
    first, second = Order.objects.order_by("created_at", "pk")
    assert (first.state, second.state, second.amount) == (OrderState.CANCELLED, OrderState.READY, 9_000_000)
    assert balance("owed_to_people") == -9_000_000
    assert differences() == []
    assert first.code in EffectReversal.objects.get().says_vi
    assert AppliedEffect.objects.filter(dossier=dossier).count() == 2  # the earlier one stays as it was


def test_of_what_was_paid_only_the_difference_is_paid(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = granted(world)
    first = paid(world, Order.objects.get())
    dossier = replaced(world, opened(world, dossier, at=FRIDAY), first.amount + 1_000_000)
    more = Order.objects.exclude(pk=first.pk).get()
    assert (more.direction, more.amount, more.state) == ("out", 1_000_000, OrderState.READY)
    assert "chênh lệch" in more.purpose_vi
    changed = what_changed(dossier)
    assert changed is not None
    assert changed.difference == 1_000_000
    assert "1.000.000" in changed.undone[0].says_vi
    assert "order" in changed.undone[0].says_en
    first.refresh_from_db()
    assert first.state == OrderState.PAID


def test_what_was_paid_too_much_is_claimed_back(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = granted(world)
    first = paid(world, Order.objects.get())
    replaced(world, opened(world, dossier, at=FRIDAY), first.amount - 1_000_000)
    back = Order.objects.exclude(pk=first.pk).get()
    assert (back.direction, back.amount, back.state) == ("in", 1_000_000, OrderState.AWAITING)
    assert back.account == "recovered_benefits"
    assert back.owner_id == world.citizen.person_id
    claim = RecoveryClaim.objects.get()
    assert (claim.amount, claim.insured_id) == (1_000_000, SI_NUMBER)


def test_a_third_result_counts_what_the_second_moved(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = granted(world)
    first = paid(world, Order.objects.get())
    dossier = replaced(world, opened(world, dossier, at=FRIDAY), first.amount - 1_000_000)
    back = Order.objects.get(direction="in")
    received(the_order(back.pk), actor=System(), at=FRIDAY, reference="x")
    later = a_moment(date(2026, 11, 17))
    dossier = replaced(world, opened(world, dossier, at=later), first.amount + 500_000, at=later)
    more = Order.objects.filter(direction="out").exclude(pk=first.pk).get()
    assert more.amount == 1_500_000
    assert dossier.reopenings.count() == 2


def test_while_the_bank_has_the_order_nothing_is_signed(world: World) -> None:
    a_procedure(to_pay(account={"field": "bank_account"}))
    dossier = granted(world)
    cashier = an_officer("ketoan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))
    prepare([Order.objects.get().pk], office_code=LOCAL_OFFICE, actor=cashier, at=THURSDAY)
    proposed(world, opened(world, dossier), 9_000_000)
    with pytest.raises(Conflict) as stopped:
        sign(dossier.pk, actor=world["leader"], at=FRIDAY)
    assert stopped.value.code == "order-on-its-way"
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS
    assert not EffectReversal.objects.exists()


def test_a_pension_with_another_amount_changes_from_its_first_month(world: World) -> None:
    a_procedure(effect("benefit_started", **START))
    dossier = granted(world)
    one = Entitlement.objects.get()
    replaced(world, opened(world, dossier), 4_800_000)
    one = Entitlement.objects.get()  # the same one, no second
    assert standing_of(one, on=date(2026, 12, 1)).monthly_amount == 4_800_000
    assert one.changes.get().valid_from == date(2026, 12, 1)


def test_a_pension_that_is_refused_after_all_was_never_to_be_paid(world: World) -> None:
    a_procedure(effect("benefit_started", **START), effect("book_closed", on={"decided": "day"}, why="pension"))
    dossier = refused(world, opened(world, granted(world)))
    assert dossier.state == State.REFUSED
    assert not is_paid(Entitlement.objects.get(), on=date(2026, 12, 1))
    assert [one.kind for one in person().book_entries.all()] == ["closed", "reopened"]
    assert Notice.objects.filter(dossier_id=dossier.pk, code="result_replaced").exists()
    changed = what_changed(dossier)
    assert changed is not None
    assert len(changed.undone) == 2


def test_months_paid_off_at_once_count_again_when_the_payment_is_taken_back(world: World) -> None:
    a_procedure(effect("book_closed", on={"decided": "day"}, why="one_time"))
    before = len(counted_periods(person()))
    assert before
    dossier = granted(world)
    assert not counted_periods(person())
    refused(world, opened(world, dossier))
    assert len(counted_periods(person())) == before


def test_a_stopped_benefit_is_paid_again(world: World) -> None:
    one = a_benefit()
    a_procedure(effect("benefit_stopped", **{"from": "2026-12", "reason": "đã mất"}))
    dossier = granted(world)
    assert not is_paid(one, on=date(2026, 12, 1))
    refused(world, opened(world, dossier))
    assert is_paid(Entitlement.objects.get(), on=date(2026, 12, 1))


def test_a_card_stands_as_before(world: World) -> None:
    CardChange.objects.create(
        insured_id=SI_NUMBER, kind="issued", number=f"GD490{SI_NUMBER}", level_percent=80,
        valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), dossier_id=a_benefit().pk,
        made_at=a_moment(date(2026, 1, 1)),
    )  # fmt: skip
    a_procedure(effect("card_extended", **{"from": "2027-01-01", "to": "2027-12-31"}))
    dossier = granted(world)
    assert held_card(person()).valid_to == date(2027, 12, 31)
    refused(world, opened(world, dossier))
    card = held_card(person())
    assert (card.valid_from, card.valid_to, card.percent) == (date(2026, 1, 1), date(2026, 12, 31), 80)


def test_what_is_the_same_stays_and_is_not_done_twice(world: World) -> None:
    a_procedure(
        to_pay(method={"value": "cash_office"}),
        effect("leave_recorded", kind="sickness", days=3, **{"from": "2026-11-02", "to": "2026-11-04"}),
    )
    dossier = replaced(world, opened(world, granted(world)), 9_000_000)
    assert person().leaves.count() == 1
    changed = what_changed(dossier)
    assert changed is not None
    assert [one.does for one in changed.kept] == ["leave_recorded"]


def test_what_no_machine_can_undo_stops_the_signature_until_people_did(world: World) -> None:
    a_procedure(effect("leave_recorded", kind="sickness", days=3, **{"from": "2026-11-02", "to": "2026-11-04"}))
    dossier = opened(world, granted(world))
    with pytest.raises(DomainError) as stopped:
        refused(world, dossier)
    assert stopped.value.code == "effect-by-hand"
    assert "bộ phận sổ thẻ" in str(stopped.value)
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS
    done = dossier.effects.get()
    facts: dict[str, Any] = {"words": "Đã hủy ba ngày nghỉ trong sổ.", "document": "15/ĐC-BHXH", "at": FRIDAY}
    with pytest.raises(NotAllowed):
        undone_by_hand(dossier.pk, done.pk, actor=world["specialist"], **facts)
    with pytest.raises(DomainError):
        undone_by_hand(dossier.pk, done.pk, actor=world["head"], **{**facts, "document": " "})
    undone_by_hand(dossier.pk, done.pk, actor=world["head"], **facts)
    with pytest.raises(Conflict):
        undone_by_hand(dossier.pk, done.pk, actor=world["head"], **facts)
    sign(dossier.pk, actor=world["leader"], at=FRIDAY)
    dossier.refresh_from_db()
    assert dossier.state == State.REFUSED


def test_the_database_undoes_only_what_is_looked_at_again_and_once(world: World) -> None:
    a_procedure(effect("leave_recorded", kind="sickness", days=3, **{"from": "2026-11-02", "to": "2026-11-04"}))
    dossier = granted(world)
    done = dossier.effects.get()
    row = {
        "effect": done, "dossier": dossier, "says_vi": "x", "says_en": "x", "document": "x", "at": FRIDAY,
        "officer_id": world["head"].officer_id,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="looked at again"), transaction.atomic():
        EffectReversal.objects.create(**row)
    opened(world, dossier)
    EffectReversal.objects.create(**row)
    with pytest.raises(DatabaseError), transaction.atomic():
        EffectReversal.objects.create(**row)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_effectreversal SET says_vi = 'y'")


def test_the_new_paper_says_which_it_replaces(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = granted(world)
    number = dossier.decisions.get().number
    dossier = replaced(world, opened(world, dossier), 9_000_000)
    decision = dossier.decisions.order_by("signed_at").last()
    assert decision is not None
    assert f"thay thế văn bản số {number} ngày 09/11/2026" in decision_data(dossier, decision, at=FRIDAY)["grounds"][-1]
