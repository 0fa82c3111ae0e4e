"""Sickness: the amount, the wage it is taken from, and long illness.

Law 58/2014 articles 26 and 28, 59/2015 articles 4 and 6, 06/2021, 105/2016 article 5; law 41/2024
articles 43 and 45, 12/2025 articles 4 and 6. The first day of leave decides; leave running over
1 July 2025 ends under the law it began under.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ansinh.law.benefits.leave_days import read_leave
from ansinh.law.errors import BadInput, LawError
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import HALF, Month, end_of_period, exact, months_and_days, show, whole_dong
from ansinh.law.working import LAW_41, Working

DIVISOR = 24
_ODD_DAYS_CAPPED_FROM = date(2021, 9, 1)
_DAYS_TO_FILE = 45
_ONE_DAY = timedelta(days=1)


def sickness_amount(work: Working) -> Outcome:
    """Wage / 24 × percentage × paid days, and full months of long illness or armed forces; đồng.

    ``part_days`` are parts of days off (law 41): under half a day counts half, from half one.
    """
    salary = work.inputs.number("salary")
    percent = _percent(work)
    days = _days(work)
    months = work.inputs.whole("full_months", 0)
    month = salary * percent / 100
    by_months = month * months
    by_days = month / DIVISOR * days
    if months:
        _explain(work, f"{months} tháng", f"{months} months", f"{_part(salary, percent)} × {months}", by_months)
    _explain(
        work,
        f"{show(days)} ngày",
        f"{show(days)} days",
        f"{_part(salary, percent)} / {DIVISOR} × {show(days)}",
        by_days,
    )
    if by_days > month and _odd_days_are_capped(work, months, days):
        by_days = month
        work.step(
            "Tiền của các ngày lẻ không quá mức của một tháng",
            "Odd days are never above the amount of a month",
            f"≤ {show(month)}",
            "06/2021/TT-BLĐTBXH sửa 59/2015/TT-BLĐTBXH Điều 6",
            month,
        )
    amount = by_months + by_days
    work.step(
        "Trợ cấp ốm đau",
        "Sickness benefit",
        f"{show(by_months)} + {show(by_days)} = {show(amount)}",
        _article(work),
        amount,
    )
    return work.outcome(amount, month_amount=whole_dong(by_months), days_amount=whole_dong(by_days))


def _percent(work: Working) -> Fraction:
    """As given; else 75%, and 100% for the armed forces' own sickness."""
    inputs = work.inputs
    if inputs.has("percent"):
        percent = inputs.number("percent")
        if percent > 100:
            raise BadInput("percent", inputs.need("percent"))
        return percent
    if inputs.flag("armed_forces") and not inputs.flag("child"):
        return Fraction(100)
    return exact(work.figure("sickness.rate").value) * 100


def _days(work: Working) -> Fraction:
    """Paid days in halves, plus parts of days by the rule of law 41 article 45 k5."""
    inputs = work.inputs
    has_parts = inputs.has("part_days")
    days = Fraction(0) if (has_parts or inputs.has("full_months")) and not inputs.has("days") else inputs.number("days")
    if (2 * days).denominator != 1 or (days.denominator != 1 and not work.under_law_41):
        raise BadInput("days", inputs.need("days"))
    if not has_parts:
        return days
    if not work.under_law_41:
        raise BadInput("part_days", inputs.need("part_days"))
    counted = [_part_of_day(exact(part)) for part in inputs.items("part_days")]
    work.step(
        "Nghỉ dưới nửa ngày tính nửa ngày, từ nửa ngày đến dưới một ngày tính một ngày",
        "Less than half a day counts half, from half to under one day counts one",
        " + ".join(show(part) for part in counted),
        "41/2024/QH15 Điều 45 khoản 5",
    )
    return days + sum(counted, Fraction(0))


def _part_of_day(part: Fraction) -> Fraction:
    if not 0 < part < 1:
        raise BadInput("part_days", show(part))
    return HALF if part < HALF else Fraction(1)


def _odd_days_are_capped(work: Working, months: int, days: Fraction) -> bool:
    """Long illness of law 58, whose odd days are calendar days, claimed from September 2021 on.

    06/2021 caps the leave of its own example 9, which had ended a week before it came into force: what counts is that
    the claim, filed within 45 days of the return, could still come after that day.
    """
    if work.under_law_41 or not work.inputs.has("full_months"):
        return False
    if work.event_date >= _ODD_DAYS_CAPPED_FROM:
        return True
    end = end_of_period(work.event_date, months) if months else work.event_date - _ONE_DAY
    return end + timedelta(days=int(days) + _DAYS_TO_FILE) >= _ODD_DAYS_CAPPED_FROM


def _part(salary: Fraction, percent: Fraction) -> str:
    return f"{show(salary)} × {show(percent)}%"


def _explain(work: Working, vi: str, en: str, arithmetic: str, amount: Fraction) -> None:
    work.step(f"Mức hưởng của {vi}", f"Amount for {en}", f"{arithmetic} = {show(amount)}", _article(work), amount)


def sickness_base(work: Working) -> Outcome:
    """The wage of the month before the leave; of the first month for leave in that month.

    With ``wages`` (rows month, salary of the compulsory fund) it is that of the nearest month paid before the leave.
    Without any row the wage stated in the dossier is taken. A rise of the base during the leave changes nothing.
    """
    inputs = work.inputs
    base = _first_month_wage(work)
    if (recorded := _recorded_wage(work)) is not None:
        base, words = recorded
    elif base is None and inputs.has("stated_salary"):
        base = inputs.number("stated_salary")
        words = (
            "Tiền lương ghi trong hồ sơ, chưa có tháng đóng để đối chiếu",
            "Wage as stated in the dossier, no paid month to compare it with",
        )
    elif base is None:
        base = inputs.number("previous_month_salary")
        words = ("Tiền lương đóng của tháng trước khi nghỉ", "Wage of the month before the leave")
    else:
        words = ("Nghỉ ngay tháng đầu: tiền lương đóng của tháng đó", "Leave in the first month: wage of that month")
    work.step(*words, show(base), _article(work), base)
    if inputs.has("base_raise_on") and inputs.first_day("base_raise_on") >= work.event_date:
        work.step(
            "Mức lương tăng trong thời gian nghỉ không làm thay đổi trợ cấp",
            "A rise during the leave does not change the benefit",
            f"{inputs.first_day('base_raise_on')}",
            "59/2015/TT-BLĐTBXH Điều 6" if not work.under_law_41 else "12/2025/TT-BNV Điều 6",
        )
    return work.outcome(base, base=whole_dong(base))


def _recorded_wage(work: Working) -> tuple[Fraction, tuple[str, str]] | None:
    """The wage of the nearest month paid before the leave, else of the month of the leave, and how it is called."""
    if not work.inputs.items("wages"):
        return None
    leave = Month.of(work.event_date)
    paid = {row.month("month"): row.number("salary") for row in work.inputs.rows("wages")}
    before = max((month for month in paid if month < leave), default=None)
    if before is not None:
        return paid[before], (
            f"Tiền lương đóng của tháng gần nhất trước khi nghỉ, {before.vi}",
            f"Wage of the nearest month paid before the leave, {before}",
        )
    if leave in paid:
        return paid[leave], (
            "Nghỉ ngay tháng đầu: tiền lương đóng của tháng đó",
            "Leave in the first month: wage of it",
        )
    return None


def _first_month_wage(work: Working) -> Fraction | None:
    """The first month's wage for leave in that month or the next one; None after that."""
    inputs = work.inputs
    if not inputs.has("first_month_salary"):
        return None
    since = Month.of(work.event_date) - inputs.month("joined") if inputs.has("joined") else 0
    if since < 0:
        raise BadInput("joined", inputs.need("joined"))
    is_its_wage = since == 0 or (since == 1 and not inputs.has("previous_month_salary"))
    return inputs.number("first_month_salary") if is_its_wage else None


def sickness_long_percent(work: Working) -> Outcome:
    """Percentage after the first block of a long illness, by years paid."""
    percent = _by_years(work, work.figure("sickness.long_rates").value)
    used = work.figure("sickness.long_rates")
    work.step(
        f"Mức hưởng sau thời hạn đầu của bệnh dài ngày: {percent}%",
        f"Percentage after the first time of a long illness: {percent}%",
        f"{show(years_paid(work))} → {percent}%",
        used.reference,
    )
    return work.outcome(None, percent=percent)


def sickness_long_limit(work: Working) -> Outcome:
    """Law 58: 180 calendar days, then as long as was paid. Law 41: the yearly limit at 75%."""
    months = work.inputs.whole("contribution_months")
    if work.under_law_41:
        condition = work.inputs.choice("condition", CONDITIONS) if work.inputs.has("condition") else CONDITIONS[0]
        limits = work.figure("sickness.days")
        first = _by_years(work, limits.value["normal" if condition == "normal" else "hazardous"])
        work.step(
            f"Bệnh dài ngày: {first} ngày làm việc trong năm ở mức 75%, sau đó hưởng mức thấp hơn",
            f"Long illness: {first} working days of the year at 75%, then a lower percentage",
            f"{months}",
            limits.reference,
        )
        return work.outcome(None, first_days=first)
    used = work.figure("sickness.long_first_days")
    work.step(
        f"Bệnh dài ngày: {used.value} ngày, sau đó tối đa bằng số tháng đã đóng",
        f"Long illness: {used.value} days, then at most as many months as were paid",
        f"{used.value}; {months}",
        used.reference,
    )
    return work.outcome(None, first_days=used.value, further_months=months)


def sickness_long_split(work: Working) -> Outcome:
    """Law 58: full months from the first day, and odd calendar days; a leave begun under it ends under it."""
    first, last = read_leave(work.inputs)
    if work.under_law_41 and first >= LAW_41:
        raise LawError(
            "rule-ended",
            "Từ ngày 01/07/2025, bệnh dài ngày tính theo ngày làm việc chia 24, không chia tháng và ngày lẻ.",
            "From 1 July 2025 a long illness is counted in working days over 24, not in months and odd days.",
        )
    months, odd = months_and_days(first, last)
    work.step(
        f"{months} tháng đủ và {odd} ngày lẻ",
        f"{months} full months and {odd} odd days",
        f"{first} → {last}",
        "59/2015/TT-BLĐTBXH Điều 6",
    )
    return work.outcome(None, full_months=months, odd_days=odd)


CONDITIONS = ("normal", "hazardous", "hard_area")


def years_paid(work: Working) -> Fraction:
    """Years paid, from ``contribution_years`` or ``contribution_months``."""
    if work.inputs.has("contribution_years") or not work.inputs.has("contribution_months"):
        return work.inputs.number("contribution_years")
    return Fraction(work.inputs.whole("contribution_months"), 12)


def _by_years(work: Working, steps: list[int]) -> int:
    return by_years(years_paid(work), steps)


def by_years(years: Fraction, steps: list[int]) -> int:
    """The value for under 15, 15 to under 30, and from 30 years."""
    return steps[(years >= 15) + (years >= 30)]


def _article(work: Working) -> str:
    return "41/2024/QH15 Điều 45; 12/2025/TT-BNV Điều 6" if work.under_law_41 else "58/2014/QH13 Điều 28"


RULES = {
    "sickness_amount": sickness_amount,
    "sickness_base": sickness_base,
    "sickness_long_percent": sickness_long_percent,
    "sickness_long_limit": sickness_long_limit,
    "sickness_long_split": sickness_long_split,
}
