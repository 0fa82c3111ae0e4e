"""What the health-insurance fund pays a facility: the advance of a quarter, and what is left when a period is settled.

Law on health insurance article 32, as changed by 51/2024/QH15.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show
from ansinh.law.working import Working


def facility_advance(work: Working) -> Outcome:
    """The advance of a quarter (đồng): a share of the fund's costs in the last report, at most what is asked."""
    cost = work.inputs.number("fund_amount")
    used = work.figure("health.facility_advance")
    share = exact(used.value)
    most = cost * share
    work.step(
        f"Tạm ứng nhiều nhất {show(share * 100)}% chi phí theo báo cáo quyết toán quý trước",
        f"An advance of at most {show(share * 100)}% of the cost in the last quarterly report",
        f"{show(cost)} × {show(share * 100)}% = {show(most)}",
        used.reference,
        most,
    )
    asked = work.inputs.number("advance_requested") if work.inputs.has("advance_requested") else most
    if asked >= most:
        return work.outcome(most)
    work.step(
        "Cơ sở đề nghị ít hơn: tạm ứng theo đề nghị",
        "The facility asks for less: the advance is what it asks for",
        f"min({show(most)}; {show(asked)}) = {show(asked)}",
        used.reference,
        asked,
    )
    return work.outcome(asked)


def facility_settlement(work: Working) -> Outcome:
    """What is still to be paid for a period: the fund's part less the advance, never below nothing (đồng).

    An advance that was larger is carried over, and `carried_over` says how much. The article that sets the advance
    is the ground of both.
    """
    cost, received = work.inputs.number("fund_amount"), work.inputs.number("advance_received")
    used = work.figure("health.facility_advance")
    left = max(Fraction(0), cost - received)
    carried = max(Fraction(0), received - cost)
    work.step(
        "Chi phí quỹ BHYT trả trừ số đã tạm ứng",
        "The fund's part less the advance",
        f"{show(cost)} − {show(received)} = {show(cost - received)}",
        used.reference,
        left,
    )
    return work.outcome(left, carried_over=int(carried))


RULES = {"facility_advance": facility_advance, "facility_settlement": facility_settlement}
