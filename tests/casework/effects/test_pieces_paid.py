"""A first month moved back: the months before have a number of their own, and lists pay them with the pension."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.casework.effects.undoing.overpaid import overpaid
from ansinh.payments.models import Payroll, PayrollLine, PayrollState
from ansinh.payments.payroll import control_payroll, prepare_payroll, release_payroll
from ansinh.payments.payroll_files import close_payroll
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.registry.models import Entitlement, UnpaidBenefit
from tests.casework.effects.test_uncollected import claimable
from tests.casework.effects.test_undoing import opened, refused
from tests.casework.effects.test_undoing_money import asked_back
from tests.casework.effects.test_undoing_rounds import SEPTEMBER, a_pension, with_first_month
from tests.world import LOCAL_OFFICE, World, a_moment, an_officer

DECEMBER, JANUARY, FEBRUARY = date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)


def a_cashier(world: World) -> OfficerActor:
    """Who makes lists; those of October and November went out."""
    at = a_moment(date(2026, 11, 20))
    Payroll.objects.update(
        state=PayrollState.RELEASED, controlled_by=world["head"].officer_id, controlled_at=at,
        released_by=world["leader"].officer_id, released_at=at,
    )  # fmt: skip
    return an_officer("ketoan-danhsach", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))


def released(world: World, cashier: OfficerActor, month: date) -> PayrollLine:
    """The person's line of the list of a month, released."""
    at = _in(month)
    prepare_payroll(month, office_code=LOCAL_OFFICE, actor=cashier, at=at)
    line = PayrollLine.objects.get(month=month, living=True, amount__gt=0)
    control_payroll(line.payroll_id, actor=world["head"], at=at)
    release_payroll(line.payroll_id, actor=world["leader"], at=at)
    line.refresh_from_db()
    return line


def _in(month: date) -> datetime:
    return a_moment(month.replace(day=2))


def test_the_next_list_pays_the_months_before_once(world: World) -> None:
    dossier = with_first_month(world, a_pension(world), "2026-09")
    before, one = Entitlement.objects.order_by("start_month")
    cashier = a_cashier(world)
    line = released(world, cashier, DECEMBER)
    assert (line.amount, line.arrears, line.entitlement_id) == (10_000_000, 5_000_000, one.pk)
    assert line.parts == [[before.number, 0, 5_000_000, {"2026-09": 5_000_000}], [one.number, 5_000_000, 0, {}]]
    assert released(world, cashier, JANUARY).amount == 5_000_000
    assert overpaid(before, since=SEPTEMBER) == 0
    day = a_moment(date(2027, 1, 20))
    refused(world, opened(world, dossier, at=day), at=day)  # the lists of both months wait at the till
    assert asked_back() == [10_000_000]  # October and November were collected
    assert claimable() == []


def test_what_nobody_collected_of_them_is_asked_for_month_by_month(world: World) -> None:
    with_first_month(world, a_pension(world), "2026-09")
    cashier = a_cashier(world)
    line = released(world, cashier, DECEMBER)
    close_payroll(line.payroll_id, actor=cashier, at=_in(JANUARY))
    assert list(UnpaidBenefit.objects.order_by("month").values_list("month", "amount")) == [
        (SEPTEMBER, 5_000_000), (DECEMBER, 5_000_000),
    ]  # fmt: skip
    assert claimable() == [5_000_000, 5_000_000]
    assert released(world, cashier, JANUARY).amount == 5_000_000  # not ordered a second time
