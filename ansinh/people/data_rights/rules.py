"""Clocks and rules of personal-data rights, as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ansinh.law.deadlines import Limit, Unit
from ansinh.people.dated_rules import newest, rows_of

FILE = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class Clock:
    """The limits of one kind of request, with their source."""

    acknowledge: Limit
    answer: Limit
    extension_days: int
    basis: str


def clock(kind: str, *, on: date) -> Clock:
    """The limits for a request of this kind asked on a day."""
    row = newest((one for one in rows_of(FILE)["clocks"] if one["kind"] == kind), on=on)
    return Clock(_limit(row["acknowledge"]), _limit(row["answer"]), row["extension_days"], row["basis"])


def alarm_percent(*, on: date) -> tuple[int, int]:
    """Shares of the time after which the desk is warned, in hundredths: first and second."""
    first, second = _value("alarm_percent", on=on)
    return first, second


def handler_roles(*, on: date) -> frozenset[str]:
    """Roles that answer requests at an office."""
    return frozenset(_value("handler_roles", on=on))


def export_time(*, on: date) -> timedelta:
    """How long a copy can be downloaded."""
    return timedelta(hours=_value("export_hours", on=on))


def exports_a_day(*, on: date) -> int:
    """Copies one account may ask for within a day."""
    return int(_value("exports_a_day", on=on))


def _limit(pair: list[Any]) -> Limit:
    return Limit(int(pair[0]), Unit(pair[1]))


def _value(topic: str, *, on: date) -> Any:
    return newest(rows_of(FILE)[topic], on=on)["value"]
