"""Maternity leave counted in months and days: adoption, surrogacy, late loss, a child's death, lump sums.

Law 58/2014 articles 34-38, law 41/2024 articles 52-56 and 58-59. Whole months at the mean, odd days
at a 30th of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, add_months, end_of_period, full_months_between, show, whole_dong
from ansinh.law.working import Working

_AGE_MONTHS = 6
_LEAST_SURROGATE_DAYS = 60
LATE_LOSS_WEEKS = 22
_DAYS_OF_MONTH = 30


def adoption_leave(work: Working) -> Outcome:
    """Allowance until the adopted child is six months old, and the lump sum for each child."""
    children = work.inputs.whole("children", 1)
    birth, received = work.inputs.day("birth"), work.inputs.day("adoption_date")
    until = end_of_period(birth, _AGE_MONTHS)
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
        _until_step(work, "Nghỉ đến khi con nuôi đủ 6 tháng tuổi", "Until the adopted child is six months old", until)
        allowance = _allowance(work, first, last)
    return _with_lump(work, allowance, children)


def surrogate_leave(work: Working) -> Outcome:
    """A surrogate mother: until the handover, at least 60 days from the birth, at most as for a birth."""
    children = work.inputs.whole("children", 1)
    birth, handover = work.inputs.day("birth"), work.inputs.day("handover")
    _only_law_41(work, "chế độ của lao động nữ mang thai hộ")
    first = work.inputs.day("leave_from") if work.inputs.has("leave_from") else birth
    least = birth + timedelta(days=_LEAST_SURROGATE_DAYS - 1)
    longest = end_of_period(first, _months_of_birth(work, children))
    last = min(longest, max(handover, least))
    _until_step(
        work,
        f"Giao con ngày {handover:%d/%m/%Y}; ít nhất 60 ngày từ ngày sinh, nhiều nhất đến {longest:%d/%m/%Y}",
        f"Handover on {handover:%d/%m/%Y}; at least 60 days from the birth, at most until {longest:%d/%m/%Y}",
        last,
    )
    return _with_lump(work, _allowance(work, first, last), children)


def intended_mother_leave(work: Working) -> Outcome:
    """The mother of a surrogate birth: from the handover until six months of age, a month more per further child."""
    _only_law_41(work, "chế độ của người mẹ nhờ mang thai hộ")
    children = work.inputs.whole("children", 1)
    birth, first = work.inputs.day("birth"), work.inputs.day("handover")
    last = end_of_period(birth, _AGE_MONTHS + children - 1)
    _until_step(
        work,
        f"Từ ngày nhận con đến khi con đủ 6 tháng tuổi, thêm {children - 1} tháng do sinh {children} con",
        f"From the handover until six months of age, {children - 1} more months for {children} children",
        last,
    )
    allowance = _allowance(work, first, last)
    if work.inputs.flag("surrogate_insured"):
        return work.outcome(allowance, allowance=whole_dong(allowance), lump=0)
    return _with_lump(work, allowance, children)


def late_loss_leave(work: Working) -> Outcome:
    """A loss from week 22 on with the contribution test met: leave as for a birth."""
    _only_law_41(work, "nghỉ như sinh con khi thai từ 22 tuần tuổi")
    weeks = work.inputs.number("gestation_weeks")
    average = work.inputs.number("average")
    if weeks < LATE_LOSS_WEEKS:
        raise LawError(
            "not-a-late-loss",
            f"Thai {show(weeks)} tuần tuổi: chỉ thai từ đủ 22 tuần tuổi mới nghỉ như sinh con.",
            f"{show(weeks)} weeks: only a loss from week 22 on has leave as for a birth.",
        )
    months = _months_of_birth(work, work.inputs.whole("children", 1))
    amount = average * months
    work.step(
        f"Thai từ đủ 22 tuần tuổi, đủ điều kiện đóng: nghỉ như sinh con {months} tháng",
        f"From week 22 and the contribution test met: leave as for a birth, {months} months",
        f"{show(average)} × {months} = {show(amount)}",
        "41/2024/QH15 Điều 52 khoản 2, Điều 59",
        amount,
    )
    return work.outcome(amount, months=months)


def child_death_leave(work: Working) -> Outcome:
    """Law 58: a child dead under two months gives four months from the birth, an older one two from the death."""
    birth, death = work.inputs.day("birth"), work.inputs.day("child_death")
    if work.under_law_41:
        raise LawError(
            "child-death-law-41",
            "Con mất từ ngày 01/7/2025: phần mềm chưa có quy tắc tính thời gian nghỉ. "
            "Chuyên viên nhập số tiền và ghi lý do.",
            "Death of the child from 1 July 2025: no rule for the leave is in the program. "
            "The officer enters the amount and the reason.",
        )
    children = work.inputs.whole("children", 1)
    first = work.inputs.day("leave_from") if work.inputs.has("leave_from") else birth
    longest = end_of_period(first, _months_of_birth(work, children))
    is_young = death < add_months(birth, 2)
    last = min(longest, end_of_period(birth, 4) if is_young else end_of_period(death, 2))
    _until_step(
        work,
        "Con dưới 2 tháng tuổi mất: nghỉ 4 tháng tính từ ngày sinh"
        if is_young
        else "Con từ 2 tháng tuổi mất: nghỉ 2 tháng tính từ ngày mất",
        "Child dead under two months: four months from the birth"
        if is_young
        else "Child dead from two months on: two months from the death",
        last,
    )
    return _with_lump(work, _allowance(work, first, last), children)


def birth_lump(work: Working) -> Outcome:
    """The lump sum of the month of birth for each child: for a father when only he qualifies."""
    return _with_lump(work, Fraction(0), work.inputs.whole("children"))


def _allowance(work: Working, first: date, last: date) -> Fraction:
    """The mean for each whole month of the period and a 30th of it for each odd day."""
    average = work.inputs.number("average")
    if last < first:
        work.step("Không có ngày nghỉ được hưởng", "No day of leave is paid", "0", _lump_article(work), Fraction(0))
        return Fraction(0)
    after = last + timedelta(days=1)
    months = full_months_between(first, after)
    days = (after - add_months(first, months)).days
    allowance = average * months + average / _DAYS_OF_MONTH * days
    work.step(
        f"Nghỉ từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}: {months} tháng {days} ngày",
        f"Leave from {first:%d/%m/%Y} to {last:%d/%m/%Y}: {months} months {days} days",
        f"{show(average)} × {months} + {show(average)} ÷ {_DAYS_OF_MONTH} × {days} = {show(allowance)}",
        _by_law(work, "58/2014/QH13 Điều 39", "41/2024/QH15 Điều 59"),
        allowance,
    )
    return allowance


def _with_lump(work: Working, allowance: Fraction, children: int) -> Outcome:
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


def _months_of_birth(work: Working, children: int) -> int:
    """Months of leave for a birth of so many children."""
    used = work.figure("maternity.leave_months")
    second = work.inputs.whole("birth_order", 1) == 2 and "second_birth" in used.value
    return int(used.value["second_birth" if second else "birth"]) + int(used.value["per_extra_child"]) * (children - 1)


def _until_step(work: Working, vi: str, en: str, last: date) -> None:
    article = _by_law(work, "58/2014/QH13 Điều 34-36", "41/2024/QH15 Điều 54-56")
    work.step(vi, en, f"→ {last:%d/%m/%Y}", article)


def _only_law_41(work: Working, what_vi: str) -> None:
    if not work.under_law_41:
        raise LawError(
            "before-law-41",
            f"Trước ngày 01/7/2025: phần mềm chưa có quy tắc về {what_vi}. Chuyên viên nhập số tiền và ghi lý do.",
            "Before 1 July 2025 the program has no rule for this case. The officer enters the amount and the reason.",
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
    "child_death_leave": child_death_leave,
    "birth_lump": birth_lump,
}
