"""A pension granted again into another account: what went out stays, what comes goes there, nothing is asked back."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.casework.ask_again import approve_again, propose_again
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.casework.models import EffectReversal
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.supplement import answer_fields, send
from ansinh.payments.models import Order, PayrollLine
from ansinh.payments.payroll import prepare_payroll
from ansinh.payments.reconcile import differences
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement
from tests.casework.effects.scene import a_procedure, field, granted
from tests.casework.effects.test_pieces_paid import DECEMBER, a_cashier
from tests.casework.effects.test_records import effect
from tests.casework.effects.test_uncollected import claimable
from tests.casework.effects.test_undoing import opened, refused, replaced
from tests.casework.effects.test_undoing_money import NOVEMBER, OCTOBER, START, asked_back, listed, on_a_list
from tests.casework.effects.test_undoing_rounds import DAYS
from tests.world import LOCAL_OFFICE, World, a_moment

OLD = {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI MAI LAN"}
NEW = {"bank": "970436", "number": "0011004123456", "holder": "TRAN THI MAI LAN"}


def a_pension(world: World) -> Dossier:
    """Granted from October into an account of the answers."""
    a_procedure(
        effect("benefit_started", **{**START, "account": {"field": "into"}}), fields=[field("into", "bank_account")]
    )
    return granted(world, amount=5_000_000, why="Theo sổ gốc.", into=OLD)


def into_another(
    world: World, dossier: Dossier, amount: int, *, day: int = 0, account: dict[str, str] = NEW
) -> Dossier:
    """Opened again, the account asked for and answered, granted into it."""
    at, wanted = DAYS[day], [Ask("field", "into", "answer-incomplete", "Tài khoản đã đóng.", "Tài khoản đang dùng.")]
    dossier = opened(world, dossier, at=at)
    if not dossier.supplement_requests.exists():
        ask_for_more(dossier.pk, actor=world["specialist"], asks=wanted, at=at)
    else:
        propose_again(dossier.pk, actor=world["specialist"], asks=wanted, why="Tài khoản lại đổi.", at=at)
        approve_again(dossier.pk, actor=world["head"], at=at)
    assert answer_fields(dossier.pk, actor=world.citizen, answers={"into": account}, at=at) == []
    send(dossier.pk, actor=world.citizen, at=at)
    return replaced(world, dossier, amount, at=at)


def numbers(one: Entitlement) -> str:
    return str((one.bank_account or {}).get("number"))


@pytest.mark.parametrize("after_refusal", [False, True])
def test_months_that_went_out_stay_and_later_ones_go_to_the_new_account(world: World, after_refusal: bool) -> None:
    dossier = a_pension(world)
    for month in (OCTOBER, NOVEMBER):
        listed(world, Entitlement.objects.get(), month, 5_000_000)
    if after_refusal:
        day = a_moment(date(2026, 11, 14))
        dossier = refused(world, opened(world, dossier, at=day), at=day)
        assert asked_back() == [10_000_000]
    dossier = into_another(world, dossier, 5_000_000)
    old, new = Entitlement.objects.order_by("start_month", "number")
    assert (numbers(old), numbers(new)) == (OLD["number"], NEW["number"])
    assert [is_paid(old, on=month) for month in (OCTOBER, NOVEMBER, DECEMBER)] == [True, True, False]
    assert (new.start_month, is_paid(new, on=DECEMBER)) == (DECEMBER, True)
    assert asked_back() == []
    assert differences() == []
    line = _december(world)
    assert (line.amount, line.entitlement_id) == (5_000_000, new.pk)


def test_a_higher_amount_makes_up_the_months_into_the_new_account_and_a_lower_one_asks_the_difference(
    world: World,
) -> None:
    dossier = a_pension(world)
    for month in (OCTOBER, NOVEMBER):
        listed(world, Entitlement.objects.get(), month, 5_000_000)
    dossier = into_another(world, dossier, 6_000_000)
    old, new = Entitlement.objects.order_by("start_month", "number")
    assert (asked_back(), standing_of(old, on=OCTOBER).monthly_amount) == ([], 6_000_000)
    line = _december(world)
    assert (line.amount, line.arrears, line.entitlement_id) == (8_000_000, 2_000_000, new.pk)
    line.payroll.lines.update(living=False)
    dossier = replaced(world, opened(world, dossier, at=DAYS[1]), 4_000_000, at=DAYS[1])
    assert asked_back() == [2_000_000]
    refused(world, opened(world, dossier, at=DAYS[2]), at=DAYS[2])
    assert asked_back() == [10_000_000]
    assert not any(is_paid(one, on=DECEMBER) for one in Entitlement.objects.all())


def test_back_to_the_first_account_and_what_waits_goes_there(world: World) -> None:
    dossier = a_pension(world)
    listed(world, Entitlement.objects.get(), OCTOBER, 5_000_000)
    on_a_list(world, Entitlement.objects.get(), NOVEMBER, 5_000_000)  # nobody has this money yet
    dossier = into_another(world, dossier, 5_000_000)
    old, new = Entitlement.objects.order_by("start_month", "number")
    assert (new.start_month, is_paid(old, on=NOVEMBER)) == (NOVEMBER, False)
    assert Order.objects.filter(state="cancelled").count() == 1
    assert (asked_back(), claimable()) == (
        [],
        [],
    )  # the new number is owed November by a list, nobody asks for it twice
    into_another(world, dossier, 5_000_000, day=1, account=OLD)
    last = Entitlement.objects.order_by("pk").last()
    assert last is not None
    assert (numbers(last), last.start_month) == (OLD["number"], NOVEMBER)
    assert not is_paid(new, on=NOVEMBER)
    assert is_paid(last, on=NOVEMBER)
    assert asked_back() == []


def test_before_any_money_went_out_the_benefit_begins_anew(world: World) -> None:
    dossier = into_another(world, a_pension(world), 5_000_000)
    old, new = Entitlement.objects.order_by("pk")
    assert not is_paid(old, on=OCTOBER)
    assert (new.start_month, is_paid(new, on=OCTOBER)) == (OCTOBER, True)
    assert EffectReversal.objects.filter(dossier=dossier).exists()


def _december(world: World) -> PayrollLine:
    cashier = a_cashier(world)
    prepare_payroll(DECEMBER, office_code=LOCAL_OFFICE, actor=cashier, at=a_moment(date(2026, 12, 2)))
    return PayrollLine.objects.get(month=DECEMBER, living=True, amount__gt=0)
