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
    note_disability_age,
    own_lower_age,
)
from ansinh.law.quantities import Birth, Month
from ansinh.law.working import Working

TWENTY_YEARS, FIFTEEN_YEARS = 240, 180
_DISABLED_FROM = 61
_MOST_PAID_AT_ONCE = 120
DECREE_135_FROM = 2021
_DECEMBER = 12
_VOLUNTARY_AGE_BEFORE_2021 = {"male": 60 * 12, "female": 55 * 12}


def plain_age(work: Working, sex: str, birth: Month, *, compulsory: int, voluntary: int) -> int:
    """Required age in months without disability; in mixed time lower ages need compulsory years."""
    if work.under_law_41 and voluntary >= TWENTY_YEARS and _joined_before_2021(work):
        return _VOLUNTARY_AGE_BEFORE_2021[sex]
    normal = normal_age_of(work, sex, birth)
    needed = FIFTEEN_YEARS if work.under_law_41 else TWENTY_YEARS
    if voluntary and compulsory < needed:
        return normal
    gap = own_lower_age(work)
    return lowered_age_of(work, sex, birth, gap=gap) if gap else normal


def disability_age(work: Working, sex: str, birth: Month) -> int:
    """Age in months of a person disabled by 61% or more; 0 after 15 especially hazardous years."""
    if work.inputs.whole("especially_hazardous_months", 0) >= FIFTEEN_YEARS:
        return 0
    percent, armed = work.inputs.whole("disability_percent"), work.inputs.flag("armed_forces")
    concluded = _conclusion_year(work)
    age = disability_age_of(sex, birth, percent=percent, armed=armed, from_year=concluded)
    reached = birth + age
    note_disability_age(work, max(concluded, reached.year), percent=percent, armed=armed)
    if reached.year < DECREE_135_FROM and reached.first_day.month == _DECEMBER:
        work.doubt(
            "Tuổi của năm nào khi đủ tuổi nghỉ hưu do suy giảm vào tháng 12",
            "The age of which year, when the age of a disability pension is reached in December",
        )
    return age


def disability_age_now(work: Working, sex: str) -> int:
    """The age asked in the deciding year, for a person who has not reached it."""
    percent, armed = work.inputs.whole("disability_percent"), work.inputs.flag("armed_forces")
    note_disability_age(work, work.event_date.year, percent=percent, armed=armed)
    return disability_age_of_year(sex, work.event_date.year, percent=percent, armed=armed)


def _conclusion_year(work: Working) -> int:
    for name in ("disability_conclusion_date", "disability_conclusion_month"):
        if work.inputs.has(name):
            return work.inputs.month(name).year
    return work.event_date.year


def is_disabled(work: Working) -> bool:
    """Whether the disability given is enough for a pension before the normal age."""
    return work.inputs.whole("disability_percent", 0) >= _DISABLED_FROM


def _joined_before_2021(work: Working) -> bool:
    """Law 41 article 141 k9: 20 voluntary years, joined before 2021, may retire at 60 or 55.

    Without the date, twenty years that cannot have begun later say it: at most 120 of the months
    may have been paid in one sum after the age (law 58), so 120 lie before the deciding date.
    """
    if work.inputs.has("first_joined"):
        return work.inputs.month("first_joined").year < DECREE_135_FROM
    return (Month.of(work.event_date) + -(TWENTY_YEARS - _MOST_PAID_AT_ONCE)).year < DECREE_135_FROM


def month_after_age(work: Working, birth: Birth, age: int) -> date:
    """The month after the birthday month; by law 58 next 1 January when only the year is known."""
    if birth.year_only and not work.under_law_41:
        return date((birth.month + age).year + 1, 1, 1)
    return (birth.month + age + 1).first_day
