"""Rises of benefits in payment: one decree, or every decree since a month, replayed in order.

Each decree works on the result of the one before. Survivors' and care benefits are not raised:
they follow the level (14/2026 article 3).
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.benefits.indexation_2016 import FROM, apply_2016, reaches
from ansinh.law.benefits.indexation_rules import Benefit, apply_rise
from ansinh.law.figures import Figure, history
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show, whole_dong
from ansinh.law.working import Working

RISES = "indexation.rises"
_WOMEN = "indexation.women"
_FIRST_YEAR, _LAST_YEAR = 2018, 2021


def pension_indexation(work: Working) -> Outcome:
    """The amount in ``event_date``, from the amount before the last decree.

    With ``amount_of`` (the month the amount belongs to) every decree after it is replayed.
    """
    amount = work.inputs.whole("pension")
    benefit = Benefit.read(work.inputs)
    replayed = work.inputs.has("amount_of")
    decrees = _decrees_since(work, work.inputs.month("amount_of"), benefit) if replayed else [_last(work, benefit)]
    by_period = _women_first(work, benefit, amount) if replayed else {}
    after_percent = new = next(iter(by_period.values()), amount)
    for rise in decrees:
        after_percent, periods = _apply(work, rise, benefit, new)
        new = _at(periods, Month.of(work.event_date))
        by_period |= periods
    work.step("Mức hưởng sau điều chỉnh", "Amount after the rise", show(new), _article(decrees), Fraction(new))
    return work.outcome(
        Fraction(new),
        after_percent=after_percent,
        new_amount=new,
        by_period={str(month): found for month, found in sorted(by_period.items())},
    )


def _apply(work: Working, decree: Figure, benefit: Benefit, amount: int) -> tuple[int, dict[Month, int]]:
    if Month.of(decree.valid_from) == FROM:
        return apply_2016(work, decree, benefit, amount)
    raised, new = apply_rise(work, decree, benefit, amount)
    return raised, {Month.of(decree.valid_from): new}


def _women_first(work: Working, benefit: Benefit, amount: int) -> dict[Month, int]:
    """The adjustment of women who began in 2018 to 2021 comes once, before every rise.

    It needs ``sex`` and ``contribution_months``, and the amount of the first month.
    """
    inputs, started = work.inputs, benefit.started
    if started is None or benefit.kind != "pension" or inputs.month("amount_of") > started:
        return {}
    is_woman = inputs.has("sex") and inputs.choice("sex", ("male", "female")) == "female"
    if not (is_woman and inputs.has("contribution_months") and _FIRST_YEAR <= started.year <= _LAST_YEAR):
        return {}
    new, percent = _adjusted(work, work.figure(_WOMEN), Fraction(amount), started.year)
    return {started: whole_dong(new)} if percent else {}


def _at(periods: dict[Month, int], month: Month) -> int:
    """The amount of the last period begun by the month; of the first one for a benefit that begins later."""
    begun = [first for first in periods if first <= month]
    return periods[max(begun) if begun else min(periods)]


def _last(work: Working, benefit: Benefit) -> Figure:
    """The last decree in force; one of 2016 reaches back to benefits of 2015 and 2016."""
    decree = work.figure(RISES)
    if reaches(benefit) and Month.of(decree.valid_from) <= FROM:
        return _named_2016(work)
    return decree


def _decrees_since(work: Working, since: Month, benefit: Benefit) -> list[Figure]:
    """Decrees after the month of the amount, up to the deciding date, in order."""
    found = [
        work.figure(RISES, on=decree.valid_from)
        for decree in history(RISES)
        if since.first_day < decree.valid_from <= work.event_date and Month.of(decree.valid_from) != FROM
    ]
    reaches_back = reaches(benefit) and benefit.started is not None and since <= benefit.started
    if (since < FROM or reaches_back) and work.event_date >= FROM.first_day:
        found.append(_named_2016(work))
    return sorted(found, key=lambda decree: decree.valid_from)


def _named_2016(work: Working) -> Figure:
    return work.figure(RISES, on=FROM.first_day)


def _article(decrees: list[Figure]) -> str:
    return "; ".join(decree.reference for decree in decrees) or "41/2024/QH15 Điều 67"


def women_pension_adjustment(work: Working) -> Outcome:
    """Women who began from 2018 to 2021 with 20 to 29.5 years: a percentage by months and year."""
    year = work.inputs.whole("start_year", work.event_date.year)
    pension = work.inputs.number("pension")
    new, percent = _adjusted(work, work.figure(_WOMEN), pension, year)
    return work.outcome(new, adjust_percent=percent, new_pension=whole_dong(new))


def _adjusted(work: Working, table: Figure, pension: Fraction, year: int) -> tuple[Fraction, Fraction]:
    """The pension with the percentage of the months paid and the year it began, and the percentage."""
    months = work.inputs.whole("contribution_months")
    percent = _women_percent(table, months, year)
    new = pension * (100 + percent) / 100
    work.step(
        f"Lao động nữ bắt đầu hưởng năm {year} với {months} tháng đóng: tăng {show(percent)}%",
        f"Woman who began in {year} with {months} months paid: rise of {show(percent)}%",
        f"{show(pension)} × {show(1 + percent / 100)} = {show(new)}",
        table.reference,
        new,
    )
    return new, percent


def _women_percent(table: Figure, months: int, year: int) -> Fraction:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return Fraction(0)
    for span, columns in table.value.items():
        first, _, last = span.partition("-")
        if int(first) <= months <= int(last or first):
            return exact(columns[year - _FIRST_YEAR])
    return Fraction(0)


RULES = {"pension_indexation": pension_indexation, "women_pension_adjustment": women_pension_adjustment}
