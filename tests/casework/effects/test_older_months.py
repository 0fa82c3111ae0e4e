"""Months of a pension granted again that no list asks for any more: written down, told, never paid twice."""

from __future__ import annotations

from datetime import date

from ansinh.dossiers.models import Dossier
from ansinh.notifications.models import Notice
from ansinh.payments.models import Payroll, PayrollLine, PayrollState
from ansinh.payments.payroll import prepare_payroll
from ansinh.people.models import Role
from ansinh.registry.models import Entitlement, UnpaidBenefit
from tests.casework.effects.test_uncollected import claimable
from tests.casework.effects.test_undoing import opened, refused, replaced
from tests.casework.effects.test_undoing_rounds import a_pension
from tests.world import LOCAL_OFFICE, World, a_moment, an_officer

AUGUST, LATER, LAST = (a_moment(date(2027, 8, day)) for day in (10, 17, 24))
DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)


def lists_went_out(world: World, *months: date) -> None:
    """Lists of the office, without the person of the dossier."""
    by = {"prepared_by_id": world["specialist"].officer_id, "controlled_by_id": world["head"].officer_id,
          "released_by_id": world["leader"].officer_id}  # fmt: skip
    at = {"prepared_at": AUGUST, "controlled_at": AUGUST, "released_at": AUGUST}
    Payroll.objects.bulk_create(
        Payroll(month=month, office_code=LOCAL_OFFICE, method="bank", state=PayrollState.RELEASED, count=1, held=0,
                total=1, **by, **at)
        for month in months
    )  # fmt: skip


def granted_again_in_august(world: World) -> Dossier:
    """Granted from October 2026, two months paid; refused; granted again when lists of eight months had gone out."""
    dossier = refused(world, opened(world, a_pension(world)))
    lists_went_out(world, DECEMBER, *(date(2027, month, 1) for month in range(1, 8)))
    return replaced(world, opened(world, dossier, at=AUGUST), 5_000_000, at=AUGUST)


def test_months_before_those_a_list_looks_back_to_are_asked_for_by_the_person(world: World) -> None:
    dossier = granted_again_in_august(world)
    assert claimable() == [5_000_000, 5_000_000]
    assert [row.month for row in UnpaidBenefit.objects.all()] == [DECEMBER, JANUARY]
    notice = Notice.objects.get(dossier_id=dossier.pk, code="older_months_owed")
    assert "12/2026–01/2027" in notice.body_vi and "Truy lĩnh" in notice.body_vi
    cashier = an_officer("ketoan-danhsach", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))
    prepare_payroll(date(2027, 8, 1), office_code=LOCAL_OFFICE, actor=cashier, at=AUGUST)
    line = PayrollLine.objects.get(month=date(2027, 8, 1), amount__gt=0)
    assert line.parts[0][1:3] == [5_000_000, 6 * 5_000_000]  # August, with the six months of February to July
    assert sorted(line.parts[0][3]) == [f"2027-{month:02}" for month in range(2, 8)]


def test_refused_once_more_they_are_not_owed_and_granted_again_they_stand_once(world: World) -> None:
    dossier = granted_again_in_august(world)
    dossier = refused(world, opened(world, dossier, at=LATER), at=LATER)
    assert claimable() == []
    replaced(world, opened(world, dossier, at=LAST), 5_000_000, at=LAST)
    assert claimable() == [5_000_000, 5_000_000]


def test_a_benefit_that_lists_still_make_up_whole_is_left_to_them(world: World) -> None:
    dossier = refused(world, opened(world, a_pension(world)))
    lists_went_out(world, DECEMBER, JANUARY)
    replaced(world, opened(world, dossier, at=AUGUST), 5_000_000, at=AUGUST)
    assert Entitlement.objects.count() == 1
    months = [row.month for row in UnpaidBenefit.objects.all()]
    assert DECEMBER not in months and JANUARY not in months
    assert date(2027, 7, 1) not in months  # its list may still be made
