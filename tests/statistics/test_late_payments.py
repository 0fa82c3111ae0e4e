"""Benefits paid after their last day are counted beside late results, and those that still wait are told of (R-188)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from ansinh.payments.batches import given_back, prepare, release, take_answer
from ansinh.payments.models import Batch, Order, OrderState
from ansinh.people.actors import OfficerActor, System
from ansinh.people.models import Role
from ansinh.people.views_of import view_of_officer
from ansinh.platform.actor_context import acting_as
from ansinh.platform.row_security.viewer import viewing
from ansinh.statistics.areas import sight_of
from ansinh.statistics.dashboard import Dashboard, dashboard
from ansinh.statistics.fold import differences, fold_all
from ansinh.statistics.late_payments import overdue_payments
from ansinh.statistics.truth import truth
from benchmarks.rig.aside import put_guards_aside
from tests.browsers import Client
from tests.payments.money import to_collect, to_pay
from tests.payments.test_batches import answer
from tests.statistics.rows import a_closed_row
from tests.web.officer.conftest import NOW
from tests.web.officer.conftest import browser as browser
from tests.web.officer.conftest import place as place
from tests.world import LOCAL_OFFICE, World, a_moment, a_world, an_officer

DECIDED = a_moment(date(2026, 11, 2))
LAST_DAY = date(2026, 11, 9)
TODAY = date(2026, 11, 27)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.fixture
def cashier(world: World) -> OfficerActor:
    """Who prepares payments."""
    return an_officer("ketoan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))


def paid(order: Order, world: World, cashier: OfficerActor, *, at: datetime) -> Batch:
    """By a file that two officers let go, as the bank says at once."""
    batch = prepare([order.pk], office_code=LOCAL_OFFICE, actor=cashier, at=at)
    release(batch.pk, actor=world["head"], at=at)
    take_answer(answer(batch, "ACSC"), actor=cashier, office_code=LOCAL_OFFICE, at=at)
    return batch


def shown(world: World, *, who: str = "director", area: str = "") -> Dashboard:
    """What the officer's page shows of November."""
    sight = sight_of(world[who], on=TODAY)
    return dashboard(sight, sight.area(area), first=date(2026, 11, 1), last=TODAY)


@pytest.mark.requirement("R-188")
def test_a_benefit_is_due_five_working_days_after_its_decision_and_counted_late_after_that(
    world: World, cashier: OfficerActor
) -> None:
    in_time, late, waits = (to_pay(world, key=f"grant:{n}", at=DECIDED) for n in range(3))
    assert in_time.due_on == LAST_DAY
    paid(in_time, world, cashier, at=a_moment(LAST_DAY, 16))
    paid(late, world, cashier, at=a_moment(LAST_DAY + timedelta(days=1), 8))
    found = shown(world)
    assert (found.total.payments, found.total.paid_late, found.total.paid_in_time_share) == (2, 1, 50.0)
    (office,) = (row for row in found.parts if row.key == LOCAL_OFFICE)
    assert (office.tally.payments, office.tally.paid_late) == (2, 1)
    assert waits.state == OrderState.READY and list(differences()) == []
    fold_all()
    assert shown(world).total.paid_late == 1 and list(differences()) == []


@pytest.mark.requirement("R-188")
def test_given_back_by_the_bank_it_is_not_paid_and_counts_when_it_is_paid_again(
    world: World, cashier: OfficerActor
) -> None:
    order = to_pay(world, at=DECIDED)
    paid(order, world, cashier, at=a_moment(LAST_DAY))
    assert shown(world).total.paid == {"in_time": 1}
    fold_all()
    order.refresh_from_db()
    with acting_as("system"):
        given_back(order, because="Tài khoản đã đóng", reference="FT1", actor=System(), at=a_moment(date(2026, 11, 11)))
    assert shown(world).total.payments == 0
    paid(order, world, cashier, at=a_moment(date(2026, 11, 12)))
    assert shown(world).total.paid == {"late": 1}
    assert list(differences()) == []


@pytest.mark.requirement("R-188")
def test_money_that_comes_in_or_goes_back_is_no_benefit(world: World) -> None:
    order = to_collect(world, at=DECIDED)
    Order.objects.filter(pk=order.pk).update(state=OrderState.PAID, paid_at=NOW, closed_at=NOW)
    assert shown(world).total.payments == 0


@pytest.mark.requirement("R-188")
def test_what_waits_after_its_last_day_is_told_to_office_and_province(world: World, cashier: OfficerActor) -> None:
    first, _ = to_pay(world, key="grant:1", at=DECIDED), to_pay(world, key="grant:2", at=a_moment(date(2026, 11, 25)))
    for who in ("leader", "director"):
        with viewing(view_of_officer(world[who])):
            sight = sight_of(world[who], on=TODAY)
            assert overdue_payments(sight.widest, sight, today=TODAY) == 1, who
    paid(first, world, cashier, at=a_moment(TODAY))
    sight = sight_of(world["leader"], on=TODAY)
    assert overdue_payments(sight.widest, sight, today=TODAY) == 0


@pytest.mark.requirement("R-188")
def test_everybody_reads_how_much_money_came_in_time_from_twenty_payments_on(world: World) -> None:
    filed = a_moment(date(2026, 9, 1))
    put_guards_aside()  # paid rows without their files; the guards come back with the rollback
    for n in range(20):
        dossier = a_closed_row(filed=filed, days=5, office=LOCAL_OFFICE)
        Order.objects.create(
            key=f"of:{n}", code=f"T{n:014d}", direction="out", state=OrderState.PAID, amount=1, account="benefits",
            purpose_vi="x", purpose_en="x", dossier=dossier, office_code=LOCAL_OFFICE, name="x",
            due_on=date(2026, 9, 14), created_at=filed, paid_at=a_moment(date(2026, 9, 14 + (n < 5))), closed_at=filed,
        )  # fmt: skip
        told = truth("che-do-thai-san", office_code=LOCAL_OFFICE, today=TODAY).places[-1]
        assert told.paid_in_time_percent == (75 if n == 19 else None)


@pytest.mark.requirement("R-188")
def test_the_page_and_its_file_tell_late_payments(
    world: World, cashier: OfficerActor, browser: Callable[[str], Client]
) -> None:
    late = to_pay(world, key="grant:1", at=a_moment(date(2026, 10, 1)))
    paid(late, world, cashier, at=a_moment(date(2026, 10, 20)))
    to_pay(world, key="grant:2", at=a_moment(date(2026, 10, 1)))
    leader = browser("leader")
    page = leader.get("/can-bo/so-lieu?ky=2026-10").content.decode()
    assert "1 khoản chi sau hạn trong 1 khoản đã chi." in page and "Hôm nay còn 1 khoản quá hạn chưa chi." in page
    file = leader.get("/can-bo/so-lieu/tai?ky=2026-10&dang=csv").content.decode()
    assert "Khoản chi chế độ sau hạn,1" in file
