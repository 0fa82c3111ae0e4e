"""At most six months missing: paid at once, by the worker at pension age or by survivors.

Law 58/2014 with 59/2015 article 15; law 41/2024 with 12/2025 article 12. Both shares of the
pension fund on the wage of the month before.
"""

from __future__ import annotations

from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import Working


def contribution_missing_months(work: Working) -> Outcome:
    """``months`` × (worker's + employer's share) × ``last_salary``, đồng; more than six is refused."""
    months = work.inputs.whole("months")
    most = work.figure("contribution.missing_months")
    if months > most.value:
        raise BadInput("months", months)
    wage = work.inputs.number("last_salary")
    worker, employer = work.figure("contribution.employee.pension"), work.figure("contribution.employer.pension")
    share = exact(worker.value) + exact(employer.value)
    monthly = share * wage
    amount = monthly * months
    work.step(
        f"Đóng một lần cho {months} tháng còn thiếu vào quỹ hưu trí, tử tuất",
        f"Paid at once for {months} missing months into the fund of pension and survivors",
        f"{months} × {show(share * 100)}% × {show(wage)} = {show(amount)}",
        most.reference,
        amount,
    )
    return work.outcome(amount, monthly=whole_dong(monthly))


RULES = {"contribution_missing_months": contribution_missing_months}
