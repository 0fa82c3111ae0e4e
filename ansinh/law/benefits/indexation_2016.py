"""Decree 55/2016 with circular 23/2016: rises that reach back to the first month of a benefit.

(1) Pensions and commune allowances that began from January 2015 to April 2016: 8% from their
first month. (2) Results under 2,000,000 are lifted from January 2016, or from the first month of
benefits that began in 2016; not work accident benefits. (3) Preschool teachers with time before
1995: then at least the base salary of January and of May 2016.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.benefits.indexation_rules import ACCIDENT, Benefit, doubt_old_commune, lifted, raise_by
from ansinh.law.figures import Figure
from ansinh.law.quantities import Month, exact, show
from ansinh.law.working import Working, read_month

FROM = Month(2016 * 12)
_LAST = Month(2016 * 12 + 11)
_MAY = Month(2016 * 12 + 4)
_RAISED_KINDS = ("pension", "commune_officer_allowance")


def reaches(benefit: Benefit) -> bool:
    """Whether the decree reaches back to the first month of this benefit."""
    if benefit.started is None:
        return False
    return Month(2015 * 12) <= benefit.started <= _LAST


def apply_2016(work: Working, decree: Figure, benefit: Benefit, amount: int) -> tuple[int, dict[Month, int]]:
    """Amount after the 8%, and the amounts by first month of each period."""
    started = benefit.started
    doubt_old_commune(work, decree, benefit)
    raised = raise_by(work, amount, exact(decree.value["percent"]), decree) if _is_raised(decree, benefit) else amount
    periods: dict[Month, int] = {}
    if started is not None and Month(2015 * 12) <= started < FROM:
        periods[started] = raised
    first = FROM if started is None or started < FROM else started
    if started is not None and started > _LAST:
        return raised, {first: raised}
    final = raised if benefit.kind == ACCIDENT else _lifted(work, decree, benefit, raised)
    for month in (first, _MAY) if benefit.is_preschool_teacher and first < _MAY else (first,):
        final = periods[month] = _at_least_base(work, decree, benefit, final, month)
    return raised, periods


def _is_raised(decree: Figure, benefit: Benefit) -> bool:
    span = decree.value["percent_for"]
    if benefit.started is None or benefit.kind not in _RAISED_KINDS:
        return False
    return read_month("from", span["from"]) <= benefit.started <= read_month("until", span["until"])


def _lifted(work: Working, decree: Figure, benefit: Benefit, amount: int) -> int:
    lift = decree.value["lift_pension" if benefit.kind == "pension" else "lift_allowance"]
    return lifted(work, amount, lift, decree)


def _at_least_base(work: Working, decree: Figure, benefit: Benefit, amount: int, month: Month) -> int:
    """Preschool teachers: at least the base salary of the month."""
    if not benefit.is_preschool_teacher:
        return amount
    base = int(work.figure("level.base_salary", on=max(month.first_day, date(2016, 1, 1))).value)
    work.step(
        f"Giáo viên mầm non có thời gian trước năm 1995: ít nhất bằng mức lương cơ sở từ tháng {month.vi}",
        f"Preschool teacher with time before 1995: at least the base salary from {month}",
        f"max({show(amount)}; {show(base)}) = {show(max(amount, base))}",
        decree.reference,
        Fraction(max(amount, base)),
    )
    return max(amount, base)
