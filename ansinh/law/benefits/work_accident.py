"""Work accident and occupational disease: lump sum, monthly benefit, death, care.

Law 84/2015 articles 48 to 53. The day the benefit starts decides; the wage is that of the month
before. How odd months in the fund count, a relapse, and the difference of a second assessment are
not known to us: they are refused, not guessed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ansinh.law.errors import BadInput, LawError
from ansinh.law.figures import Figure
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import Working

_CARE_FROM = 81


def tnld(work: Working) -> Outcome:
    """5 to 30 percent: a lump sum; from 31 percent: monthly; under 5 nothing. Whole đồng.

    ``earlier_disability_percents`` of earlier accidents are added to this one.
    """
    percent = _percent(work)
    lump, monthly = work.figure("work_accident.lump"), work.figure("work_accident.monthly")
    if percent < lump.value["from_percent"]:
        return _nothing(work, percent, lump)
    if percent < monthly.value["from_percent"]:
        total, by_disability, by_years = _amount(work, percent, lump, ("một lần", "lump sum"))
        return work.outcome(total, by_disability=by_disability, by_years=by_years, lump=whole_dong(total))
    total, by_disability, by_years = _amount(work, percent, monthly, ("hằng tháng", "monthly benefit"))
    values: dict[str, object] = {"by_disability": by_disability, "by_years": by_years, "monthly": whole_dong(total)}
    if work.inputs.flag("needs_care_condition"):
        values["service_allowance"] = whole_dong(_care(work, percent))
    return work.outcome(total, **values)


def _percent(work: Working) -> int:
    inputs = work.inputs
    if inputs.flag("relapse"):
        raise LawError(
            "rule-not-known",
            "Cách tính trợ cấp khi thương tật, bệnh tật tái phát chưa có trong hệ thống. "
            "Hãy tính theo Thông tư 28/2021/TT-BLĐTBXH và nhập số tiền.",
            "How a relapse is paid (circular 28/2021) is not in the system. Work it out and enter the amount.",
        )
    percent = inputs.whole("disability_percent")
    earlier = inputs.items("earlier_disability_percents")
    if earlier:
        work.doubt(
            "Nhiều lần bị tai nạn: tính theo tổng tỷ lệ suy giảm",
            "Several accidents: paid by the sum of the percentages",
        )
        total = percent + sum(int(exact(part)) for part in earlier)
        work.step(
            "Tổng tỷ lệ suy giảm khả năng lao động của các lần",
            "Sum of the percentages of all accidents",
            f"{' + '.join(str(part) for part in earlier)} + {percent} = {total}",
            "28/2021/TT-BLĐTBXH",
        )
        percent = total
    if percent > 100:
        raise BadInput("disability_percent", percent)
    return percent


def _years(work: Working) -> int:
    """Years in the fund; a year or less counts as one. Odd months have no rule known to us."""
    years = work.inputs.number("fund_years")
    if years > 1 and years.denominator != 1:
        raise LawError(
            "rule-not-known",
            "Cách tính tháng lẻ của thời gian đóng quỹ tai nạn lao động chưa được xác nhận. Hãy nhập số năm đủ.",
            "How odd months in the work accident fund count is not confirmed. Enter whole years.",
            name="fund_years",
        )
    return max(1, int(years))


def _amount(work: Working, percent: int, used: Figure, said: tuple[str, str]) -> tuple[Fraction, int, int]:
    rule: dict[str, Any] = used.value
    years = _years(work)
    wage = work.inputs.number("salary")
    level = work.level()
    levels = exact(rule["levels"]) + (percent - rule["from_percent"]) * exact(rule["levels_per_percent"])
    wages = exact(rule["wages"]) + (years - 1) * exact(rule["wages_per_year"])
    by_disability, by_years = levels * level, wages * wage
    work.step(
        f"Theo mức suy giảm {percent}%: {show(levels)} lần mức này",
        f"For {percent}%: {show(levels)} times the level",
        f"{show(levels)} × {show(level)} = {show(by_disability)}",
        used.reference,
        by_disability,
    )
    work.step(
        f"Theo {years} năm đóng vào quỹ: {show(wages)} tháng lương",
        f"For {years} years in the fund: {show(wages)} months of the wage",
        f"{show(wages)} × {show(wage)} = {show(by_years)}",
        used.reference,
        by_years,
    )
    total = by_disability + by_years
    work.step(
        f"Trợ cấp tai nạn lao động, bệnh nghề nghiệp {said[0]}",
        f"Work accident and occupational disease: {said[1]}",
        f"{show(by_disability)} + {show(by_years)} = {show(total)}",
        used.reference,
        total,
    )
    return total, whole_dong(by_disability), whole_dong(by_years)


def _nothing(work: Working, percent: int, used: Figure) -> Outcome:
    work.step(
        "Suy giảm dưới 5%: không có trợ cấp",
        "Under 5%: no benefit",
        f"{percent}% < {used.value['from_percent']}%",
        used.reference,
        Fraction(0),
    )
    return work.outcome(Fraction(0), by_disability=0, by_years=0, lump=0)


def tnld_death(work: Working) -> Outcome:
    """36 levels for the family, beside the survivors' benefits."""
    times = work.figure("work_accident.death_multiple")
    level = work.level()
    amount = Fraction(times.value * level)
    work.step(
        "Trợ cấp một lần khi chết do tai nạn lao động, bệnh nghề nghiệp",
        "Lump sum on death by work accident or occupational disease",
        f"{times.value} × {show(level)} = {show(amount)}",
        times.reference,
        amount,
    )
    return work.outcome(amount, lump=whole_dong(amount))


def tnld_service_allowance(work: Working) -> Outcome:
    """One level a month for care: from 81% with one of the conditions named in the law."""
    amount = _care(work, work.inputs.whole("disability_percent"))
    return work.outcome(amount, monthly=whole_dong(amount))


def _care(work: Working, percent: int) -> Fraction:
    times = work.figure("work_accident.care_multiple")
    has_right = percent >= _CARE_FROM and work.inputs.flag("needs_care_condition")
    amount = Fraction(times.value * work.level()) if has_right else Fraction(0)
    work.step(
        "Trợ cấp phục vụ hằng tháng"
        if has_right
        else f"Không có trợ cấp phục vụ: cần từ {_CARE_FROM}% và cần người phục vụ",
        "Monthly care allowance" if has_right else f"No care allowance: it takes {_CARE_FROM}% and a need of care",
        f"{times.value} × {show(amount)}" if has_right else f"{percent}%",
        times.reference,
        amount,
    )
    return amount


RULES = {"tnld": tnld, "tnld_death": tnld_death, "tnld_service_allowance": tnld_service_allowance}
