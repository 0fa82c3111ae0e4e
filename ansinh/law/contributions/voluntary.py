"""Voluntary social insurance by the month: what is paid, what the State adds, the bounds.

Law 58/2014 article 87, 134/2015, 01/2016 articles 9 and 12; law 41/2024 articles 31 k2 and 36,
159/2025 articles 5 and 16.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.errors import BadInput, LawError
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import Working

PERIODS = (1, 3, 6, 12)


def voluntary_contribution(work: Working) -> Outcome:
    """One payment of n months: n × what is due, less the State's support of those months.

    ``support_group`` or ``support_percent`` names the support; ``supported_months`` already had
    count towards the most the State supports.
    """
    income = work.inputs.number("income")
    months = work.inputs.whole("months")
    check_income(work, income)
    work.ground(
        "Đóng theo 1, 3, 6 hoặc 12 tháng một lần",
        "Paid for 1, 3, 6 or 12 months at once",
        _payment_article(work),
        months in PERIODS,
    )
    gross = monthly_due(work, income)
    support, supported = support_of(work, months)
    amount = months * gross - supported * support
    work.step(
        f"Số tiền phải đóng {months} tháng",
        f"To be paid for {months} months",
        f"{months} × {show(gross)} − {supported} × {show(support)} = {show(amount)}",
        _payment_article(work),
        amount,
    )
    return work.outcome(amount, gross=whole_dong(gross), support=whole_dong(support))


def voluntary_period(work: Working) -> Outcome:
    """The last month of a payment of n months from ``from_month``: 1, 3, 6, 12, or two to five years."""
    first, months = work.inputs.month("from_month"), work.inputs.whole("months")
    allowed = work.figure("voluntary.prepay_years").value
    if not (months in PERIODS or (months % 12 == 0 and allowed["fewest"] <= months // 12 <= allowed["most"])):
        raise BadInput("months", months)
    last = first + (months - 1)
    work.step(
        f"Đóng {months} tháng, từ tháng {first} đến tháng {last}",
        f"{months} months are paid, from {first} to {last}",
        f"{first} + {months - 1} → {last}",
        _payment_article(work),
    )
    return work.outcome(None, to_month=f"{last.first_day:%Y-%m}")


def voluntary_support(work: Working) -> Outcome:
    """The State's support of one month: a share of what is due on the rural poverty line."""
    work.inputs.need("support_group" if work.inputs.has("support_group") else "support_percent")
    support = monthly_support(work)
    return work.outcome(support)


def voluntary_bounds(work: Working) -> Outcome:
    """Lowest and highest monthly payment."""
    lowest = monthly_due(work, lowest_income(work))
    highest = monthly_due(work, highest_income(work))
    return work.outcome(None, minimum=whole_dong(lowest), maximum=whole_dong(highest))


def voluntary_support_end(work: Working) -> Outcome:
    """First month without support: after the most months the State supports."""
    first = work.inputs.month("support_from")
    if work.inputs.has("max_support_months"):
        most, article = work.inputs.whole("max_support_months"), "159/2025/NĐ-CP Điều 5 khoản 2"
    else:
        used = work.figure("voluntary.state_support_max_months")
        most, article = int(used.value), used.reference
    stops = first + most
    work.step(
        f"Nhà nước hỗ trợ không quá {most} tháng",
        f"The State supports at most {most} months",
        f"{first} + {most} → {stops}",
        article,
    )
    return work.outcome(None, support_stops_from=str(stops))


def monthly_due(work: Working, income: Fraction) -> Fraction:
    """The rate of the chosen income, đồng a month, not rounded."""
    rate = work.figure("voluntary.rate")
    due = exact(rate.value) * income
    work.step(
        "Mức đóng một tháng",
        "Due for one month",
        f"{show(exact(rate.value) * 100)}% × {show(income)} = {show(due)}",
        rate.reference,
        due,
    )
    return due


def monthly_support(work: Working) -> Fraction:
    """The State's support of one month, đồng; 0 when no support was named.

    A period prepaid from ``prepaid_from`` keeps the share and the poverty line of its start.
    """
    inputs = work.inputs
    if not (inputs.has("support_percent") or inputs.has("support_group")):
        return Fraction(0)
    percent, article = _support_percent(work)
    line = poverty_line(work)
    rate = exact(work.figure("voluntary.rate").value)
    support = rate * line * percent / 100
    work.step(
        f"Nhà nước hỗ trợ {show(percent)}% mức đóng theo chuẩn hộ nghèo nông thôn",
        f"The State supports {show(percent)}% of what is due on the rural poverty line",
        f"{show(percent)}% × {show(rate * 100)}% × {show(line)} = {show(support)}",
        article,
        support,
    )
    return support


def support_of(work: Working, months: int) -> tuple[Fraction, int]:
    """Support of one month, and how many of the months are still supported."""
    support = monthly_support(work)
    if not support:
        return support, 0
    if not work.inputs.has("supported_months"):
        return support, months
    most = work.figure("voluntary.state_support_max_months")
    left = max(0, int(most.value) - work.inputs.whole("supported_months"))
    if left < months:
        work.step(
            f"Nhà nước chỉ còn hỗ trợ {left} tháng",
            f"The State supports only {left} more months",
            f"{most.value} − {work.inputs.whole('supported_months')} = {left}",
            most.reference,
        )
    return support, min(months, left)


def poverty_line(work: Working) -> Fraction:
    """The rural poverty line, given or in force (at the start of a prepaid period)."""
    if work.inputs.has("poverty_line"):
        return work.inputs.number("poverty_line")
    used = work.figure("voluntary.rural_poverty_line", on=_support_date(work))
    return exact(used.value)


def lowest_income(work: Working) -> Fraction:
    """Poverty line from 2016; before, the common minimum wage."""
    floor = work.figure("voluntary.floor")
    return Fraction(work.level()) if floor.value == "level" else poverty_line(work)


def highest_income(work: Working) -> Fraction:
    """Twenty levels of the day."""
    return exact(work.figure("voluntary.cap_multiple").value) * work.level()


def check_income(work: Working, income: Fraction) -> None:
    """Refuse an income outside the bounds; an income off the steps is shown as a condition."""
    lowest, highest = lowest_income(work), highest_income(work)
    if not lowest <= income <= highest:
        raise LawError(
            "income-outside-bounds",
            f"Mức thu nhập chọn phải từ {show(lowest)} đến {show(highest)} đồng mỗi tháng. Hãy chọn lại.",
            f"The chosen income must be between {show(lowest)} and {show(highest)} đồng a month. Choose again.",
            name="income",
            value=whole_dong(income),
        )
    step = work.figure("voluntary.income_step")
    work.ground(
        f"Mức thu nhập là chuẩn nghèo cộng bội số của {show(step.value)} đồng",
        f"The income is the poverty line and a multiple of {show(step.value)} đồng",
        step.reference,
        (income - lowest) % step.value == 0,
    )


def _support_percent(work: Working) -> tuple[Fraction, str]:
    inputs = work.inputs
    if inputs.has("support_percent"):
        percent = inputs.number("support_percent")
        if percent > 100:
            raise BadInput("support_percent", inputs.need("support_percent"))
        return percent, "159/2025/NĐ-CP Điều 5" if work.under_law_41 else "134/2015/NĐ-CP Điều 14"
    used = work.figure("voluntary.state_support", on=_support_date(work))
    group = inputs.choice("support_group", tuple(used.value))
    return exact(used.value[group]) * 100, used.reference


def _support_date(work: Working) -> date | None:
    return work.inputs.month("prepaid_from").first_day if work.inputs.has("prepaid_from") else None


def _payment_article(work: Working) -> str:
    return "41/2024/QH15 Điều 36" if work.under_law_41 else "58/2014/QH13 Điều 87"


RULES = {
    "voluntary_contribution": voluntary_contribution,
    "voluntary_period": voluntary_period,
    "voluntary_support": voluntary_support,
    "voluntary_bounds": voluntary_bounds,
    "voluntary_support_end": voluntary_support_end,
}
