"""The rate of a pension that needs time paid abroad under a treaty: law 41/2024 article 66 k4, 12/2025 article 13."""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.errors import LawError
from ansinh.law.quantities import exact, show, years_by_halves
from ansinh.law.working import Working


def is_treaty_case(work: Working) -> bool:
    """Law 41: under fifteen years paid here, with months paid in the other country (``treaty_months``)."""
    if not work.under_law_41 or not work.inputs.whole("treaty_months", 0):
        return False
    return work.inputs.whole("contribution_months") < _least_months(work)


def treaty_rate(work: Working) -> Fraction:
    """2.25 points for each year paid here; ``LawError`` when both countries together are under fifteen years."""
    months, abroad = work.inputs.whole("contribution_months"), work.inputs.whole("treaty_months")
    years = years_by_halves(months)
    least = _least_months(work)
    if months + abroad < least:
        raise LawError(
            "too-few-years",
            f"Chưa đủ năm đóng để có tỷ lệ lương hưu: ở Việt Nam {months} tháng, theo điều ước quốc tế {abroad} tháng, "
            f"cần {least} tháng. Hãy kiểm tra thời gian đóng.",
            f"Too few years for a pension rate: {months} months in Vietnam and {abroad} under the treaty, {least} are "
            "needed. Check the time paid.",
            months=months + abroad,
        )
    used = work.figure("pension.treaty_year")
    per_year = exact(used.value)
    rate = years * per_year
    work.step(
        f"Cộng thời gian theo điều ước quốc tế mới đủ {least} tháng: mỗi năm đóng ở Việt Nam được {show(per_year)}%",
        f"Only with the time of the treaty are there {least} months: each year paid here gives {show(per_year)}%",
        f"{show(years)} × {show(per_year)} = {show(rate)}%",
        used.reference,
    )
    return rate


def _least_months(work: Working) -> int:
    return 12 * int(work.figure("pension.minimum_years").value)
