"""The lowest pension of compulsory insurance; voluntary pensions have none.

Law 58/2014 articles 56 k5 and 71, law 41/2024 article 141 k11, decree 158/2025 articles 13 and 17.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.quantities import Month, show
from ansinh.law.working import LAW_41, Inputs, Working

_TWENTY_YEARS = 240
_LAW_58_FROM_YEAR = 2016


def with_floor(work: Working, pension: Fraction) -> Fraction:
    """The pension, lifted to the base salary or reference level where the law gives a floor.

    ``floor_applies`` in the inputs decides when it is given; otherwise the time paid does.
    """
    applies = work.inputs.flag("floor_applies") if work.inputs.has("floor_applies") else _has_floor(work)
    if not applies:
        return pension
    level = Fraction(work.level())
    if pension >= level:
        return pension
    work.step(
        "Lương hưu được nâng bằng mức thấp nhất",
        "The pension is lifted to the lowest level",
        f"{show(pension)} < {show(level)}",
        "41/2024/QH15 Điều 141 khoản 11" if work.under_law_41 else "58/2014/QH13 Điều 56 khoản 5",
        level,
    )
    return level


def _has_floor(work: Working) -> bool:
    """Twenty compulsory years, not of a part-time commune worker; law 41: joined before it."""
    inputs = work.inputs
    if inputs.flag("part_time_commune_worker") or work.event_date.year < _LAW_58_FROM_YEAR:
        return False
    compulsory = _compulsory_months(inputs)
    return compulsory >= _TWENTY_YEARS and (not work.under_law_41 or _joined_before_law_41(work, compulsory))


def _compulsory_months(inputs: Inputs) -> int:
    if inputs.has("compulsory_months"):
        return inputs.whole("compulsory_months")
    return max(0, inputs.whole("contribution_months") - inputs.whole("voluntary_months", 0))


def _joined_before_law_41(work: Working, compulsory: int) -> bool:
    """As given, else certain from the length of the time paid."""
    if work.inputs.has("first_joined"):
        return work.inputs.month("first_joined") < Month.of(LAW_41)
    return Month.of(work.event_date) + -compulsory < Month.of(LAW_41)
