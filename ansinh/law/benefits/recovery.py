"""Recovery after sickness, birth or a work accident: days and amount.

Law 58/2014 articles 29 and 41, law 41/2024 articles 46 and 60, 59/2015 article 7, 12/2025 articles
7 and 11; law 84/2015 article 54.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import Working

_WITHIN_DAYS = 30
_ACCIDENT = "tnld"
_REASONS = (
    "long_term", "surgery", "other", "maternity_multi", "maternity_surgery", "maternity_other", _ACCIDENT,
)  # fmt: skip


def recovery_days(work: Working) -> Outcome:
    """Most days of recovery, rest days and holidays included.

    After sickness it takes 30 days of sick leave in the year; the kind of the last leave decides.
    After birth the limit is for each leave. It begins within 30 days of the return.
    """
    inputs = work.inputs
    if not inputs.has("reason") and inputs.has("returned_on"):
        return _only_the_year(work)
    reason = inputs.choice("reason", _REASONS)
    limit, article = _limit(work, reason)
    has_right = _enough_sick_days(work, reason) and _in_time(work)
    used = inputs.whole("used_recovery_days", 0)
    days = max(0, limit - used) if has_right else 0
    work.step(
        f"Dưỡng sức tối đa {limit} ngày, đã nghỉ {used} ngày",
        f"At most {limit} days of recovery, {used} already taken",
        f"{limit} − {used} → {days}",
        article,
    )
    return work.outcome(None, limit=limit, max_days=days, eligible=has_right, counted_year=_counted_year(work))


def _limit(work: Working, reason: str) -> tuple[int, str]:
    if reason != _ACCIDENT:
        used = work.figure("recovery.days")
        return int(used.value[reason]), used.reference
    used = work.figure("work_accident.recovery_days")
    percent = work.inputs.whole("disability_percent")
    fitting = [days for from_percent, days in used.value.items() if percent >= int(from_percent)]
    return max(fitting, default=0), used.reference


def _enough_sick_days(work: Working, reason: str) -> bool:
    if reason not in ("long_term", "surgery", "other") or not work.inputs.has("sick_days_in_year"):
        return True
    needed = work.figure("recovery.sick_days")
    enough = work.inputs.whole("sick_days_in_year") >= int(needed.value)
    work.ground(
        f"Đã nghỉ ốm ít nhất {needed.value} ngày trong năm",
        f"At least {needed.value} days of sick leave in the year",
        needed.reference,
        enough,
    )
    return enough


def _in_time(work: Working) -> bool:
    """Within the first 30 days back at work, the day of return being the first."""
    if not (work.inputs.has("returned_on") and work.inputs.has("recovery_from")):
        return True
    waited = (work.inputs.day("recovery_from") - work.inputs.day("returned_on")).days
    in_time = waited < _WITHIN_DAYS
    work.ground(
        f"Nghỉ trong {_WITHIN_DAYS} ngày đầu trở lại làm việc",
        f"Taken within the first {_WITHIN_DAYS} days back at work",
        "41/2024/QH15 Điều 46, 60" if work.under_law_41 else "58/2014/QH13 Điều 29, 41",
        in_time,
    )
    return in_time


def _only_the_year(work: Working) -> Outcome:
    """Without the reason only the year in which the days count is told."""
    year = _counted_year(work)
    work.step(
        f"Ngày dưỡng sức tính cho năm {year}, năm phát sinh quyền",
        f"The days count in {year}, the year in which the right arose",
        str(year),
        "12/2025/TT-BNV Điều 7" if work.under_law_41 else "59/2015/TT-BLĐTBXH Điều 7",
    )
    return work.outcome(None, counted_year=year, eligible=_in_time(work))


def _counted_year(work: Working) -> int:
    """The year in which the right arose: that of the return, not of the recovery."""
    for name in ("returned_on", "recovery_from"):
        if work.inputs.has(name):
            return work.inputs.first_day(name).year
    return work.event_date.year


def recovery_amount(work: Working) -> Outcome:
    """30% of the level for each day, at most ``max_days`` where it is given; đồng."""
    days = work.inputs.whole("days")
    if work.inputs.has("max_days") and days > work.inputs.whole("max_days"):
        days = work.inputs.whole("max_days")
        work.step(
            f"Chỉ tính {days} ngày được nghỉ",
            f"Only the {days} days that may be taken are paid",
            f"min({work.inputs.whole('days')}; {days}) = {days}",
            "41/2024/QH15 Điều 46, 60" if work.under_law_41 else "58/2014/QH13 Điều 29, 41",
        )
    rate = work.figure("recovery.rate")
    level = work.level()
    amount = Fraction(exact(rate.value) * level * days)
    work.step(
        "Trợ cấp dưỡng sức, phục hồi sức khỏe",
        "Recovery allowance",
        f"{days} × {show(exact(rate.value) * 100)}% × {show(level)} = {show(amount)}",
        rate.reference,
        amount,
    )
    return work.outcome(amount, per_day=whole_dong(exact(rate.value) * level))


RULES = {"recovery_days": recovery_days, "recovery_amount": recovery_amount}
