"""Ages: the normal retirement age of a year or of a person, and the lower ages.

Labour Code 45/2019 article 169 and decree 135/2020; law 58/2014 articles 54-55, law 41/2024
articles 64-65. The age of a person is that of the first year Y in which birth month plus the age
of Y falls in Y or earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ansinh.law.errors import BadInput
from ansinh.law.figures import figure
from ansinh.law.quantities import Month
from ansinh.law.working import Working

_FIRST_YEAR, _LAST_YEAR = 1995, 2150
_FIXED_AGES_UNTIL = 2020
_LAW_58_FROM = 2016
_SEVERE_FROM = 81
_SPECIAL_MONTHS = 15 * 12
_COAL_AGE = 50 * 12
_FIXED_81 = {"male": 50 * 12, "female": 45 * 12}


def normal_age(work: Working, sex: str, year: int) -> int:
    """Normal retirement age in months of those who reach it in a year."""
    return int(work.figure("retirement.normal_age", on=date(year, 1, 1)).value[sex])


def normal_age_of(work: Working, sex: str, birth: Month) -> int:
    """Normal retirement age in months of a person born in a month."""
    return lowered_age_of(work, sex, birth, gap=0)


def lowered_age_of(work: Working, sex: str, birth: Month, *, gap: int) -> int:
    """The age ``gap`` months under the normal one of the year in which it is reached.

    Before 2021 the law of the day knew one age for everybody.
    """
    if work.event_date.year <= _FIXED_AGES_UNTIL:
        return normal_age(work, sex, work.event_date.year) - gap
    age = first_fitting_age(birth, lambda year: _age_of_year(sex, year) - gap, from_year=_FIRST_YEAR)
    normal_age(work, sex, max(_FIRST_YEAR, (birth + age).year))
    return age


def first_fitting_age(birth: Month, age_of_year: Callable[[int], int], *, from_year: int) -> int:
    """Age in months of the first year in which it is reached by the end of that year."""
    for year in range(from_year, _LAST_YEAR):
        age = age_of_year(year)
        if (birth + age).year <= year:
            return age
    raise BadInput("birth", str(birth))


def disability_age_of(sex: str, birth: Month, *, percent: int, armed: bool, from_year: int) -> int:
    """Age in months at which a person disabled by 61% or more may retire."""
    return first_fitting_age(
        birth,
        lambda year: disability_age_of_year(sex, year, percent=percent, armed=armed),
        from_year=from_year,
    )


def disability_age_of_year(sex: str, year: int, *, percent: int, armed: bool) -> int:
    """Fixed ages of the year until 2020, then 5 or (81%, armed forces) 10 years under normal.

    Law 71/2006 knew one age; whoever had it and the conclusion before 2016 keeps it (59/2015 article 39 k3).
    """
    severe = armed or percent >= _SEVERE_FROM
    if year > _FIXED_AGES_UNTIL:
        return _age_of_year(sex, year) - (120 if severe else 60)
    return _FIXED_81[sex] if severe or year < _LAW_58_FROM else _disability_age_of_year(sex, year)


def note_disability_age(work: Working, year: int, *, percent: int, armed: bool) -> None:
    """Let the result name the figure from which ``disability_age_of_year`` is taken; fixed ages have none."""
    if year > _FIXED_AGES_UNTIL:
        work.figure("retirement.normal_age", on=date(year, 1, 1))
    elif year >= _LAW_58_FROM and not (armed or percent >= _SEVERE_FROM):
        work.figure("retirement.disability_age", on=date(year, 1, 1))


def own_lower_age(work: Working) -> int:
    """Months by which the person's own age lies under the normal one.

    Hazardous work, hard area, coal (fixed 50 for both sexes until 2020), armed forces.
    """
    if work.inputs.whole("coal_months", 0) >= _SPECIAL_MONTHS:
        if work.event_date.year <= _FIXED_AGES_UNTIL:
            return normal_age(work, work.inputs.choice("sex", ("male", "female")), work.event_date.year) - _COAL_AGE
        return 12 * int(work.figure("retirement.coal_gap").value)
    if work.inputs.flag("armed_forces"):
        return 120 if special_months(work) >= _SPECIAL_MONTHS else 60
    if special_months(work) >= _SPECIAL_MONTHS:
        return 12 * int(work.figure("retirement.hardship_gap").value)
    return 0


def special_months(work: Working) -> int:
    """Months of hazardous work or in a hard area."""
    names = ("hazardous_or_area07_months", "area07_months", "hazardous_months")
    return max(work.inputs.whole(name, 0) for name in names)


def _age_of_year(sex: str, year: int) -> int:
    return int(figure("retirement.normal_age", on=date(year, 1, 1)).value[sex])


def _disability_age_of_year(sex: str, year: int) -> int:
    return 12 * int(figure("retirement.disability_age", on=date(year, 1, 1)).value[sex])
