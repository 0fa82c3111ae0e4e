"""Owners of registered household businesses and unpaid managers (law 41/2024 articles 31, 33)."""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.contributions.wages import clamped
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import Working

_NEW_CHOICE_AFTER = 12


def contribution_household_owner(work: Working) -> Outcome:
    """3% and 22% of the base chosen between the reference level and 20 times it; đồng a month.

    ``months_since_choice`` says how long the last choice has stood: a new one needs 12 months.
    """
    declared = work.inputs.number("declared_base")
    rates = work.figure("contribution.household_owner")
    base = clamped(work, declared, floor_on=work.figure("contribution.floor"), level=Fraction(work.level()))
    sickness = whole_dong(exact(rates.value["sickness_maternity"]) * base)
    pension = whole_dong(exact(rates.value["pension"]) * base)
    total = Fraction(sickness + pension)
    work.step(
        "Quỹ ốm đau, thai sản và quỹ hưu trí, tử tuất",
        "Fund of sickness and maternity, and fund of pension and survivors",
        " + ".join(f"{show(exact(rate) * 100)}% × {show(base)}" for rate in rates.value.values()) + f" = {show(total)}",
        rates.reference,
        total,
    )
    if work.inputs.has("months_since_choice"):
        work.ground(
            f"Đã giữ mức chọn trước ít nhất {_NEW_CHOICE_AFTER} tháng",
            f"The last choice has stood for at least {_NEW_CHOICE_AFTER} months",
            "41/2024/QH15 Điều 31 khoản 1d",
            work.inputs.whole("months_since_choice") >= _NEW_CHOICE_AFTER,
        )
    return work.outcome(total, base=whole_dong(base), sickness_maternity=sickness, pension=pension)


RULES = {"contribution_household_owner": contribution_household_owner}
