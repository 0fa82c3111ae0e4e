"""Social pension, the interim allowance before it, and settling abroad.

Law 41/2024 articles 21 to 23 and 76, 159/2025 article 14, 176/2025, 335/2026; law 58/2014 article
65 with 59/2015 article 21. The commune pays the social pension: Vietnam Social Security informs.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

from ansinh.law.benefits.one_time import months_of_average
from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show, whole_dong, years_by_halves
from ansinh.law.working import Inputs, Working

_KINDS = ("pension", "monthly_allowance")


def social_pension(work: Working) -> Outcome:
    """The monthly amount, 0 without right: 75 years, or 70 in poor and near-poor households.

    Provinces may pay more; a pension or another monthly benefit excludes it.
    """
    inputs = work.inputs
    ages = work.figure("social_pension.age")
    needed = int(ages.value["poor_near_poor" if inputs.flag("poor_household") else "general"])
    age = inputs.number("age_years")
    old_enough, other = age >= needed, inputs.flag("other_pension")
    work.ground(f"Đủ {needed} tuổi", f"{needed} years old", ages.reference, old_enough)
    work.ground(
        "Không hưởng lương hưu hoặc trợ cấp BHXH hằng tháng",
        "No pension or monthly social insurance benefit",
        ages.reference,
        not other,
    )
    amount = _monthly_social_pension(work) if old_enough and not other else Fraction(0)
    if not amount:
        work.step(
            "Không đủ điều kiện hưởng trợ cấp hưu trí xã hội",
            "No right to the social pension",
            f"{show(age)} / {needed}",
            ages.reference,
            amount,
        )
    return work.outcome(amount, required_age=needed)


def social_pension_funeral(work: Working) -> Outcome:
    """At least 20 times the social pension."""
    times = work.figure("social_pension.funeral_multiple")
    monthly = _monthly_social_pension(work)
    least = monthly * times.value
    work.step(
        "Hỗ trợ chi phí mai táng, mức thấp nhất",
        "Funeral support, the lowest",
        f"{times.value} × {show(monthly)} = {show(least)}",
        times.reference,
        least,
    )
    return work.outcome(least, minimum=whole_dong(least))


def _monthly_social_pension(work: Working) -> Fraction:
    if work.inputs.has("social_pension"):
        amount, article = work.inputs.number("social_pension"), "41/2024/QH15 Điều 22"
    else:
        used = work.figure("social_pension.amount")
        amount, article = exact(used.value), used.reference
    work.step("Mức trợ cấp hưu trí xã hội", "Amount of the social pension", show(amount), article, amount)
    return amount


def monthly_interim_allowance(work: Working) -> Outcome:
    """At pension age without the years: paid until the social pension begins.

    T months are covered by what was paid (two months of the mean a year, over the social
    pension), D months are left until the social age. T above D raises the amount; T under D ends
    early or is extended by one payment. ``received_months`` gives what the family gets on death.
    """
    months = work.inputs.whole("contribution_months")
    least = work.figure("interim.least_months")
    work.ground(f"Đóng từ đủ {least.value} tháng", f"{least.value} months paid", least.reference, months >= least.value)
    if months < least.value:
        return _no_interim(work, months, least.reference)
    social = _monthly_social_pension(work)
    until = work.inputs.whole("months_to_social_age")
    if not (until and social):
        raise BadInput("months_to_social_age" if social else "social_pension", 0)
    covered = _months_covered(work, months, social)
    tops_up = covered > until
    monthly = social * Fraction(covered, until) if tops_up else social
    paid_for = min(covered, until)
    work.step(
        f"Trợ cấp hằng tháng trong {paid_for} tháng",
        f"Monthly allowance for {paid_for} months",
        f"{show(social)} × {covered} / {until} = {show(monthly)}"
        if tops_up
        else f"{covered} ≤ {until}: {show(monthly)}",
        "159/2025/NĐ-CP Điều 14 khoản 3",
        monthly,
    )
    extension = max(0, until - covered) * social
    if extension:
        work.step(
            "Đóng một lần để hưởng đến tuổi hưởng trợ cấp hưu trí xã hội",
            "One payment to be paid until the social-pension age",
            f"({until} − {covered}) × {show(social)} = {show(extension)}",
            "159/2025/NĐ-CP Điều 14 khoản 5",
            extension,
        )
    values: dict[str, object] = {
        "months_entitled": covered,
        "top_up": tops_up,
        "monthly_amount": whole_dong(monthly),
        "one_off_to_extend": whole_dong(extension),
    }
    if work.inputs.has("received_months"):
        values["unpaid_to_family"] = _unpaid(work, monthly, paid_for)
    return work.outcome(monthly, **values)


def _months_covered(work: Working, months: int, social: Fraction) -> int:
    average = work.inputs.number("average")
    years = years_by_halves(months)
    per_year = exact(work.figure("one_time.months_per_year", on=date(2014, 1, 1)).value)
    value = average * per_year * years / social
    covered = ceil(value)
    work.step(
        f"Số tháng được hưởng với {show(years)} năm đóng, làm tròn lên",
        f"Months covered by {show(years)} years paid, rounded up",
        f"{show(average)} × {show(per_year)} × {show(years)} / {show(social)} = {show(value)} → {covered}",
        "159/2025/NĐ-CP Điều 14 khoản 3",
    )
    return covered


def _unpaid(work: Working, monthly: Fraction, paid_for: int) -> int:
    received = work.inputs.whole("received_months")
    rest = monthly * max(0, paid_for - received)
    work.step(
        "Người hưởng chết: thân nhân nhận các tháng chưa hưởng",
        "On death the family gets the months not yet paid",
        f"({paid_for} − {received}) × {show(monthly)} = {show(rest)}",
        "41/2024/QH15 Điều 23",
        rest,
    )
    return whole_dong(rest)


def _no_interim(work: Working, months: int, article: str) -> Outcome:
    work.step("Chưa đủ thời gian đóng", "Not enough months paid", f"{months}", article, Fraction(0))
    return work.outcome(Fraction(0), months_entitled=0, top_up=False, monthly_amount=0, one_off_to_extend=0)


def emigration_lump(work: Working) -> Outcome:
    """Settling abroad: months of the pension for the years paid, less half a month a month drawn.

    At least three months; three months of another monthly benefit. The months drawn are ``months_received``, or
    those from ``start_month`` to the deciding one, which is still paid.
    """
    inputs = work.inputs
    rule = work.figure("emigration.lump")
    kind = inputs.choice("benefit_kind", _KINDS) if inputs.has("benefit_kind") else _KINDS[0]
    floor = exact(rule.value["floor"])
    if kind != "pension":
        monthly = inputs.number("monthly_allowance")
        return _settled(work, monthly, floor, {"months_of_pension_raw": floor})
    pension = inputs.number("pension")
    earned = _months_earned(work)
    received = _months_drawn(work)
    minus = exact(rule.value["minus_per_month"])
    raw = earned - minus * received
    work.step(
        f"Trừ {show(minus)} tháng cho mỗi tháng đã hưởng, thấp nhất {show(floor)} tháng",
        f"Less {show(minus)} for each month drawn, at least {show(floor)}",
        f"{show(earned)} − {show(minus)} × {received} = {show(raw)}",
        rule.reference,
    )
    return _settled(work, pension, max(raw, floor), {"months_of_pension_raw": raw})


def _months_drawn(work: Working) -> int:
    inputs = work.inputs
    if inputs.has("start_month") and not inputs.has("months_received"):
        return max(0, Month.of(work.event_date) - inputs.month("start_month") + 1)
    return inputs.whole("months_received", 0)


def _months_earned(work: Working) -> Fraction:
    """From years in halves, or from months with the rule of odd months before 2014."""
    inputs = work.inputs
    if inputs.has("months_before_2014") or inputs.has("months_from_2014"):
        before, after = inputs.whole("months_before_2014", 0), inputs.whole("months_from_2014", 0)
        return months_of_average(work, before=before, after=after)
    old = exact(work.figure("one_time.months_per_year", on=date(2013, 12, 31)).value)
    new = exact(work.figure("one_time.months_per_year", on=date(2014, 1, 1)).value)
    years_before, years_from = _years_of(inputs, "years_before_2014"), _years_of(inputs, "years_from_2014")
    earned = old * years_before + new * years_from
    work.step(
        f"{show(years_before)} năm trước 2014 và {show(years_from)} năm từ 2014",
        f"{show(years_before)} years before 2014 and {show(years_from)} years from 2014",
        f"{show(old)} × {show(years_before)} + {show(new)} × {show(years_from)} = {show(earned)}",
        _article(work),
    )
    return earned


def _years_of(inputs: Inputs, part: str) -> Fraction:
    """Years of one part; a part not named has none, but one of the two must be named."""
    if not inputs.has(part) and any(inputs.has(name) for name in ("years_before_2014", "years_from_2014")):
        return Fraction(0)
    return inputs.number(part)


def _settled(work: Working, monthly: Fraction, months: Fraction, values: dict[str, object]) -> Outcome:
    amount = monthly * months
    work.step(
        "Trợ cấp một lần khi ra nước ngoài để định cư",
        "Lump sum on settling abroad",
        f"{show(monthly)} × {show(months)} = {show(amount)}",
        _article(work),
        amount,
    )
    return work.outcome(amount, **values)


def _article(work: Working) -> str:
    return "41/2024/QH15 Điều 76" if work.under_law_41 else "58/2014/QH13 Điều 65"


RULES = {
    "social_pension": social_pension,
    "social_pension_funeral": social_pension_funeral,
    "monthly_interim_allowance": monthly_interim_allowance,
    "emigration_lump": emigration_lump,
}
