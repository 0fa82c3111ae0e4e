"""The rate of electronic transactions (R-131 … R-136, R-175): electronic dossiers of all dossiers filed in a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from ansinh.statistics.areas import Area
from ansinh.statistics.channels import channel
from ansinh.statistics.fields import fields_of_work
from ansinh.statistics.models import Measure
from ansinh.statistics.periods import months_between
from ansinh.statistics.read import counts

KINDS = ("", "individual", "organisation")
"""Whose dossiers: everybody's, individuals', organisations'."""
_PACE = 3
"""Months that tell the pace."""
_FARTHEST = 60


@dataclass(frozen=True)
class Rate:
    """Electronic dossiers and all dossiers of a field in a period."""

    electronic: int = 0
    filed: int = 0

    @property
    def percent(self) -> float | None:
        """Of a hundred filed so many electronically; None when nothing was filed."""
        return 100 * self.electronic / self.filed if self.filed else None

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.electronic + other.electronic, self.filed + other.filed)


NOTHING = Rate()


def rates(areas: Collection[str], *, first: date, last: date, kind: str = "") -> Mapping[tuple[str, str], Rate]:
    """(area, field) → rate, for everybody or for one kind of applicant."""
    found = _by("area", areas, first=first, last=last, kind=kind)
    return defaultdict(Rate, {(str(area), field): rate for (area, field), rate in found.items()})


def trend(area: str, *, last: date, kind: str = "", back: int = 12) -> list[tuple[date, Mapping[str, Rate]]]:
    """Month by month, field → rate, the month of `last` at the end."""
    months = months_between(last, back=back)
    found = _by("month", [area], first=months[0], last=last, kind=kind)
    return [(month, {field: found.get((month, field), NOTHING) for field in fields_of_work()}) for month in months]


def _by(column: str, areas: Collection[str], *, first: date, last: date, kind: str) -> dict[tuple[object, str], Rate]:
    cells = counts(
        areas=areas, measures=[Measure.FILED], first=first, last=last,
        services=[f"@{field}" for field in fields_of_work()], by=(column, "service", "channel", "kind"),
    )  # fmt: skip
    found: dict[tuple[object, str], Rate] = {}
    for (key, service, way, whose), n in cells.items():
        if kind in ("", whose):
            cell = key, service.removeprefix("@")
            found[cell] = found.get(cell, NOTHING) + Rate(n if channel(way).electronic else 0, n)
    return found


@dataclass(frozen=True)
class Goal:
    """What a target asks for: so many percent, or the rate of another field in the same province."""

    permille: int | None = None
    as_field: str = ""

    def percent(self, others: Mapping[str, Rate]) -> float | None:
        """The percentage to reach, where `others` are the rates of the province by field."""
        if self.permille is not None:
            return self.permille / 10
        return others.get(self.as_field, NOTHING).percent


@dataclass(frozen=True)
class Standing:
    """A province against a target. `goal` is None where it depends on a field in which nothing was filed."""

    area: Area
    rates: Mapping[str, Rate]
    field: str
    goal: float | None

    @property
    def rate(self) -> Rate:
        """In the field of the target."""
        return self.rates.get(self.field, NOTHING)

    @property
    def gap(self) -> float | None:
        """Points above the goal, below 0 when it is missed; None when there is nothing to compare."""
        percent = self.rate.percent
        return None if percent is None or self.goal is None else percent - self.goal

    @property
    def is_below(self) -> bool:
        """Whether the goal is missed. The comparison is exact: no rounding reaches a goal."""
        return self.gap is not None and self.gap < 0


def standings(
    areas: Sequence[Area], *, field: str, goal: Goal, first: date, last: date, kind: str = ""
) -> list[Standing]:
    """Each area against a goal, the lowest rate first, those without numbers last."""
    found = rates([one.code for one in areas], first=first, last=last, kind=kind)
    rows = []
    for area in areas:
        own = {name: found.get((area.code, name), NOTHING) for name in fields_of_work()}
        rows.append(Standing(area, own, field, goal.percent(own)))
    return sorted(rows, key=lambda row: (row.rate.percent is None, row.rate.percent or 0.0, row.area.code))


def reached_in(percents: Sequence[float | None], goal: float) -> int | None:
    """In how many months the goal is reached at the pace of the last three; 0: it is; None: not at this pace."""
    last = percents[-_PACE - 1 :]
    if len(last) <= _PACE or last[0] is None or last[-1] is None:
        return None
    if last[-1] >= goal:
        return 0
    pace = (last[-1] - last[0]) / _PACE
    if pace * _FARTHEST < goal - last[-1]:
        return None
    return ceil((goal - last[-1]) / pace)
