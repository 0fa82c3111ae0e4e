"""What directors are shown: exact quantiles, whose numbers, and the page with its downloads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.casework.accept import accept
from ansinh.people.models import Role
from ansinh.platform.errors import Invalid, NotAllowed, NotFound
from ansinh.statistics.areas import sight_of
from ansinh.statistics.dashboard import dashboard
from ansinh.statistics.fold import fold_all
from ansinh.statistics.periods import months_between, period
from ansinh.statistics.quantiles import quantile
from tests.statistics.rows import a_closed_row
from tests.world import (
    LOCAL_OFFICE,
    OTHER_OFFICE,
    PROVINCE_OFFICE,
    World,
    a_moment,
    a_submitted_dossier,
    a_world,
    an_officer,
)

TODAY = date(2026, 11, 27)
FILED = a_moment(date(2026, 11, 2))


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=30), st.sampled_from([50, 90, 100]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_quantile_is_that_of_the_sorted_list(days: list[int], percent: int) -> None:
    counted = {day: days.count(day) for day in days}
    within = quantile(counted, percent)
    assert within is not None
    assert 100 * sum(day <= within for day in days) >= percent * len(days)
    assert 100 * sum(day < within for day in days) < percent * len(days)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_is_whole_months(key: str, first: date, last: date) -> None:
    found = period(key, today=TODAY)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("key", ["2026-12", "2027", "2026-13", "x", "2026-Q5", "1999"])
def test_a_period_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(Invalid):
        period(key, today=TODAY)


def test_months_go_back_over_the_new_year() -> None:
    assert months_between(date(2026, 2, 5), back=3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


@pytest.mark.requirement("R-138")
def test_each_sees_the_own_house_and_what_is_below(world: World) -> None:
    assert [one.code for one in sight_of(world["leader"], on=TODAY).areas] == [LOCAL_OFFICE]
    director = sight_of(world["director"], on=TODAY)
    assert {one.code for one in director.areas} == {"P90", PROVINCE_OFFICE, LOCAL_OFFICE, OTHER_OFFICE}
    assert director.widest.code == "P90"
    with pytest.raises(NotFound):
        sight_of(world["leader"], on=TODAY).area(OTHER_OFFICE)
    with pytest.raises(NotFound):
        director.area("VN")
    with pytest.raises(NotAllowed):
        sight_of(world["counter"], on=TODAY)


@pytest.mark.requirement("R-138")
@pytest.mark.parametrize("folded", [True, False])
def test_the_dashboard_tells_late_times_and_offices(world: World, folded: bool) -> None:
    for days, office, late in ((2, LOCAL_OFFICE, False), (4, LOCAL_OFFICE, False), (30, OTHER_OFFICE, True)):
        a_closed_row(filed=FILED - timedelta(days=8), days=days, office=office, late=late)
    if folded:
        fold_all()
    sight = sight_of(world["director"], on=TODAY)
    found = dashboard(sight, sight.widest, first=date(2026, 10, 1), last=date(2026, 11, 30))
    assert (found.total.filed, found.total.results, found.total.late) == (3, 3, 1)
    assert (found.total.half_within, found.total.nine_in_ten_within) == (4, 30)
    assert found.total.on_time_share == pytest.approx(66.67, abs=0.01)
    assert {row.key: row.tally.late for row in found.parts} == {LOCAL_OFFICE: 0, OTHER_OFFICE: 1}
    assert dict(found.channels) == {("portal", "individual"): 3}
    assert [month for month, tally in found.months if tally.results] == [date(2026, 10, 1), date(2026, 11, 1)]


def test_what_an_officer_does_shows_at_once(world: World) -> None:
    dossier = a_submitted_dossier(world)
    accept(dossier.pk, actor=world["counter"], at=a_moment(date(2026, 11, 9)))
    sight = sight_of(world["leader"], on=TODAY)
    found = dashboard(sight, sight.widest, first=date(2026, 11, 1), last=date(2026, 11, 30), service=dossier.procedure)
    assert (found.total.filed, found.total.accepted, found.total.results) == (1, 1, 0)
    assert found.total.on_time_share is None
    assert found.total.half_within is None


def test_the_centre_sees_every_province(world: World) -> None:
    from ansinh.offices.models import Level, Office

    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="-",
        phone="-", valid_from=date(2008, 8, 1),
    )  # fmt: skip
    centre = an_officer("trung-uong", "Hà Văn Sự", "Vụ trưởng", (("00000", Role.CENTRAL),))
    sight = sight_of(centre, on=TODAY)
    assert sight.widest.code == "VN"
    assert {one.code for one in sight.parts_of(sight.widest)} == {one.code for one in sight.areas if one.is_province}
    assert OTHER_OFFICE in sight.by_code
