"""Late and evaded payment: by the month until June 2025, by the day since.

20/2016/TT-BTC article 5; law 41/2024 articles 40 and 41, 158/2025 article 8. Debts up to
30 June 2025 asked for later follow the daily rule too (law 41 article 141).
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import Inputs, Working

_SUMS = ("late_amount", "evaded_amount", "late_to_n_minus_2")


def late_payment_interest(work: Working) -> Outcome:
    """Interest in đồng: on the day or the month of ``event_date``."""
    if work.under_law_41:
        return _by_day(work)
    if work.inputs.has("evaded_amount"):
        return _evaded(work)
    return _by_month(work)


def _evaded(work: Working) -> Outcome:
    amount = work.inputs.number("evaded_amount")
    months = work.inputs.whole("months")
    rate = work.inputs.number("fund_rate_percent_month")
    twice = work.figure("contribution.late_multiple")
    interest = amount * months * twice.value * rate / 100
    work.step(
        "Tiền lãi của số tiền trốn đóng",
        "Interest on the sum evaded",
        f"{show(amount)} × {months} × {twice.value} × {show(rate)}% = {show(interest)}",
        twice.reference,
        interest,
    )
    return work.outcome(interest, interest=whole_dong(interest))


def _by_month(work: Working) -> Outcome:
    """The debt up to month n-2; interest of earlier months is carried and bears none itself."""
    debt = work.inputs.number("late_to_n_minus_2")
    rate = work.inputs.number("fund_rate_percent_month")
    twice = work.figure("contribution.late_multiple")
    month = debt * twice.value * rate / 100
    work.step(
        "Tiền lãi chậm đóng của tháng",
        "Interest of the month",
        f"{show(debt)} × {twice.value} × {show(rate)}% = {show(month)}",
        twice.reference,
        month,
    )
    carried = work.inputs.number("carried_interest") if work.inputs.has("carried_interest") else Fraction(0)
    total = month + carried
    work.step(
        "Cộng tiền lãi các tháng trước chuyển sang",
        "With the interest carried from earlier months",
        f"{show(month)} + {show(carried)} = {show(total)}",
        twice.reference,
        total,
    )
    return work.outcome(total, month_interest=whole_dong(month), total_interest=whole_dong(total))


def _by_day(work: Working) -> Outcome:
    inputs = work.inputs
    name = next((name for name in _SUMS if inputs.has(name)), _SUMS[0])
    amount = inputs.number(name)
    days = _days(inputs)
    rate = work.figure("contribution.late_daily")
    percent = inputs.number("rate_percent_day") if inputs.has("rate_percent_day") else exact(rate.value) * 100
    interest = amount * percent / 100 * days
    work.step(
        f"Tiền chậm đóng, trốn đóng {show(percent)}% mỗi ngày",
        f"Late or evaded payment, {show(percent)}% a day",
        f"{show(amount)} × {show(percent)}% × {days} = {show(interest)}",
        rate.reference,
        interest,
    )
    return work.outcome(interest, interest=whole_dong(interest), days=days)


def _days(inputs: Inputs) -> int:
    """Days late, given or from the first to the last late day, both included."""
    if inputs.has("late_from") and not inputs.has("days"):
        return max(0, (inputs.day("late_to") - inputs.day("late_from")).days + 1)
    return inputs.whole("days")


RULES = {"late_payment_interest": late_payment_interest}
