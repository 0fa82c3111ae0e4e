"""Compulsory contributions of one month, by payer and fund.

Law 58/2014 articles 85-89 and 143/2018, law 41/2024 articles 31-34, law 74/2025 article 34, the
Covid reductions of 2021-2022, and the twelve months of a newly hired person with a disability.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ansinh.law.contributions.wages import clamped, counted_wage, level_named, name_of_level
from ansinh.law.figures import Figure
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show, whole_dong
from ansinh.law.working import Working

_ACCIDENT_CUT = (date(2021, 7, 1), date(2022, 7, 1))
_UNEMPLOYMENT_CUT = (date(2021, 10, 1), date(2022, 10, 1))
_FUNDS = {
    "bhxh": ("hưu trí, tử tuất", "pension and survivors"),
    "pension": ("hưu trí, tử tuất", "pension and survivors"),
    "sickness_maternity": ("ốm đau, thai sản", "sickness and maternity"),
    "tnld": ("tai nạn lao động, bệnh nghề nghiệp", "work accident and occupational disease"),
    "bhyt": ("bảo hiểm y tế", "health insurance"),
    "bhtn": ("bảo hiểm thất nghiệp", "unemployment insurance"),
}


def contribution_compulsory(work: Working) -> Outcome:
    """What the worker and the employer pay for the month, each fund rounded alone; đồng."""
    is_foreign = work.inputs.choice("nationality", ("VN", "foreign")) == "foreign"
    wage = counted_wage(work)
    base = _social_base(work, wage)
    unemployment = Fraction(0) if is_foreign else _unemployment_base(work, wage)
    employee = _employee_rates(work, is_foreign=is_foreign)
    employer = _employer_rates(work, is_foreign=is_foreign)
    paid_by_worker = _paid(work, employee, base, unemployment, ("người lao động", "the worker"))
    paid_by_employer = _paid(work, employer, base, unemployment, ("đơn vị", "the employer"))
    total = Fraction(sum(paid_by_worker.values()) + sum(paid_by_employer.values()))
    work.step(
        "Tổng số phải đóng trong tháng",
        "Total due for the month",
        f"{show(sum(paid_by_worker.values()))} + {show(sum(paid_by_employer.values()))} = {show(total)}",
        "41/2024/QH15 Điều 33, 34" if work.under_law_41 else "58/2014/QH13 Điều 85, 86",
        total,
    )
    return work.outcome(
        total,
        bhxh_base=whole_dong(base),
        bhyt_base=whole_dong(base),
        bhtn_base=whole_dong(unemployment),
        employee=paid_by_worker,
        employer=paid_by_employer,
        employee_total=sum(paid_by_worker.values()),
        employer_total=sum(paid_by_employer.values()),
    )


def _social_base(work: Working, wage: Fraction) -> Fraction:
    floor = None if _is_state_scale(work) and not work.under_law_41 else work.figure("contribution.floor")
    return clamped(work, wage, floor_on=floor, level=Fraction(work.level()))


def _unemployment_base(work: Working, wage: Fraction) -> Fraction:
    cap = work.figure("contribution.unemployment_cap")
    kind = cap.value["state_scale" if _is_state_scale(work) else "employer_pay"]
    level = level_named(work, kind)
    ceiling = exact(cap.value["multiple"]) * level
    base = min(wage, ceiling)
    words = name_of_level(work, kind)
    work.step(
        f"Tiền lương làm căn cứ đóng bảo hiểm thất nghiệp, cao nhất {cap.value['multiple']} lần {words[0]}",
        f"Wage for unemployment insurance, at most {cap.value['multiple']} times {words[1]}",
        f"{show(wage)} ≤ {cap.value['multiple']} × {show(level)} = {show(ceiling)} → {show(base)}",
        cap.reference,
        base,
    )
    return base


def _is_state_scale(work: Working) -> bool:
    return work.inputs.flag("state_scale")


def _employee_rates(work: Working, *, is_foreign: bool) -> dict[str, Figure | None]:
    pension = "contribution.foreign.employee.pension" if is_foreign else "contribution.employee.pension"
    return {
        "bhxh": work.figure(pension),
        "bhyt": work.figure("contribution.employee.health"),
        "bhtn": None if is_foreign else work.figure("contribution.employee.unemployment"),
    }


def _employer_rates(work: Working, *, is_foreign: bool) -> dict[str, Figure | None]:
    prefix = "contribution.foreign.employer" if is_foreign else "contribution.employer"
    return {
        "sickness_maternity": work.figure(f"{prefix}.sickness_maternity"),
        "pension": work.figure(f"{prefix}.pension"),
        "tnld": _accident_rate(work, prefix),
        "bhyt": work.figure("contribution.employer.health"),
        "bhtn": None if is_foreign else _unemployment_rate(work),
    }


def _accident_rate(work: Working, prefix: str) -> Figure:
    """The general rate, the approved lower one, or the Covid zero (not for State-funded units)."""
    general = work.figure(f"{prefix}.work_accident", on=_before_cut(work, _ACCIDENT_CUT))
    if general.value and work.inputs.flag("reduced_tnld_rate"):
        return work.figure("contribution.employer.work_accident_approved")
    return general


def _unemployment_rate(work: Working) -> Figure | None:
    general = work.figure("contribution.employer.unemployment", on=_before_cut(work, _UNEMPLOYMENT_CUT))
    if not work.inputs.has("disabled_hired_month"):
        return general
    spared = work.figure("contribution.disabled_new_hire")
    hired = work.inputs.month("disabled_hired_month")
    if not 0 <= Month.of(work.event_date) - hired < int(spared.value["months"]):
        return general
    if hired.first_day < spared.valid_from:
        work.doubt(
            "Người khuyết tật tuyển trước năm 2026: có được giảm cho số tháng còn lại hay không",
            "A disabled person hired before 2026: whether the reduction holds for the months left",
        )
        return general
    work.step(
        f"Người khuyết tật mới tuyển: đơn vị không đóng bảo hiểm thất nghiệp {spared.value['months']} tháng đầu",
        f"New hire with a disability: no unemployment insurance by the employer for {spared.value['months']} months",
        f"{hired} → {Month.of(work.event_date)}",
        spared.reference,
    )
    return None


def _before_cut(work: Working, cut: tuple[date, date]) -> date | None:
    """Units paid by the State budget kept the rate they had before the Covid cut."""
    if not (work.inputs.flag("state_budget_unit") and cut[0] <= work.event_date < cut[1]):
        return None
    work.doubt(
        "Đơn vị hưởng ngân sách nhà nước không được giảm mức đóng năm 2021-2022",
        "Units paid from the state budget had no reduction in 2021-2022",
    )
    return date(cut[0].year, cut[0].month - 1, 1)


def _paid(
    work: Working,
    rates: Mapping[str, Figure | None],
    base: Fraction,
    unemployment_base: Fraction,
    payer: tuple[str, str],
) -> dict[str, int]:
    """Each fund in whole đồng; a rate of None is a fund that is not paid."""
    paid: dict[str, int] = {}
    for fund, rate in rates.items():
        if rate is None:
            paid[fund] = 0
            continue
        counted = unemployment_base if fund == "bhtn" else base
        share = exact(rate.value)
        paid[fund] = whole_dong(share * counted)
        work.step(
            f"Quỹ {_FUNDS[fund][0]}: {payer[0]} đóng",
            f"Fund of {_FUNDS[fund][1]}: {payer[1]} pays",
            f"{show(share * 100)}% × {show(counted)} = {show(paid[fund])}",
            rate.reference,
            Fraction(paid[fund]),
        )
    return paid


RULES = {"contribution_compulsory": contribution_compulsory}
