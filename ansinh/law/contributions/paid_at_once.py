"""Voluntary social insurance paid at once: years ahead, years missing, and what is given back.

01/2016 article 9; law 41/2024 article 36, 159/2025 articles 6 to 8. The rate of return is a
monthly percentage published for the year; a year without one is an error.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.contributions.voluntary import check_income, monthly_due, monthly_support, support_of
from ansinh.law.errors import BadInput, FigureMissing
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import Working


def voluntary_prepay(work: Working) -> Outcome:
    """Two to five years ahead: each later month is worth less by the return.

    With support named, the person pays the sum less the support of those months.
    """
    years = _years(work)
    income = work.inputs.number("income")
    check_income(work, income)
    gross = _present_value(work, monthly_due(work, income), 1, 12 * years)
    return _less_support(work, gross, _support(work, 12 * years))


def voluntary_arrears(work: Working) -> Outcome:
    """Months missing at pension age, each raised by the return; with support named, less the support of them."""
    months = _missing_months(work)
    most = work.figure("voluntary.max_missing_months")
    if months > most.value:
        raise BadInput("months", months)
    income = work.inputs.number("income")
    check_income(work, income)
    due = monthly_due(work, income)
    rate = _return(work)
    growth = 1 + rate
    total = due * sum((growth**number for number in range(1, months + 1)), Fraction(0))
    work.step(
        f"Đóng một lần cho {months} tháng còn thiếu",
        f"Paid at once for {months} missing months",
        f"Σ({show(due)} × (1 + {show(rate * 100)}%)^i, i = 1…{months}) = {show(total)}",
        most.reference,
        total,
    )
    return _less_support(work, total, _support(work, months))


def voluntary_refund(work: Working) -> Outcome:
    """The part of a prepaid sum for the months that are left, less the State's support of them."""
    years = _years(work)
    left = work.inputs.whole("remaining_months")
    if left > 12 * years:
        raise BadInput("remaining_months", left)
    due = monthly_due(work, work.inputs.number("income"))
    gross = _present_value(work, due, 12 * years - left + 1, 12 * years)
    given = work.inputs.number("state_support") if work.inputs.has("state_support") else None
    return _less_support(work, gross, monthly_support(work) * left if given is None else given)


def _support(work: Working, months: int) -> Fraction:
    """The State's support of the months that may still be supported."""
    monthly, supported = support_of(work, months)
    return monthly * supported


def _missing_months(work: Working) -> int:
    inputs = work.inputs
    return 12 * inputs.whole("years") if inputs.has("years") and not inputs.has("months") else inputs.whole("months")


def _years(work: Working) -> int:
    inputs = work.inputs
    if inputs.has("months") and not inputs.has("years"):
        years, odd = divmod(inputs.whole("months"), 12)
        if odd:
            raise BadInput("months", inputs.need("months"))
    else:
        years = inputs.whole("years")
    allowed = work.figure("voluntary.prepay_years").value
    if not allowed["fewest"] <= years <= allowed["most"]:
        raise BadInput("years", years)
    return years


def _return(work: Working) -> Fraction:
    if work.inputs.has("rate_percent_month"):
        return work.inputs.number("rate_percent_month") / 100
    used = work.figure("voluntary.fund_return_month")
    if used.valid_from.year != work.event_date.year:
        raise FigureMissing(
            "figure-missing",
            f"Chưa công bố “{used.label_vi}” cho năm {work.event_date.year}. Hãy nhập lãi suất.",
            f"The return of the fund used in {work.event_date.year} is not published. Enter it.",
            name=used.name,
        )
    return exact(used.value) / 100


def _present_value(work: Working, due: Fraction, first: int, last: int) -> Fraction:
    rate = _return(work)
    growth = 1 + rate
    total = due * sum((growth ** (1 - number) for number in range(first, last + 1)), Fraction(0))
    work.step(
        f"Đóng một lần từ tháng thứ {first} đến tháng thứ {last}",
        f"Paid at once for month {first} to month {last}",
        f"Σ({show(due)} / (1 + {show(rate * 100)}%)^(i − 1), i = {first}…{last}) = {show(total)}",
        "159/2025/NĐ-CP Điều 6, 8" if work.under_law_41 else "01/2016/TT-BLĐTBXH Điều 9",
        total,
    )
    return total


def _less_support(work: Working, gross: Fraction, support: Fraction) -> Outcome:
    amount = max(Fraction(0), gross - support)
    if support:
        work.step(
            "Trừ số tiền Nhà nước hỗ trợ cho các tháng này",
            "Less the State's support of these months",
            f"{show(gross)} − {show(support)} = {show(amount)}",
            "159/2025/NĐ-CP Điều 8" if work.under_law_41 else "01/2016/TT-BLĐTBXH Điều 9",
            amount,
        )
    return work.outcome(amount, gross=whole_dong(gross), support=whole_dong(support))


RULES = {
    "voluntary_prepay": voluntary_prepay,
    "voluntary_arrears": voluntary_arrears,
    "voluntary_refund": voluntary_refund,
}
