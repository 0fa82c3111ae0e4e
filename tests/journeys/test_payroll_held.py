"""The finance officer's work list of months held too long, in a browser: narrow, wide, pressed once, gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.registry.models import Entitlement, UnpaidBenefit
from tests.journeys.test_officer_desk import NOW, Opened
from tests.journeys.test_officer_desk import browser as browser
from tests.journeys.test_officer_desk import desk as desk
from tests.journeys.test_officer_desk import place as place
from tests.journeys.test_officer_desk import world as world
from tests.payments.test_payroll import a_pensioner, paid_out
from tests.payments.test_payroll_held import give
from tests.world import LOCAL_OFFICE, World, an_officer

pytestmark = pytest.mark.django_db(transaction=True)


def held_for(world: World, cashier: OfficerActor, months: int) -> Entitlement:
    """Somebody without an account, on the lists of so many months until the last one; another is paid."""
    first = (NOW.replace(day=1) - timedelta(days=31 * months)).replace(day=1)
    a_pensioner("Lê Văn Hai", since=first.date())
    one = a_pensioner("Bùi Văn Ba", since=first.date())
    give(one, {})
    for _ in range(months):
        paid_out(world, cashier, first.date(), first.replace(day=2))
        first = (first + timedelta(days=32)).replace(day=1)
    return one


@pytest.mark.requirement("R-188")
def test_what_no_list_asks_for_is_seen_and_carried_over(world: World, desk: Opened) -> None:
    cashier = an_officer("finance", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))
    held_for(world, cashier, months=8)
    finance = desk("finance")
    finance.open("/can-bo/chi-tra/hang-thang")
    table = finance.page.get_by_role("table", name="Chế độ còn tháng bị giữ mà danh sách không trả bù nữa")
    expect(table).to_contain_text("Bùi Văn Ba")
    expect(table).to_contain_text("chưa có tài khoản nhận tiền")
    finance.look("payroll-held")
    finance.press("Ghi vào khoản chưa nhận")
    expect(table).to_have_count(0)
    finance.look("payroll-held-none")
    assert UnpaidBenefit.objects.count() == 2
