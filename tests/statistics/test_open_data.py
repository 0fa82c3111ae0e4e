"""What is published of months, and what is told of how long a service really took."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from ansinh.dossiers.models import Dossier, State
from ansinh.platform.errors import NotFound
from ansinh.statistics.dashboard import Tally
from ansinh.statistics.models import PublishedMonth
from ansinh.statistics.open_data import Line, lines, months
from ansinh.statistics.truth import told_of, truth
from benchmarks.rig.aside import put_guards_aside
from tests.statistics.rows import a_closed_row
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_world

TODAY = date(2026, 11, 27)
OCTOBER = date(2026, 10, 1)
FILED = a_moment(date(2026, 10, 5))


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def closed(n: int, *, procedure: str = "che-do-thai-san", office: str = LOCAL_OFFICE, late: int = 0) -> None:
    for place in range(n):
        a_closed_row(filed=FILED, days=1 + place % 10, office=office, procedure=procedure, late=place < late)


def row(found: list[Line], province: str, service: str) -> Line:
    return next(one for one in found if (one.province, one.service) == (province, service))


def test_a_month_is_published_when_it_has_been_over_for_five_days() -> None:
    assert months(today=date(2026, 11, 5))[0] == date(2026, 9, 1)
    assert months(today=date(2026, 11, 6))[0] == OCTOBER
    assert len(months(today=TODAY)) == 24


@pytest.mark.requirement("R-138")
def test_a_small_count_is_hidden_and_shares_need_twenty(world: World) -> None:
    closed(25, late=5)
    closed(3, procedure="gia-han-the-bhyt")
    closed(12, procedure="cap-lai-doi-dieu-chinh-so-the")
    found = lines(OCTOBER, today=TODAY)
    assert row(found, "90", "gia-han-the-bhyt").filed is None
    large = row(found, "90", "che-do-thai-san")
    assert (large.on_time_percent, large.half_within, large.nine_in_ten_within) in {(80, 5, 9), (None, None, None)}
    small = row(found, "90", "cap-lai-doi-dieu-chinh-so-the")
    assert small.half_within is None and small.on_time_percent is None
    told = {(one.province, one.service): one.filed for one in found}
    # Whoever subtracts what is told of the province's services from its total is left with several hidden ones.
    for place in ("90", ""):
        hidden = [key for key, n in told.items() if key[0] == place and key[1] and n is None]
        assert told[place, ""] is None or len(hidden) != 1


def test_whoever_subtracts_two_downloads_of_a_month_finds_nothing(world: World) -> None:
    """A result that is looked at again is taken back in its month: other cells would be hidden then."""
    put_guards_aside()  # they come back with the rollback
    closed(3, procedure="gia-han-the-bhyt")
    for n, procedure in ((30, "che-do-thai-san"), (31, "cap-lai-doi-dieu-chinh-so-the"), (40, "che-do-om-dau")):
        closed(n, procedure=procedure)
    before = lines(OCTOBER, today=TODAY)
    again = Dossier.objects.filter(procedure="cap-lai-doi-dieu-chinh-so-the")[:2]
    Dossier.objects.filter(pk__in=[one.pk for one in again]).update(state=State.IN_PROGRESS, closed_at=None)
    assert lines(OCTOBER, today=TODAY + timedelta(days=40)) == before
    kept = PublishedMonth.objects.get()
    assert (kept.month, kept.published_on) == (OCTOBER, TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedMonth.objects.update(rows=[])


def test_a_month_that_is_not_over_is_not_published(world: World) -> None:
    with pytest.raises(NotFound):
        lines(date(2026, 11, 1), today=TODAY)
    assert lines(OCTOBER, today=TODAY) == []


def test_the_truth_is_told_of_whole_months_in_rounded_numbers(world: World) -> None:
    closed(37, late=3)
    closed(4, office=OTHER_OFFICE)
    a_closed_row(filed=a_moment(date(2026, 11, 2)), days=2, office=LOCAL_OFFICE)
    found = truth("che-do-thai-san", office_code=LOCAL_OFFICE, today=TODAY)
    assert (found.first, found.last) == (date(2026, 5, 1), date(2026, 10, 31))
    country, province, office = found.places
    assert (country.about, office.about) == (20, 20)
    assert (office.half_within, office.nine_in_ten_within, office.on_time_percent) == (5, 9, 91)
    other = truth("che-do-thai-san", office_code=OTHER_OFFICE, today=TODAY).places[-1]
    assert (other.about, other.half_within) == (None, None)
    assert [one.area for one in truth("che-do-thai-san", office_code="99999", today=TODAY).places] == ["VN"]
    assert province.area == "P90"


@pytest.mark.parametrize(
    ("results", "about"), [(20, 20), (49, 20), (50, 50), (199, 100), (4_999, 2_000), (5_000, 5_000)]
)
def test_results_are_told_in_steps_so_wide_that_a_hidden_month_is_not_found(results: int, about: int) -> None:
    """Five months of open data are told exactly: in steps of ten the sum of six would tell the hidden sixth."""
    assert told_of("VN", Tally(in_time={"early": results}, days={2: results})).about == about


def test_ninety_nine_and_a_half_is_not_a_hundred() -> None:
    told = told_of("VN", Tally(in_time={"on_time": 995, "late": 5}, days={3: 1000}))
    assert told.on_time_percent == 99
    assert told_of("VN", Tally(in_time={"no_limit": 30}, days={3: 30})).on_time_percent is None


def test_returns_are_told_of_a_hundred_results() -> None:
    told = told_of("VN", Tally(in_time={"early": 40}, days={2: 40}, returned=6))
    assert told.returned_of_hundred == 15
