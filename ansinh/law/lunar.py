"""The Vietnamese lunar calendar (UTC+7), computed from the moon and the sun.

A month begins on the day of the new moon; month 11 holds the winter solstice; in a year with
thirteen moons the first month without a principal solar term is the leap month. The series are
the usual astronomical ones for the phases of the moon and the apparent longitude of the sun
(new moons good to seconds, solar terms to minutes), used for the years 1900 to 2100.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor, pi, radians, sin

_ZONE_DAYS = 7 / 24
_DELTA_T_DAYS = 69 / 86400
_J2000 = 2451545.0
_ORDINAL_TO_JULIAN = 1721425
_SYNODIC = 29.530588861
_FIRST_NEW_MOON = 2451550.09766

# coefficient (days), power of E, multiples of sun anomaly, moon anomaly, latitude argument
_NEW_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0), (-0.00007, 0, 2, 1, 0), (0.00004, 0, 0, 2, -2),
    (0.00004, 0, 3, 0, 0), (0.00003, 0, 1, 1, -2), (0.00003, 0, 0, 2, 2), (-0.00003, 0, 1, 1, 2),
    (0.00003, 0, -1, 1, 2), (-0.00002, 0, -1, 1, -2), (-0.00002, 0, 1, 3, 0), (0.00002, 0, 0, 4, 0),
)  # fmt: skip
# coefficient (days), constant and rate (degrees) of the planetary arguments
_PLANET_TERMS = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
)  # fmt: skip


@dataclass(frozen=True)
class LunarDate:
    """A day of the lunar calendar; ``year`` is the solar year in which its Tết falls."""

    day: int
    month: int
    leap: bool
    year: int


def lunar(day: date) -> LunarDate:
    """The lunar date of a solar day in Vietnam."""
    for start in (_month_eleven(day.year), _month_eleven(day.year - 1)):
        if _new_moon_day(start) <= day.toordinal():
            break
    for index, month, leap in _months_from(start):
        first, after = _new_moon_day(index), _new_moon_day(index + 1)
        if first <= day.toordinal() < after:
            solstice_year = _solstice_year(start)
            year = solstice_year if month >= 11 else solstice_year + 1
            return LunarDate(day.toordinal() - first + 1, month, leap, year)
    raise AssertionError("a day lies between two months eleven")


def solar_of_lunar(day: int, month: int, year: int, *, leap: bool = False) -> date:
    """The solar day of a lunar one; ValueError when the month or the day does not exist."""
    start = _month_eleven(year if month >= 11 else year - 1)
    for index, named, is_leap in _months_from(start):
        if (named, is_leap) == (month, leap):
            first, after = _new_moon_day(index), _new_moon_day(index + 1)
            if not 1 <= day <= after - first:
                break
            return date.fromordinal(first + day - 1)
    raise ValueError(f"no lunar day {day}/{month}{' leap' if leap else ''}/{year}")


def first_day_of_tet(year: int) -> date:
    """Mùng Một Tết: the first day of the first lunar month."""
    return solar_of_lunar(1, 1, year)


def death_anniversary_of_hung_kings(year: int) -> date:
    """Giỗ Tổ Hùng Vương: the tenth day of the third lunar month."""
    return solar_of_lunar(10, 3, year)


def _months_from(start: int) -> list[tuple[int, int, bool]]:
    """(moon number, month number, leap) of the months from one month eleven to before the next."""
    following = _month_eleven(_solstice_year(start) + 1)
    has_leap = following - start == 13
    months: list[tuple[int, int, bool]] = []
    number, leap_used = 11, False
    for index in range(start, following):
        leap = has_leap and not leap_used and index > start and not _has_principal_term(index)
        if leap:
            leap_used = True
            months.append((index, months[-1][1], True))
            continue
        months.append((index, number, False))
        number = number % 12 + 1
    return months


def _has_principal_term(index: int) -> bool:
    return _sector(_new_moon_day(index)) != _sector(_new_moon_day(index + 1))


def _sector(ordinal: int) -> int:
    """Which twelfth of its path the sun is in when a Vietnamese day begins."""
    return floor(_sun_longitude(ordinal + _ORDINAL_TO_JULIAN - 0.5 - _ZONE_DAYS) / 30)


@lru_cache(maxsize=512)
def _month_eleven(year: int) -> int:
    """Number of the new moon that begins the month holding the winter solstice of a year."""
    solstice = date(year, 12, 18).toordinal()
    while _sector(solstice + 1) != 9:
        solstice += 1
    index = round((solstice + _ORDINAL_TO_JULIAN - _FIRST_NEW_MOON) / _SYNODIC) + 1
    while _new_moon_day(index) > solstice:
        index -= 1
    return index


def _solstice_year(index: int) -> int:
    return date.fromordinal(_new_moon_day(index)).year


@lru_cache(maxsize=4096)
def _new_moon_day(index: int) -> int:
    """Ordinal of the Vietnamese day on which new moon number ``index`` falls."""
    julian = _new_moon(index) - _DELTA_T_DAYS + _ZONE_DAYS
    return floor(julian + 0.5) - _ORDINAL_TO_JULIAN


def _new_moon(index: int) -> float:
    """Julian ephemeris day of a new moon; number 0 is the one of 6 January 2000."""
    k = float(index)
    t = k / 1236.85
    mean = _FIRST_NEW_MOON + _SYNODIC * k + 0.00015437 * t**2 - 1.5e-7 * t**3 + 7.3e-10 * t**4
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t**2 - 1.1e-7 * t**3
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 1.238e-5 * t**3 - 5.8e-8 * t**4
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 2.27e-6 * t**3 + 1.1e-8 * t**4
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2 + 2.15e-6 * t**3
    correction = -0.00017 * sin(radians(node))
    for size, power, s, m, f in _NEW_MOON_TERMS:
        correction += size * e**power * sin(radians(s * sun + m * moon + f * latitude))
    for size, constant, rate in _PLANET_TERMS:
        correction += size * sin(radians(constant + rate * k))
    return mean + correction


def _sun_longitude(julian_utc: float) -> float:
    """Apparent longitude of the sun in degrees, 0 to 360."""
    t = (julian_utc + _DELTA_T_DAYS - _J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    anomaly = (357.52911 + 35999.05029 * t - 0.0001537 * t**2) * pi / 180
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360


def days_of_lunar_month(month: int, year: int, *, leap: bool = False) -> int:
    """29 or 30: the length of a lunar month."""
    first = solar_of_lunar(1, month, year, leap=leap)
    probe = first + timedelta(days=29)
    return 29 if lunar(probe).day == 1 else 30
