"""Health insurance paid by households and by supported groups.

Law 46/2014, 146/2018 articles 7 to 9, 188/2025.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import Working

_MOST_MEMBERS = 100
_PERIODS = (3, 6, 12)


def bhyt_household(work: Working) -> Outcome:
    """What each member of a household pays, in order; the fifth and later pay the same.

    The lower shares need all members of the household to join in the same budget year.
    """
    members = work.inputs.whole("members")
    if not 1 <= members <= _MOST_MEMBERS:
        raise BadInput("members", members)
    pays_by_usual_periods(work, work.inputs.whole("months"))
    first = _full_amount(work)
    factors = work.figure("health.household_factors")
    amounts: list[int] = []
    for number in range(members):
        factor = exact(factors.value[min(number, len(factors.value) - 1)])
        amounts.append(whole_dong(first * factor))
        work.step(
            f"Người thứ {number + 1} đóng {show(factor * 100)}%",
            f"Person {number + 1} pays {show(factor * 100)}%",
            f"{show(first)} × {show(factor * 100)}% = {show(amounts[-1])}",
            factors.reference,
            Fraction(amounts[-1]),
        )
    if members > 1:
        work.ground(
            "Mọi thành viên hộ gia đình cùng tham gia trong năm tài chính",
            "All members of the household join in the same budget year",
            factors.reference,
            None,
        )
    total = Fraction(sum(amounts))
    work.step("Cả hộ đóng", "The household pays", show(total), factors.reference, total)
    return work.outcome(total, amounts=amounts)


def bhyt_household_member(work: Working) -> Outcome:
    """What one member pays who joins as the n-th of the household in the budget year (``order_in_household``)."""
    order = work.inputs.whole("order_in_household")
    if not 1 <= order <= _MOST_MEMBERS:
        raise BadInput("order_in_household", order)
    pays_by_usual_periods(work, work.inputs.whole("months"))
    first = _full_amount(work)
    factors = work.figure("health.household_factors")
    factor = exact(factors.value[min(order, len(factors.value)) - 1])
    amount = first * factor
    work.step(
        f"Người thứ {order} trong hộ đóng {show(factor * 100)}%",
        f"Person {order} of the household pays {show(factor * 100)}%",
        f"{show(first)} × {show(factor * 100)}% = {show(amount)}",
        factors.reference,
        amount,
    )
    if order > 1:
        work.ground(
            "Mọi thành viên hộ gia đình cùng tham gia trong năm tài chính",
            "All members of the household join in the same budget year",
            factors.reference,
            None,
        )
    return work.outcome(amount)


def bhyt_supported(work: Working) -> Outcome:
    """What a person of a supported group pays; ``support_percent`` or ``support_group``."""
    full = _full_amount(work)
    if work.inputs.has("support_percent"):
        percent, article = work.inputs.number("support_percent"), "146/2018/NĐ-CP Điều 8; 188/2025/NĐ-CP"
    else:
        used = work.figure("health.state_support")
        group = work.inputs.choice("support_group", tuple(used.value))
        percent, article = exact(used.value[group]) * 100, used.reference
    if percent > 100:
        raise BadInput("support_percent", show(percent))
    amount = full * (100 - percent) / 100
    work.step(
        f"Ngân sách hỗ trợ {show(percent)}%, người tham gia đóng phần còn lại",
        f"The State pays {show(percent)}%, the person the rest",
        f"{show(full)} × {show(100 - percent)}% = {show(amount)}",
        article,
        amount,
    )
    return work.outcome(amount, support=whole_dong(full - amount))


def pays_by_usual_periods(work: Working, months: int) -> None:
    """A household pays for 3, 6 or 12 months at once: shown as a condition."""
    work.ground(
        "Hộ gia đình đóng theo 3, 6 hoặc 12 tháng một lần",
        "A household pays for 3, 6 or 12 months at once",
        "188/2025/NĐ-CP" if work.under_law_41 else "146/2018/NĐ-CP Điều 9 khoản 7",
        months in _PERIODS,
    )


def _full_amount(work: Working) -> Fraction:
    months = work.inputs.whole("months")
    base = work.inputs.number("base") if work.inputs.has("base") else Fraction(work.level())
    rate = work.figure("health.rate")
    full = exact(rate.value) * base * months
    work.step(
        f"Mức đóng đầy đủ của {months} tháng",
        f"Full amount for {months} months",
        f"{show(exact(rate.value) * 100)}% × {show(base)} × {months} = {show(full)}",
        rate.reference,
        full,
    )
    return full


RULES = {
    "bhyt_household": bhyt_household,
    "bhyt_household_member": bhyt_household_member,
    "bhyt_supported": bhyt_supported,
}
