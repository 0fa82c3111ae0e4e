"""What the State paid of a person's voluntary contributions, and the one-time benefit less that sum.

Law 41/2024 articles 70 k4 and 102 k3, decree 159/2025 articles 5 and 8: for each supported month the
rate times the rural poverty line of that month times the share of the group.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show
from ansinh.law.working import Inputs, Working

_SPARED_FROM = 81


def voluntary_state_support(work: Working) -> Outcome:
    """Support of the periods ``rows`` (from_month, to_month, percent), each month by its own poverty line."""
    total, months = Fraction(0), 0
    for row in work.inputs.rows("rows"):
        for first, count, rate, line in _stretches(work, row):
            percent = row.number("percent")
            part = rate * line * percent / 100 * count
            work.step(
                f"Nhà nước hỗ trợ {show(percent)}% trong {count} tháng từ {first.first_day:%m/%Y}",
                f"The State supported {show(percent)}% for {count} months from {first.first_day:%Y-%m}",
                f"{show(rate * 100)}% × {show(line)} × {show(percent)}% × {count} = {show(part)}",
                "159/2025/NĐ-CP Điều 5" if work.under_law_41 else "134/2015/NĐ-CP Điều 14",
                part,
            )
            total, months = total + part, months + count
    work.step(
        f"Tổng số tiền Nhà nước đã hỗ trợ trong {months} tháng",
        f"State support of {months} months in all",
        show(total),
        "41/2024/QH15 Điều 102 khoản 3" if work.under_law_41 else "58/2014/QH13 Điều 77",
        total,
    )
    return work.outcome(total, supported_months=months)


def one_time_less_support(work: Working) -> Outcome:
    """The one-time benefit ``gross`` less the support ``support``, never under zero.

    Nothing is taken off for the listed fatal diseases and, by law 41, for 81% disability.
    """
    inputs = work.inputs
    gross, support = inputs.number("gross"), inputs.number("support") if inputs.has("support") else Fraction(0)
    article = "41/2024/QH15 Điều 70 khoản 4, Điều 102 khoản 3" if work.under_law_41 else "58/2014/QH13 Điều 60, 77"
    spared = inputs.flag("fatal_disease") or (
        work.under_law_41
        and (inputs.flag("very_severe_disability") or inputs.whole("disability_percent", 0) >= _SPARED_FROM)
    )
    if support and spared:
        work.step(
            "Bệnh hiểm nghèo, suy giảm từ 81%: không trừ số tiền Nhà nước đã hỗ trợ",
            "Fatal disease or 81% disability: the State’s support is not taken off",
            show(gross),
            article,
        )
        support = Fraction(0)
    amount = max(Fraction(0), gross - support)
    work.step(
        "Trừ số tiền Nhà nước đã hỗ trợ đóng" if support else "Mức được hưởng",
        "Less the contributions the State supported" if support else "Amount of the benefit",
        f"{show(gross)} − {show(support)} = {show(amount)}",
        article,
        amount,
    )
    return work.outcome(amount, deducted=support)


def _stretches(work: Working, row: Inputs) -> list[tuple[Month, int, Fraction, Fraction]]:
    """The period cut where the rate or the poverty line changes: first month, months, rate, line."""
    first, last = row.month("from_month"), row.month("to_month")
    if last < first:
        raise BadInput("to_month", row.need("to_month"))
    found: list[tuple[Month, int, Fraction, Fraction]] = []
    for offset in range(last - first + 1):
        month = first + offset
        rate = exact(work.figure("voluntary.rate", on=month.first_day).value)
        line = exact(work.figure("voluntary.rural_poverty_line", on=month.first_day).value)
        if found and found[-1][2:] == (rate, line):
            found[-1] = (found[-1][0], found[-1][1] + 1, rate, line)
        else:
            found.append((month, 1, rate, line))
    return found


RULES = {
    "voluntary_state_support": voluntary_state_support,
    "one_time_less_support": one_time_less_support,
}
