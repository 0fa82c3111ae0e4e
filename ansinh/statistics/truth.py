"""How long a service really took, told to everybody: whole months, rounded numbers, nothing of a few dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.offices.models import Level, Office
from ansinh.statistics.areas import COUNTRY
from ansinh.statistics.dashboard import Tally, tallies
from ansinh.statistics.models import Measure
from ansinh.statistics.open_data import LEAST_FOR_SHARES
from ansinh.statistics.periods import months_between
from ansinh.statistics.read import counts

MONTHS = 6
_STEPS = (1, 2, 5)
"""Of a power of ten."""


@dataclass(frozen=True)
class Truth:
    """What is told of one place. Everything is None where there were too few results.

    `about` is the number of results rounded down to 20, 50, 100, 200, 500 …: five months of open data subtracted from
    tens would tell what the sixth hides.
    """

    area: str
    about: int | None = None
    half_within: int | None = None
    nine_in_ten_within: int | None = None
    on_time_percent: int | None = None
    returned_of_hundred: int | None = None
    paid_in_time_percent: int | None = None


@dataclass(frozen=True)
class Told:
    """The whole months told of, and each place asked for."""

    first: date
    last: date
    places: tuple[Truth, ...]


def truth(procedure: str, *, office_code: str, today: date) -> Told:
    """The country and, for an office, its province and itself; the last six whole months."""
    months = months_between(today.replace(day=1) - timedelta(days=1), back=MONTHS)
    areas = [COUNTRY]
    if office := Office.objects.filter(code=office_code, level__in=[Level.PROVINCE, Level.LOCAL]).first():
        areas += [f"P{office.province_code}", office.code]
    cells = counts(
        areas=areas, measures=[Measure.IN_TIME, Measure.DAYS, Measure.RETURNED, Measure.PAID], services=[procedure],
        first=months[0], last=months[-1], by=("area", "measure", "bucket"),
    )  # fmt: skip
    found: dict[str, Tally] = tallies(cells)
    last = today.replace(day=1) - timedelta(days=1)
    return Told(months[0], last, tuple(told_of(area, found.get(area, Tally())) for area in areas))


def told_of(area: str, tally: Tally) -> Truth:
    """What may be told of these counts."""
    if tally.results < LEAST_FOR_SHARES:
        return Truth(area)
    paid = tally.paid_in_time_share
    share = tally.on_time_share if tally.judged >= LEAST_FOR_SHARES else None
    return Truth(
        area=area,
        about=_stepped(tally.results),
        half_within=tally.half_within,
        nine_in_ten_within=tally.nine_in_ten_within,
        on_time_percent=None if share is None else int(share),
        returned_of_hundred=round(100 * tally.returned / tally.results),
        paid_in_time_percent=None if paid is None or tally.payments < LEAST_FOR_SHARES else int(paid),
    )


def _stepped(results: int) -> int:
    power: int = 10 ** (len(str(results)) - 1)
    return max(step * power for step in _STEPS if step * power <= results)
