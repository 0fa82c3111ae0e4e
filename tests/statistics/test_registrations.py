"""Progress of registrations by office and province, against the plan."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from ansinh.casework import registration
from ansinh.dossiers.models import Dossier
from ansinh.offices.models import Level, Office
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.zone import VIETNAM
from ansinh.statistics.desks import PACE_DAYS, loads
from ansinh.statistics.models import RegistrationPlan
from ansinh.statistics.registrations import Counts, InProvince, Progress, progress, set_plan
from tests.world import (
    FILED_AT,
    LOCAL_OFFICE,
    OTHER_OFFICE,
    PROVINCE_OFFICE,
    World,
    a_paper,
    a_registration,
    a_world,
    an_officer,
    delegate,
)

MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=VIETNAM)
FIRST, LAST = date(2026, 11, 2), date(2026, 11, 13)
"""Ten working days."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def photographed(world: World, dossier: Dossier) -> Dossier:
    assert dossier.account_id is not None
    for kind in registration.missing_papers(dossier):
        paper = a_paper(Citizen(dossier.account_id, dossier.account_id, ""), kind=kind)
        registration.add_paper(dossier.pk, actor=world["counter"], requirement=kind, paper=paper, at=MONDAY)
    return dossier


def compared(dossier: Dossier, *, by: OfficerActor, office: str, guided: bool = False) -> Dossier:
    registration.verify(
        dossier.pk, actor=by, office_code=office, identity_matches=True, declaration_signed=True, app_guided=guided,
        at=MONDAY,
    )  # fmt: skip
    return dossier


def approved(world: World, dossier: Dossier, *, by: OfficerActor, office: str, guided: bool = False) -> None:
    compared(photographed(world, dossier), by=by, office=office, guided=guided)
    delegate(by, by=world["leader"], office=office)
    registration.approve(dossier.pk, actor=by, at=MONDAY)


def another(world: World, n: int, *, office: str = LOCAL_OFFICE, at: datetime = FILED_AT) -> Dossier:
    return a_registration(
        world, office=office, at=at, id_number=f"0900880000{n:02d}", si_number=f"90000001{n:02d}",
        chosen_office=office,
    )  # fmt: skip


def seen_by(viewer: OfficerActor, *, first: date = FIRST, last: date = LAST) -> list[InProvince]:
    return progress(viewer=viewer, first=first, last=last)


def row_of(found: list[InProvince], code: str) -> Progress:
    return next(row for one in found for row in one.offices if row.code == code)


@pytest.mark.requirement("R-174")
@pytest.mark.requirement("R-077")
def test_an_approval_counts_where_it_was_completed_and_both_offices_keep_it(world: World) -> None:
    another(world, 1)
    compared(photographed(world, another(world, 2)), by=world["counter"], office=LOCAL_OFFICE)
    approved(world, another(world, 3), by=world["counter"], office=LOCAL_OFFICE, guided=True)
    approved(world, another(world, 4), by=world["other_counter"], office=OTHER_OFFICE)
    found = seen_by(world["province_leader"])
    assert row_of(found, LOCAL_OFFICE).counts == Counts(
        received=4, waiting_for_papers=1, waiting_for_approval=1, approved=1, went_elsewhere=1, guided=1
    )
    assert row_of(found, OTHER_OFFICE).counts == Counts(approved=1, came_from_elsewhere=1)
    assert [one.total.counts for one in found] == [
        Counts(4, 1, 1, approved=2, came_from_elsewhere=1, went_elsewhere=1, guided=1)
    ]


def test_only_what_was_filed_in_those_days_counts(world: World) -> None:
    before = datetime(2026, 11, 1, 23, 59, 59, tzinfo=VIETNAM)
    for n, at in enumerate((before, before + timedelta(seconds=1), datetime(2026, 11, 13, 23, 59, tzinfo=VIETNAM))):
        another(world, n + 10, at=at)
    assert row_of(seen_by(world["leader"]), LOCAL_OFFICE).counts.received == 2


def test_a_leader_sees_the_own_office_and_a_provincial_one_the_province(world: World) -> None:
    assert [row.code for one in seen_by(world["leader"]) for row in one.offices] == [LOCAL_OFFICE]
    codes = {row.code for one in seen_by(world["province_leader"]) for row in one.offices}
    assert codes == {PROVINCE_OFFICE, LOCAL_OFFICE, OTHER_OFFICE}
    with pytest.raises(NotAllowed):
        seen_by(world["counter"])


def test_the_provincial_director_steers_the_province_and_the_centre_the_country(world: World) -> None:
    codes = {row.code for one in seen_by(world["director"]) for row in one.offices}
    assert codes == {PROVINCE_OFFICE, LOCAL_OFFICE, OTHER_OFFICE}
    given = {"office_code": OTHER_OFFICE, "first": FIRST, "last": LAST, "target": 40, "document": "45/KH-BHXH"}
    set_plan(**given, actor=world["director"], at=MONDAY)  # type: ignore[arg-type]
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="-",
        phone="-", valid_from=date(2008, 8, 1),
    )  # fmt: skip
    centre = an_officer("trung-uong", "Hà Văn Sự", "Vụ trưởng", (("00000", Role.CENTRAL),))
    assert row_of(seen_by(centre), OTHER_OFFICE).target == 40
    with pytest.raises(NotAllowed):
        set_plan(**given, actor=centre, at=MONDAY)  # type: ignore[arg-type]


def test_a_plan_that_is_missed_by_one_is_not_a_hundred_percent() -> None:
    assert Progress("", "", Counts(approved=499), target=500, a_day=0.0).percent == 99
    assert Progress("", "", Counts(approved=500), target=500, a_day=0.0).percent == 100


@pytest.mark.requirement("R-191")
def test_a_plan_is_held_against_its_share_of_working_days(world: World) -> None:
    approved(world, another(world, 5), by=world["counter"], office=LOCAL_OFFICE)
    set_plan(
        office_code=LOCAL_OFFICE, first=date(2026, 11, 2), last=date(2026, 11, 27), target=40, document="45/KH-BHXH",
        actor=world["leader"], at=MONDAY,
    )  # fmt: skip
    row = row_of(seen_by(world["leader"]), LOCAL_OFFICE)
    # 19 working days in the plan (the 24th of November is a public holiday since 2026), 10 of them looked at.
    assert (row.target, row.percent, row.a_day) == (21, 5, 0.1)


def test_a_new_plan_replaces_the_old_one_and_keeps_it(world: World) -> None:
    for target in (40, 60):
        set_plan(
            office_code=LOCAL_OFFICE, first=FIRST, last=LAST, target=target, document="45/KH-BHXH",
            actor=world["leader"], at=MONDAY,
        )  # fmt: skip
    assert row_of(seen_by(world["leader"]), LOCAL_OFFICE).target == 60
    assert RegistrationPlan.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"target": 0}, Invalid),
        ({"last": FIRST - timedelta(days=1)}, Invalid),
        ({"document": " "}, Invalid),
        ({"office_code": OTHER_OFFICE}, NotAllowed),
    ],
)
def test_a_plan_needs_days_a_number_a_document_and_the_right_office(
    world: World, change: dict[str, object], error: type[Exception]
) -> None:
    given = {"office_code": LOCAL_OFFICE, "first": FIRST, "last": LAST, "target": 40, "document": "45/KH-BHXH"}
    with pytest.raises(error):
        set_plan(**{**given, **change}, actor=world["leader"], at=MONDAY)  # type: ignore[arg-type]


def test_a_head_reads_and_does_not_plan(world: World) -> None:
    head = an_officer("to-truong-hai", "Trần Văn Bảy", "Tổ trưởng", ((LOCAL_OFFICE, Role.HEAD),))
    assert seen_by(head)
    with pytest.raises(NotAllowed):
        set_plan(office_code=LOCAL_OFFICE, first=FIRST, last=LAST, target=4, document="x", actor=head, at=MONDAY)


def test_registrations_that_were_approved_count_for_the_desk_where_they_waited(world: World) -> None:
    first, _ = (another(world, n, at=MONDAY) for n in (1, 2))
    approved(world, first, by=world["counter"], office=LOCAL_OFFICE)
    found = loads([LOCAL_OFFICE], today=MONDAY.date(), calendar=work_calendar())
    ((desk, load),) = found.items()
    assert (desk.role, load.count) == ("intake_officer", 1)
    assert (load.done_a_day, load.came_a_day) == (Fraction(1, PACE_DAYS + 1), Fraction(2, PACE_DAYS + 1))
