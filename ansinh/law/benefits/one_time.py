"""BHXH một lần: the one-time benefit, and the months of the mean it shares with survivors.

Law 58/2014 article 60, circulars 59/2015 article 19 and 01/2016 article 6; law 41/2024
articles 70 and 102.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong, years_by_halves
from ansinh.law.working import Working

_FULL_YEAR = 12
_CEILING_MONTHS = 2
_PAID_PERCENT = 22


def bhxh_one_time(work: Working) -> Outcome:
    """Months of the mean for the years paid, less the State's support of voluntary months."""
    inputs = work.inputs
    total = inputs.whole("contribution_months")
    support = _state_support(work)
    values: dict[str, object] = {"state_support": whole_dong(support)}
    if total < _FULL_YEAR:
        gross = _under_a_year(work, total, values)
    else:
        before = inputs.whole("months_before_2014")
        if before > total:
            raise BadInput("months_before_2014", before)
        months = months_of_average(work, before=before, after=total - before)
        values["months_of_average"] = months
        if not (inputs.has("average_salary") or inputs.has("coefficient")):
            return work.outcome(None, **values)
        average = _average(work)
        gross = average * months
        values["uncapped"] = whole_dong(gross)
        work.step(
            "Mức hưởng theo số tháng bình quân",
            "Benefit for these months of the mean",
            f"{show(average)} × {show(months)} = {show(gross)}",
            _article(work),
            gross,
        )
    amount = max(Fraction(0), gross - support)
    if support:
        work.step(
            "Trừ số tiền Nhà nước đã hỗ trợ đóng",
            "Less the contributions the State supported",
            f"{show(gross)} − {show(support)} = {show(amount)}",
            _article(work),
            amount,
        )
    return work.outcome(amount, **values)


def months_of_average(work: Working, *, before: int, after: int) -> Fraction:
    """Months of the mean: 1.5 a year before 2014, 2 a year from 2014.

    Odd months before 2014 move to the second part when something was paid from 2014 on, and each
    part is then taken in half years.
    """
    old = work.figure("one_time.months_per_year", on=date(2013, 12, 31))
    new = work.figure("one_time.months_per_year", on=date(2014, 1, 1))
    moved = before % _FULL_YEAR if after else 0
    years_before = years_by_halves(before - moved)
    years_after = years_by_halves(after + moved)
    months = exact(old.value) * years_before + exact(new.value) * years_after
    if moved:
        work.step(
            f"Chuyển {moved} tháng lẻ trước năm 2014 sang thời gian từ năm 2014",
            f"{moved} odd months before 2014 move to the time from 2014 on",
            f"{before} − {moved}; {after} + {moved}",
            "41/2024/QH15 Điều 70, 89" if work.under_law_41 else "01/2016/TT-BLĐTBXH Điều 6",
        )
    work.step(
        f"{show(years_before)} năm trước 2014 và {show(years_after)} năm từ 2014",
        f"{show(years_before)} years before 2014 and {show(years_after)} years from 2014",
        f"{show(exact(old.value))} × {show(years_before)} + {show(exact(new.value))} × "
        f"{show(years_after)} = {show(months)}",
        _article(work),
    )
    return months


def _under_a_year(work: Working, total: int, values: dict[str, object]) -> Fraction:
    """Less than a year paid: the sum paid, at most two months of the mean."""
    average = _average(work)
    percent = (
        work.inputs.number("paid_total_percent") if work.inputs.has("paid_total_percent") else Fraction(_PAID_PERCENT)
    )
    paid = average * total * percent / 100
    ceiling = average * _CEILING_MONTHS
    values["uncapped"] = whole_dong(paid)
    work.step(
        f"Đóng dưới 1 năm: số tiền đã đóng, tối đa {_CEILING_MONTHS} tháng bình quân",
        f"Under a year: the sum paid, at most {_CEILING_MONTHS} months of the mean",
        f"min({show(average)} × {total} × {show(percent)}% = {show(paid)}; "
        f"{show(average)} × {_CEILING_MONTHS} = {show(ceiling)}) = {show(min(paid, ceiling))}",
        _article(work),
        min(paid, ceiling),
    )
    return min(paid, ceiling)


def _average(work: Working) -> Fraction:
    """The mean as given, else the coefficient times the level."""
    if work.inputs.has("average_salary") or not work.inputs.has("coefficient"):
        return work.inputs.number("average_salary")
    return work.inputs.number("coefficient") * work.level()


def _state_support(work: Working) -> Fraction:
    """Support the State paid: rate × poverty line × share, for each supported month.

    Nothing is taken back for the listed fatal diseases and, by law 41, for 81% disability.
    """
    inputs = work.inputs
    months = inputs.whole("supported_months", 0)
    spared = inputs.flag("fatal_disease") or (
        work.under_law_41 and (inputs.flag("very_severe_disability") or inputs.whole("disability_percent", 0) >= 81)
    )
    if not months or spared:
        return Fraction(0)
    rate = exact(work.figure("voluntary.rate").value)
    if inputs.has("poverty_line"):
        line = inputs.number("poverty_line")
    else:
        line = exact(work.figure("voluntary.rural_poverty_line").value)
    percent = inputs.number("support_percent")
    support = rate * line * percent / 100 * months
    work.step(
        f"Nhà nước đã hỗ trợ đóng {months} tháng",
        f"The State supported {months} months",
        f"{show(rate * 100)}% × {show(line)} × {show(percent)}% × {months} = {show(support)}",
        "41/2024/QH15 Điều 102" if work.under_law_41 else "58/2014/QH13 Điều 77",
        support,
    )
    return support


def _article(work: Working) -> str:
    return "41/2024/QH15 Điều 70" if work.under_law_41 else "58/2014/QH13 Điều 60"


RULES = {"bhxh_one_time": bhxh_one_time}
