"""Maternity leave counted in months and days: adoption, surrogacy, late loss, lump sums.

Law 58/2014 articles 34-38, 115/2015 articles 3 and 4, law 41/2024 articles 52-56 and 58-59. Whole months at the mean,
odd days at a 30th of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ansinh.law.benefits.maternity import leave_months
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, end_of_period, months_and_days, show, whole_dong
from ansinh.law.working import Working

AGE_MONTHS = 6
_LEAST_SURROGATE_DAYS = 60
LATE_LOSS_WEEKS = 22
_DAYS_OF_MONTH = 30
_SURROGACY_FROM = date(2016, 1, 1)


def adoption_leave(work: Working) -> Outcome:
    """Allowance until the adopted child is six months old, and the lump sum for each child."""
    children = work.inputs.whole("children", 1)
    birth, received = work.inputs.day("birth"), work.inputs.day("adoption_date")
    until = end_of_period(birth, AGE_MONTHS)
    under_six_months = received <= until
    work.ground(
        "Con nuôi dưới 6 tháng tuổi vào ngày giao nhận",
        "The adopted child is under six months old when received",
        _by_law(work, "58/2014/QH13 Điều 36", "41/2024/QH15 Điều 50, 56"),
        under_six_months,
    )
    if not under_six_months:
        work.step(
            "Con nuôi đã đủ 6 tháng tuổi", "The child is six months old or more", "0", _lump_article(work), Fraction(0)
        )
        return work.outcome(Fraction(0), allowance=0, lump=0)
    allowance = Fraction(0)
    if work.inputs.has("leave_from"):
        first = max(received, work.inputs.day("leave_from"))
        last = min(until, work.inputs.day("leave_to")) if work.inputs.has("leave_to") else until
        until_step(work, "Nghỉ đến khi con nuôi đủ 6 tháng tuổi", "Until the adopted child is six months old", until)
        allowance = allowance_of(work, first, last)
    return with_lump(work, allowance, children)


def surrogate_leave(work: Working) -> Outcome:
    """A surrogate mother: until the handover, at least 60 days from the birth, at most as for a birth."""
    children = work.inputs.whole("children", 1)
    birth, handover = work.inputs.day("birth"), work.inputs.day("handover")
    _from_law_58(work)
    first = work.inputs.day("leave_from") if work.inputs.has("leave_from") else birth
    least = birth + timedelta(days=_LEAST_SURROGATE_DAYS - 1)
    longest = end_of_period(first, leave_months(work))
    last = min(longest, max(handover, least))
    until_step(
        work,
        f"Giao con ngày {handover:%d/%m/%Y}; ít nhất 60 ngày từ ngày sinh, nhiều nhất đến {longest:%d/%m/%Y}",
        f"Handover on {handover}; at least 60 days from the birth, at most until {longest}",
        last,
    )
    return with_lump(work, allowance_of(work, first, last), children)


def intended_mother_leave(work: Working) -> Outcome:
    """The mother of a surrogate birth: from the handover until six months of age, a month more per further child."""
    _from_law_58(work)
    children = work.inputs.whole("children", 1)
    birth, first = work.inputs.day("birth"), work.inputs.day("handover")
    last = end_of_period(birth, AGE_MONTHS + children - 1)
    until_step(
        work,
        f"Từ ngày nhận con đến khi con đủ 6 tháng tuổi, thêm {children - 1} tháng do sinh {children} con",
        f"From the handover until six months of age, {children - 1} more months for {children} children",
        last,
    )
    allowance = allowance_of(work, first, last)
    if work.inputs.flag("surrogate_insured"):
        return work.outcome(allowance, allowance=whole_dong(allowance), lump=0)
    return with_lump(work, allowance, children)


def late_loss_leave(work: Working) -> Outcome:
    """A loss from week 22 on with the contribution test met: leave as for a birth."""
    if not work.under_law_41:
        raise LawError(
            "before-law-41",
            "Trước ngày 01/07/2025 thai từ 22 tuần tuổi chết không được nghỉ như sinh con mà nghỉ theo tuần tuổi thai "
            "(58/2014/QH13 Điều 33). Hãy tính theo “loss_leave”.",
            "Before 1 July 2025 a loss from week 22 on gave days by the weeks (58/2014 article 33), not leave as for a "
            "birth. Use “loss_leave”.",
        )
    weeks = work.inputs.number("gestation_weeks")
    average = work.inputs.number("average")
    if weeks < LATE_LOSS_WEEKS:
        raise LawError(
            "not-a-late-loss",
            f"Thai {show(weeks)} tuần tuổi: chỉ thai từ đủ 22 tuần tuổi mới nghỉ như sinh con.",
            f"{show(weeks)} weeks: only a loss from week 22 on has leave as for a birth.",
        )
    months = leave_months(work)
    amount = average * months
    work.step(
        f"Thai từ đủ 22 tuần tuổi, đủ điều kiện đóng: nghỉ như sinh con {months} tháng",
        f"From week 22 and the contribution test met: leave as for a birth, {months} months",
        f"{show(average)} × {months} = {show(amount)}",
        "41/2024/QH15 Điều 52 khoản 2, Điều 59",
        amount,
    )
    return work.outcome(amount, months=months)


def birth_lump(work: Working) -> Outcome:
    """The lump sum of the month of birth for each child: for a father when only he qualifies."""
    return with_lump(work, Fraction(0), work.inputs.whole("children"))


def allowance_of(work: Working, first: date, last: date, mean: Fraction | None = None) -> Fraction:
    """The mean (as given, or of the inputs) for each whole month of the period, a 30th of it for each odd day."""
    average = work.inputs.number("average") if mean is None else mean
    if last < first:
        work.step("Không có ngày nghỉ được hưởng", "No day of leave is paid", "0", _lump_article(work), Fraction(0))
        return Fraction(0)
    months, days = months_and_days(first, last)
    allowance = average * months + average / _DAYS_OF_MONTH * days
    work.step(
        f"Nghỉ từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}: {months} tháng {days} ngày",
        f"Leave from {first} to {last}: {months} months {days} days",
        f"{show(average)} × {months} + {show(average)} ÷ {_DAYS_OF_MONTH} × {days} = {show(allowance)}",
        _by_law(work, "58/2014/QH13 Điều 39", "41/2024/QH15 Điều 59"),
        allowance,
    )
    return allowance


def with_lump(work: Working, allowance: Fraction, children: int) -> Outcome:
    """Close the sheet with the lump sum of the month of birth for each child."""
    multiple = work.figure("maternity.lump_multiple")
    level = work.level()
    lump = Fraction(multiple.value * level * children)
    work.step(
        f"Trợ cấp một lần cho {children} con",
        f"Lump sum for {children} child(ren)",
        f"{multiple.value} × {show(level)} × {children} = {show(lump)}",
        multiple.reference,
        lump,
    )
    total = allowance + lump
    if allowance:
        work.step(
            "Tổng số tiền", "Total", f"{show(allowance)} + {show(lump)} = {show(total)}", _lump_article(work), total
        )
    return work.outcome(total, allowance=whole_dong(allowance), lump=whole_dong(lump))


def until_step(work: Working, vi: str, en: str, last: date) -> None:
    """Write the last day of a leave and why it is this one."""
    article = _by_law(work, "58/2014/QH13 Điều 34-36; 115/2015/NĐ-CP Điều 3, 4", "41/2024/QH15 Điều 53-56")
    work.step(f"{vi}: đến hết ngày {last:%d/%m/%Y}", f"{en}: until {last}", "", article)


def _from_law_58(work: Working) -> None:
    """Surrogacy has had maternity benefits since 2016 (115/2015 articles 3 and 4)."""
    if work.event_date < _SURROGACY_FROM:
        raise LawError(
            "before-law-58",
            "Trước ngày 01/01/2016 không có chế độ thai sản khi mang thai hộ (115/2015/NĐ-CP Điều 3, 4). "
            "Hãy kiểm tra ngày sinh, ngày giao con.",
            "Before 2016 surrogacy had no maternity benefit (115/2015 articles 3 and 4). Check the days of birth and "
            "handover.",
            month=str(Month.of(work.event_date)),
        )


def _lump_article(work: Working) -> str:
    return _by_law(work, "58/2014/QH13 Điều 38", "41/2024/QH15 Điều 58")


def _by_law(work: Working, law_58: str, law_41: str) -> str:
    return law_41 if work.under_law_41 else law_58


RULES = {
    "adoption_leave": adoption_leave,
    "surrogate_leave": surrogate_leave,
    "intended_mother_leave": intended_mother_leave,
    "late_loss_leave": late_loss_leave,
    "birth_lump": birth_lump,
}
