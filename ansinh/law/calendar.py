"""The working calendar: which days are worked, which are public holidays, and why.

Labour Code articles 111 and 112, National Assembly resolution 28/2026/QH16 (24 November).
Days the Government decided are data (``parameters/calendar.yaml``) and win over computed ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, cast

from ansinh.law.exact_yaml import read_yaml
from ansinh.law.lunar import death_anniversary_of_hung_kings, first_day_of_tet

_ONE_DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 2007, 2060


class DayKind(Enum):
    """Why a day differs from an ordinary weekday or weekend."""

    PUBLIC_HOLIDAY = "public_holiday"
    COMPENSATORY_OFF = "compensatory_off"
    SWAPPED_OFF = "swapped_off"
    MAKE_UP_WORKING = "make_up_working"


@dataclass(frozen=True)
class WorkCalendar:
    """Special days on top of the Monday-to-Friday week; immutable."""

    days: Mapping[date, DayKind] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday without days off, plus make-up days ordered by the Government."""
        kind = self.days.get(day)
        if kind is None:
            return day.weekday() < 5
        return kind is DayKind.MAKE_UP_WORKING

    def is_public_holiday(self, day: date) -> bool:
        """A public holiday or the day off that compensates one (a swapped day is neither)."""
        return self.days.get(day) in (DayKind.PUBLIC_HOLIDAY, DayKind.COMPENSATORY_OFF)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after ``day``."""
        return self.working_day_on_or_after(day + _ONE_DAY)

    def working_day_on_or_after(self, day: date) -> date:
        """``day`` itself when it is worked, else the next working day (Civil Code art. 148)."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def with_days(self, days: Mapping[date, DayKind | None]) -> WorkCalendar:
        """A calendar with these days on top; None makes a day ordinary again."""
        merged = {**self.days, **days}
        return WorkCalendar({day: kind for day, kind in merged.items() if kind is not None})


@dataclass(frozen=True)
class DatedDay:
    """A day the Government decided or announced, with its legal basis and source quality."""

    day: date
    kind: DayKind
    name: str
    basis: str
    quality: str


def statutory_days(year: int) -> dict[date, DayKind]:
    """Days off computed from the law alone, for a year the Government has not announced.

    The five days of Tết are taken as two before and three from the first lunar day, the second
    day of National Day as the neighbour nearest to the weekend: both are usual choices and give
    way to the dated table.
    """
    holidays = {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)}
    tet = first_day_of_tet(year)
    holidays |= {tet + timedelta(days=offset) for offset in range(-2, 3)}
    holidays.add(death_anniversary_of_hung_kings(year))
    if year >= 2021:
        holidays.add(_neighbour_of_national_day(year))
    if year >= 2026:
        holidays.add(date(year, 11, 24))
    days = dict.fromkeys(sorted(holidays), DayKind.PUBLIC_HOLIDAY)
    _compensate(days)
    return days


def _neighbour_of_national_day(year: int) -> date:
    national_day = date(year, 9, 2)
    after = national_day.weekday() in (0, 3, 6)
    return national_day + (_ONE_DAY if after else -_ONE_DAY)


def _compensate(days: dict[date, DayKind]) -> None:
    """Give the next working day off for each holiday on a weekly rest day (art. 111 k3)."""
    for holiday in [day for day in days if day.weekday() >= 5]:
        substitute = holiday
        while substitute.weekday() >= 5 or substitute in days:
            substitute += _ONE_DAY
        days[substitute] = DayKind.COMPENSATORY_OFF


@lru_cache(maxsize=1)
def dated_days() -> tuple[DatedDay, ...]:
    """The announced days of ``parameters/calendar.yaml`` in order of date."""
    return tuple(
        sorted(
            (
                DatedDay(
                    day=entry["date"],
                    kind=DayKind(entry["kind"]),
                    name=entry["name"],
                    basis=entry["basis"],
                    quality=entry["quality"],
                )
                for entry in _calendar_file()["days"]
            ),
            key=lambda dated: dated.day,
        )
    )


def announced_years() -> frozenset[int]:
    """Years whose days off are fully announced; others are computed and may still change."""
    return frozenset(_calendar_file()["announced_years"])


@lru_cache(maxsize=1)
def default_calendar() -> WorkCalendar:
    """Computed days of 2007 to 2060 with the announced years in their place."""
    days: dict[date, DayKind] = {}
    for year in range(_FIRST_YEAR, _LAST_YEAR + 1):
        if year not in announced_years():
            days.update(statutory_days(year))
    days.update({dated.day: dated.kind for dated in dated_days()})
    return WorkCalendar(days)


@lru_cache(maxsize=1)
def _calendar_file() -> dict[str, Any]:
    text = resources.files("ansinh.law").joinpath("parameters/calendar.yaml").read_text("utf-8")
    return cast("dict[str, Any]", read_yaml(text))
