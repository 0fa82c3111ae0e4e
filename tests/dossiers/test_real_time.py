"""How long dossiers really take."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.dossiers.models import Dossier, RealTime, State
from ansinh.dossiers.real_time import measure_all, real_time, spread_of
from ansinh.law.calendar import default_calendar
from ansinh.platform.models import Job
from tests.world import World, a_submitted_dossier

MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 9), date(2026, 11, 11), date(2026, 11, 13)


def test_half_of_the_dossiers_and_nine_in_ten_are_counted_in_working_days() -> None:
    counted = {(MONDAY, WEDNESDAY, False): 6, (MONDAY, FRIDAY, False): 3, (MONDAY, date(2026, 11, 25), True): 1}
    spread = spread_of(counted, calendar=default_calendar())
    assert (spread.count, spread.half_within, spread.nine_in_ten_within, spread.late_permille) == (10, 2, 4, 100)


def test_a_holiday_and_a_weekend_are_not_working_days() -> None:
    # Friday 20 to Wednesday 25 November 2026: Monday and Wednesday; Tuesday 24 is a holiday.
    spread = spread_of({(date(2026, 11, 20), date(2026, 11, 25), False): 1}, calendar=default_calendar())
    assert spread.half_within == 2


@pytest.mark.django_db
def test_a_procedure_is_measured_from_its_closed_dossiers_and_only_once_a_day(world: World) -> None:
    at = datetime(2026, 11, 23, 3, tzinfo=UTC)
    for day in range(5):
        dossier = a_submitted_dossier(world)
        accepted = datetime(2026, 11, 9 + day, 2, tzinfo=UTC)
        Dossier.objects.filter(pk=dossier.pk).update(
            state=State.GRANTED,
            accepted_at=accepted,
            closed_at=datetime(2026, 11, 16, 2, tzinfo=UTC),
            was_late=day == 0,
        )
    assert real_time(dossier.procedure, today=date(2026, 11, 23)) is None
    assert Job.objects.filter(name="dossiers.measure_real_times").exists()
    measure_all(at=at)
    measure_all(at=at)
    found = real_time(dossier.procedure, today=date(2026, 11, 23))
    assert found is not None
    assert (found.count, found.half_within, found.nine_in_ten_within, found.late_permille) == (5, 3, 5, 200)
    assert RealTime.objects.count() == 1


@pytest.mark.django_db
def test_too_few_dossiers_say_nothing(world: World) -> None:
    RealTime.objects.create(
        procedure="thu", measured_on=date(2026, 11, 23), count=4, half_within=1, nine_in_ten_within=1, late_permille=0
    )
    assert real_time("thu", today=date(2026, 11, 23)) is None
