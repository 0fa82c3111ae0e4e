"""Money of monthly benefits when a result is replaced, and replaced again: asked back once, never more than paid."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ansinh.casework.models import EffectReversal
from ansinh.casework.reopening.by_hand import by_people, to_undo, undone_by_hand
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, State
from ansinh.payments.models import Order, OrderState, Payroll, PayrollLine
from ansinh.payments.moves import the_order
from ansinh.payments.orders import Purpose, Whose, order_out, received, stop_out
from ansinh.people.actors import System
from ansinh.platform.errors import Conflict, DomainError
from ansinh.platform.identifiers import uuid7
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement, EntitlementChange, InsuredPerson
from tests.casework.effects.scene import a_benefit, a_procedure, granted
from tests.casework.effects.test_payments import to_pay
from tests.casework.effects.test_records import effect
from tests.casework.effects.test_undoing import FRIDAY, opened, paid, refused, replaced
from tests.world import LOCAL_OFFICE, World, a_moment

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
TUESDAY, WEDNESDAY = (a_moment(date(2026, 11, day)) for day in (17, 18))
CHANGE = {"from": "2026-10", "monthly_amount": {"decided": "amount"}, "reason": "tính lại"}
START = {"benefit_type": "pension", "start_month": "2026-10", "monthly_amount": {"decided": "amount"}}


def listed(world: World, one: Entitlement, month: date, amount: int, *, insured: str = "") -> PayrollLine:
    """A line of a released list of the month, with its order, collected."""
    line = on_a_list(world, one, month, amount, insured=insured)
    assert line.order_id is not None
    paid(world, the_order(line.order_id), by=f"ketoan-{month:%m}", at=FRIDAY)
    return line


def on_a_list(world: World, one: Entitlement, month: date, amount: int, *, insured: str = "") -> PayrollLine:
    """The same, waiting to be collected."""
    order = order_out(
        f"list:{month}:{one.number}", amount, purpose=Purpose("benefits", "Chế độ hằng tháng", "Monthly benefits"),
        whose=Whose(None, "Nguyễn Thị Lan", LOCAL_OFFICE), in_cash=True, actor=System(), at=FRIDAY,
    )  # fmt: skip
    heading, _ = Payroll.objects.get_or_create(
        month=month, office_code=LOCAL_OFFICE, commune_code="", method="cash",
        defaults={"count": 1, "held": 0, "total": amount, "prepared_by_id": world["specialist"].officer_id,
                  "prepared_at": FRIDAY},
    )  # fmt: skip
    paid = InsuredPerson.objects.get(pk=one.insured_id)
    payee = one.number if one.beneficiary_name else bytes(paid.personal_id_key or b"").hex()
    return PayrollLine.objects.create(
        payroll=heading, month=month, payee=payee, insured_id=insured or one.insured_id, entitlement=one,
        name="Nguyễn Thị Lan", amount=amount, parts=[[one.number, amount, 0, {}]], order=order,
    )  # fmt: skip


def asked_back() -> list[int]:
    """Đồng that are still asked of the person."""
    rows = Order.objects.filter(direction="in", state=OrderState.AWAITING)
    return list(rows.order_by("pk").values_list("amount", flat=True))


def a_changed_pension(world: World, *amounts: int) -> tuple[Dossier, Entitlement]:
    """Changed from October by a decision; lists paid the changed amount in October and November."""
    one = a_benefit(monthly_amount=3_000_000)
    a_procedure(effect("benefit_changed", **CHANGE))
    dossier = granted(world, amount=amounts[0], why="Theo sổ gốc.")
    for month in (OCTOBER, NOVEMBER):
        listed(world, one, month, amounts[0])
    return dossier, one


def test_of_a_change_that_is_changed_only_what_is_too_much_is_asked_back(world: World) -> None:
    dossier, one = a_changed_pension(world, 5_000_000)
    replaced(world, opened(world, dossier), 4_500_000)
    assert standing_of(Entitlement.objects.get(pk=one.pk), on=NOVEMBER).monthly_amount == 4_500_000
    assert asked_back() == [1_000_000]


def test_a_change_to_a_higher_amount_asks_nothing_back(world: World) -> None:
    dossier, one = a_changed_pension(world, 5_000_000)
    replaced(world, opened(world, dossier), 5_500_000)
    assert standing_of(Entitlement.objects.get(pk=one.pk), on=NOVEMBER).monthly_amount == 5_500_000
    assert asked_back() == []
    assert "danh sách tới" in EffectReversal.objects.get().says_vi


def _third(world: World, dossier: Dossier, amount: int) -> None:
    replaced(world, opened(world, dossier, at=TUESDAY), amount, at=WEDNESDAY)


@pytest.mark.parametrize(("third", "asked"), [(4_000_000, [2_000_000]), (4_500_000, [1_000_000]), (5_000_000, [])])
def test_a_third_result_asks_no_month_twice(world: World, third: int, asked: list[int]) -> None:
    a_procedure(effect("benefit_started", **START))
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.")
    for month in (OCTOBER, NOVEMBER):
        listed(world, Entitlement.objects.get(), month, 5_000_000)
    dossier = replaced(world, opened(world, dossier), 4_500_000)
    assert asked_back() == [1_000_000]
    _third(world, dossier, third)
    assert asked_back() == asked


def test_what_was_given_back_too_early_comes_back(world: World) -> None:
    a_procedure(effect("benefit_started", **START))
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.")
    for month in (OCTOBER, NOVEMBER):
        listed(world, Entitlement.objects.get(), month, 5_000_000)
    dossier = replaced(world, opened(world, dossier), 4_500_000)
    back = Order.objects.get(direction="in")
    received(the_order(back.pk), actor=System(), at=FRIDAY, reference="x")
    _third(world, dossier, 5_000_000)
    given = Order.objects.get(dossier_id=dossier.pk, direction="out")
    assert (given.amount, given.owner_id) == (1_000_000, world.citizen.person_id)
    assert "trả lại" in EffectReversal.objects.order_by("at").last().says_vi  # type: ignore[union-attr]


def test_a_month_that_is_missing_is_not_set_off_against_one_paid_too_much(world: World) -> None:
    a_procedure(effect("benefit_started", **START))
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.")
    listed(world, Entitlement.objects.get(), NOVEMBER, 5_000_000)  # October the lists still owe, and pay by themselves
    replaced(world, opened(world, dossier), 4_500_000)
    assert asked_back() == [500_000]


def test_a_line_that_begins_with_another_benefit_counts_too(world: World) -> None:
    a_procedure(effect("benefit_started", **START))
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.")
    spouse = InsuredPerson.objects.create(
        si_number="9000000777", full_name="Lê Văn Sáu", search_key="le van sau", date_of_birth="1955-01-01", sex="male",
        personal_id_number="090055000777", managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
    )  # fmt: skip
    listed(world, Entitlement.objects.get(), NOVEMBER, 5_000_000, insured=spouse.pk)
    refused(world, opened(world, dossier))
    assert asked_back() == [5_000_000]


def test_while_a_list_with_the_old_amount_is_not_released_nothing_is_signed(world: World) -> None:
    dossier, one = a_changed_pension(world, 5_000_000)
    PayrollLine.objects.filter(month=NOVEMBER).update(order=None)  # prepared, and not released yet
    dossier = opened(world, dossier)
    with pytest.raises(Conflict) as stopped:
        replaced(world, dossier, 4_500_000)
    assert stopped.value.code == "list-on-its-way"
    PayrollLine.objects.filter(month=NOVEMBER).update(living=False)
    sign(dossier.pk, actor=world["leader"], at=FRIDAY)
    assert standing_of(Entitlement.objects.get(pk=one.pk), on=NOVEMBER).monthly_amount == 4_500_000
    assert asked_back() == [500_000]


def test_another_change_of_the_same_month_stays(world: World) -> None:
    one = a_benefit(monthly_amount=3_000_000)
    EntitlementChange.objects.create(
        entitlement=one, kind="amount", valid_from=OCTOBER, monthly_amount=3_300_000, dossier_id=uuid7(),
        made_at=a_moment(date(2026, 10, 1)), reason="điều chỉnh theo nghị định",
    )  # fmt: skip
    a_procedure(effect("benefit_changed", **CHANGE))
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.")
    refused(world, opened(world, dossier))
    assert standing_of(Entitlement.objects.get(pk=one.pk), on=NOVEMBER).monthly_amount == 3_300_000


def test_a_stop_that_stopped_nothing_is_undone_without_a_word_of_money(world: World) -> None:
    a_procedure(effect("benefit_stopped", **{"from": "2026-12", "reason": "đã mất", "if_paid": {"value": "yes"}}))
    dossier = refused(world, opened(world, granted(world)))
    assert dossier.state == State.REFUSED
    assert not EntitlementChange.objects.exists()


def test_the_same_payment_is_ordered_anew_when_its_order_was_stopped(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = granted(world)
    first = Order.objects.get()
    stop_out(the_order(first.pk), actor=System(), at=FRIDAY, why="Phát hiện sai sót, chờ xem xét lại.")
    assert dossier.decisions.get().amount == first.amount
    replaced(world, opened(world, dossier), first.amount)
    again = Order.objects.exclude(pk=first.pk).get()
    assert (again.amount, again.state) == (first.amount, OrderState.READY)


def test_money_is_never_said_to_be_undone_by_hand(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = opened(world, granted(world))
    done = dossier.effects.get()
    with pytest.raises(Conflict) as refusal:
        _by_hand(world, dossier, done.pk, at=FRIDAY)
    assert refusal.value.code == "money-not-by-hand"
    assert not EffectReversal.objects.exists()


def test_a_benefit_that_another_decision_changed_is_put_right_by_people(world: World) -> None:
    one = a_benefit(monthly_amount=3_000_000)
    a_procedure(effect("benefit_changed", **CHANGE))
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.")
    EntitlementChange.objects.create(
        entitlement=one, kind="stopped", valid_from=date(2026, 12, 1), dossier_id=uuid7(), made_at=FRIDAY,
        reason="đã mất",
    )  # fmt: skip
    dossier = opened(world, dossier, at=FRIDAY)
    with pytest.raises(DomainError) as stopped:
        refused(world, dossier)
    assert stopped.value.code == "effect-by-hand"
    ((done, _),) = to_undo(dossier)
    assert by_people(done, dossier, viewer=world["head"], at=FRIDAY)
    _by_hand(world, dossier, done.pk, at=FRIDAY)
    assert is_paid(one, on=NOVEMBER)


def _by_hand(world: World, dossier: Dossier, effect_id: object, *, at: datetime) -> None:
    undone_by_hand(
        dossier.pk, effect_id,  # type: ignore[arg-type]
        actor=world["head"], words="Đã lập văn bản điều chỉnh từng tháng.", document="15/ĐC-BHXH", at=at,
    )  # fmt: skip
