"""The age a person must reach for a pension, and the month that follows it.

Law 58/2014 articles 54-55 and 71, law 41/2024 articles 64-65, 111 and 141; decree 158/2025
article 12.
"""

from __future__ import annotations

from datetime import date

from ansinh.law.benefits.retirement import (
    disability_age_of,
    disability_age_of_year,
    lowered_age_of,
    normal_age_of,
    own_lower_age,
    special_months,
)
from ansinh.law.quantities import Birth, Month
from ansinh.law.working import Working

TWENTY_YEARS, FIFTEEN_YEARS = 240, 180
_DISABLED_FROM = 61
DECREE_135_FROM = 2021
_VOLUNTARY_AGE_BEFORE_2021 = {"male": 60 * 12, "female": 55 * 12}


def plain_age(work: Working, sex: str, birth: Month, *, compulsory: int, voluntary: int) -> int:
    """Required age in months without disability; in mixed time lower ages need compulsory years."""
    if voluntary >= TWENTY_YEARS and _joined_before_2021(work):
        return _VOLUNTARY_AGE_BEFORE_2021[sex]
    normal = normal_age_of(work, sex, birth)
    needed = FIFTEEN_YEARS if work.under_law_41 else TWENTY_YEARS
    if voluntary and compulsory < needed:
        return normal
    armed = work.inputs.flag("armed_forces")
    if work.inputs.whole("coal_months", 0) >= FIFTEEN_YEARS and work.event_date.year <= 2020:
        return 50 * 12
    gap = own_lower_age(work)
    if armed:
        gap = 120 if special_months(work) >= FIFTEEN_YEARS else 60
    return lowered_age_of(work, sex, birth, gap=gap) if gap else normal


def disability_age(work: Working, sex: str, birth: Month) -> int:
    if work.inputs.whole("especially_hazardous_months", 0) >= FIFTEEN_YEARS:
        return 0
    return disability_age_of(
        sex,
        birth,
        percent=work.inputs.whole("disability_percent"),
        armed=work.inputs.flag("armed_forces"),
        from_year=_conclusion_year(work),
    )


def disability_age_now(work: Working, sex: str) -> int:
    """The age asked in the deciding year, for a person who has not reached it."""
    return disability_age_of_year(
        sex,
        work.event_date.year,
        percent=work.inputs.whole("disability_percent"),
        armed=work.inputs.flag("armed_forces"),
    )


def _conclusion_year(work: Working) -> int:
    for name in ("disability_conclusion_date", "disability_conclusion_month"):
        if work.inputs.has(name):
            return work.inputs.month(name).year
    return work.event_date.year


def is_disabled(work: Working) -> bool:
    return work.inputs.whole("disability_percent", 0) >= _DISABLED_FROM


def _joined_before_2021(work: Working) -> bool:
    """Law 41 article 141 k9: 20 voluntary years, joined before 2021, may retire at 60 or 55."""
    return work.inputs.has("first_joined") and work.inputs.month("first_joined").year < DECREE_135_FROM


def month_after_age(work: Working, birth: Birth, age: int) -> date:
    """The month after the birthday month; by law 58 next 1 January when only the year is known."""
    if birth.year_only and not work.under_law_41:
        return date((birth.month + age).year + 1, 1, 1)
    return (birth.month + age + 1).first_day
