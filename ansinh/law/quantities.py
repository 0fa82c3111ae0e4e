"""Exact numbers, months and ages of the law: nothing here rounds except the one named rounding."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)
_LONGEST = 40
_LARGEST_EXPONENT = 30


def exact(value: object) -> Fraction:
    """An input number without loss: 3.46 is 346/100. ValueError for anything not a number.

    Written numbers longer than any amount of the world are refused: 1e999999999 would fill the memory.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Fraction)):
        raise ValueError(f"not a number: {value!r}")
    if isinstance(value, Fraction):
        return value
    text = str(value)
    exponent = text.casefold().partition("e")[2]
    if len(text) > _LONGEST or (exponent and abs(int(exponent)) > _LARGEST_EXPONENT):
        raise ValueError("a number too long")
    return Fraction(text)


def whole_dong(amount: Fraction) -> int:
    """The one rounding of money: half up to whole đồng, at the last step."""
    return floor(amount + HALF)


def years_by_halves(months: int) -> Fraction:
    """Years of contribution: 1-6 odd months are half a year, 7-11 a whole one."""
    years, odd = divmod(months, 12)
    if odd == 0:
        return Fraction(years)
    return years + (HALF if odd <= 6 else Fraction(1))


def show(number: Fraction | int) -> str:
    """A number as Vietnamese read it: 1.234.567 and 44,5 (at most four decimals)."""
    number = Fraction(number)
    sign = "-" if number < 0 else ""
    scaled = floor(abs(number) * 10_000 + HALF)
    whole, decimals = divmod(scaled, 10_000)
    text = sign + f"{whole:,}".replace(",", ".")
    return text + (f",{decimals:04d}".rstrip("0") if decimals else "")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; ``index`` counts months since year 0."""

    index: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year * 12 + day.month - 1)

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.index // 12

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.index // 12, self.index % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return (self + 1).first_day - timedelta(days=1)

    @property
    def vi(self) -> str:
        """As Vietnamese write it: 09/2026; ``str`` gives 2026-09."""
        return f"{self.first_day:%m/%Y}"

    def __add__(self, months: int) -> Month:
        return Month(self.index + months)

    def __sub__(self, other: Month) -> int:
        return self.index - other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.index % 12 + 1:02d}"


@dataclass(frozen=True)
class Birth:
    """A date of birth of which the day, or the day and the month, may be unknown.

    ``day`` is the first day it can be, which is also the day the law takes (158/2025 art. 12).
    """

    day: date
    year_only: bool = False

    @property
    def month(self) -> Month:
        """Month of birth (January when only the year is known)."""
        return Month.of(self.day)

    def day_of_age(self, months: int) -> date:
        """The birthday on which an age in months is reached."""
        return add_months(self.day, months)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    month = Month.of(day) + months
    return month.first_day.replace(day=min(day.day, monthrange(month.year, month.first_day.month)[1]))


def end_of_period(first: date, months: int) -> date:
    """Last day of a period of whole months: the day before the same day of the last month."""
    month = Month.of(first) + months
    same_day_exists = first.day <= month.last_day.day
    return month.first_day + timedelta(days=first.day - 2) if same_day_exists else month.last_day


def months_and_days(first: date, last: date) -> tuple[int, int]:
    """A period, both ends included, as whole months from its first day and odd days."""
    months = 0
    while end_of_period(first, months + 1) <= last:
        months += 1
    covered = end_of_period(first, months) if months else first - timedelta(days=1)
    return months, (last - covered).days


def full_months_between(earlier: date, later: date) -> int:
    """Complete months from one day to a later one, days compared."""
    months = Month.of(later) - Month.of(earlier)
    return months if add_months(earlier, months) <= later else months - 1


def spans(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    """Months as unbroken periods [first, last] in order of time."""
    periods: list[tuple[Month, Month]] = []
    for month in sorted(set(months)):
        if periods and month - periods[-1][1] == 1:
            periods[-1] = (periods[-1][0], month)
        else:
            periods.append((month, month))
    return periods
