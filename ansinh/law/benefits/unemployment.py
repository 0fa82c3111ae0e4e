"""Unemployment: monthly benefit, months, months kept, first day, training support.

Law 38/2013 article 50 and 28/2015 until 2025; law 74/2025 articles 38 and 39, 374/2025 articles 8
and 11 from 1 January 2026. The day work ended decides.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.calendar import default_calendar
from ansinh.law.contributions.wages import level_named, name_of_level
from ansinh.law.counting import Unit, nominal
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import HALF, add_months, exact, show, whole_dong
from ansinh.law.working import Working

LAW_74 = date(2026, 1, 1)
_MONTHS_TO_FILE = 3


def unemployment(work: Working) -> Outcome:
    """60% of the mean of the last six months, at most five minimum wages; months and months kept.

    ``last_month_paid`` dates the minimum wage, ``received_months`` says how many months were
    really received (else all), ``filed_on`` gives the first day.
    """
    paid = work.inputs.whole("contributed_months")
    months = _months(work, paid)
    _conditions(work, paid)
    values: dict[str, object] = {"months": months, "kept_months": _kept(work, paid, months)}
    if work.inputs.has("filed_on"):
        values |= _first_day(work)
    if not months:
        return work.outcome(Fraction(0), monthly=0, **values)
    if not work.inputs.has("average"):
        return work.outcome(None, **values)
    monthly = _monthly(work)
    health = exact(work.figure("health.rate").value) * monthly
    return work.outcome(monthly, monthly=whole_dong(monthly), health_insurance=whole_dong(health), **values)


def _conditions(work: Working, paid: int) -> None:
    """What the right needs; what no number says is for the officer to check (law 74/2025 article 38)."""
    article = "74/2025/QH15 Điều 38" if work.event_date >= LAW_74 else "38/2013/QH13 Điều 49"
    least = work.figure("unemployment.months").value["least_paid"]
    filed = work.inputs.day("filed_on") if work.inputs.has("filed_on") else None
    in_time = None if filed is None else filed <= add_months(work.event_date, _MONTHS_TO_FILE)
    for vi, en, met in (
        (
            f"Đóng đủ {least} tháng trong 24 tháng (36 tháng với hợp đồng từ 1 đến dưới 12 tháng)",
            f"{least} months paid in 24 (36 for contracts of 1 to under 12 months)",
            None if paid >= least else False,
        ),
        (
            f"Nộp hồ sơ trong {_MONTHS_TO_FILE} tháng từ khi chấm dứt việc làm",
            f"Filed within {_MONTHS_TO_FILE} months of the end of the work",
            in_time,
        ),
        ("Chưa có việc làm trong thời gian chờ sau khi nộp", "No work during the waiting days after filing", None),
        ("Không đủ điều kiện hưởng lương hưu", "Not entitled to a pension", None),
    ):
        work.ground(vi, en, article, met)


def _months(work: Working, paid: int) -> int:
    used = work.figure("unemployment.months")
    rule = used.value
    further = max(0, (paid - rule["first_up_to"]) // rule["per_further"])
    months = min(rule["most"], rule["first"] + further) if paid >= rule["least_paid"] else 0
    work.step(
        f"Đóng {paid} tháng: hưởng {months} tháng"
        if months
        else f"Đóng {paid} tháng: chưa đủ {rule['least_paid']} tháng",
        f"{paid} months paid: {months} months of benefit" if months else f"{paid} months paid: not enough",
        f"{rule['first']} + ({paid} − {rule['first_up_to']}) / {rule['per_further']} → {months}",
        used.reference,
        None if months else Fraction(0),
    )
    return int(months)


def _kept(work: Working, paid: int, months: int) -> int:
    """Months kept for another time: over 36 up to 144 paid, less 12 for each month received."""
    used = work.figure("unemployment.months")
    rule = used.value
    received = work.inputs.whole("received_months", months)
    if paid > rule["kept_up_to"] and work.event_date < LAW_74:
        work.doubt(
            "Thời gian đóng trên 144 tháng có được bảo lưu hay không trước năm 2026",
            "Whether time paid above 144 months was kept before 2026",
        )
    if not rule["first_up_to"] < paid <= rule["kept_up_to"]:
        return 0
    kept = max(0, paid - rule["per_further"] * received)
    work.step(
        f"Bảo lưu {kept} tháng",
        f"{kept} months are kept",
        f"{paid} − {rule['per_further']} × {received} = {kept}",
        used.reference,
    )
    return int(kept)


def _monthly(work: Working) -> Fraction:
    average = work.inputs.number("average")
    rate = work.figure("unemployment.rate")
    cap = work.figure("unemployment.cap")
    kind = cap.value["state_scale" if work.inputs.flag("state_scale") else "employer_pay"]
    last = work.inputs.month("last_month_paid") if work.inputs.has("last_month_paid") else None
    level = level_named(work, kind, last)
    ceiling = cap.value["multiple"] * level
    wanted = exact(rate.value) * average
    monthly: Fraction = min(wanted, ceiling)
    words = name_of_level(work, kind)
    work.step(
        f"Trợ cấp thất nghiệp mỗi tháng, cao nhất {cap.value['multiple']} lần {words[0]}",
        f"Monthly unemployment benefit, at most {cap.value['multiple']} times {words[1]}",
        f"min({show(exact(rate.value) * 100)}% × {show(average)} = {show(wanted)}; "
        f"{cap.value['multiple']} × {show(level)} = {show(ceiling)}) = {show(monthly)}",
        cap.reference,
        monthly,
    )
    return monthly


def _first_day(work: Working) -> dict[str, object]:
    """The eleventh working day after filing (law 74/2025); before 2026 the sixteenth day."""
    used = work.figure("unemployment.first_day")
    filed = work.inputs.day("filed_on")
    number, unit = int(used.value["day"]), Unit(used.value["unit"])
    first = nominal(filed, number, unit, calendar=default_calendar())
    words = ("ngày làm việc", "working day") if unit is Unit.WORKING_DAY else ("ngày", "day")
    work.step(
        f"Hưởng từ {words[0]} thứ {number} sau khi nộp hồ sơ",
        f"Paid from {words[1]} {number} after filing",
        f"{filed} → {first}",
        used.reference,
    )
    return {"starts_on": first}


def unemployment_training(work: Working) -> Outcome:
    """Tuition paid by the fund and meals; a course of ``course_months`` and ``course_days``."""
    rule = work.figure("unemployment.training")
    months = work.inputs.whole("course_months")
    odd_days = work.inputs.whole("course_days", 0)
    tuition = work.inputs.number("tuition")
    used = rule.value
    if months < 3:
        ceiling = Fraction(used["course_under_3_months"])
        work.step(
            "Khóa dưới 3 tháng: hỗ trợ học phí theo khóa",
            "Course under 3 months: tuition by the course",
            f"min({show(tuition)}; {show(ceiling)})",
            rule.reference,
            min(tuition, ceiling),
        )
    else:
        whole = months + _odd_part(odd_days, used["odd_days_half_month_up_to"])
        counted = min(Fraction(used["max_months"]), whole)
        tuition = _tuition_of(work, tuition, counted=counted, whole=whole)
        ceiling = counted * used["per_month_from_3_months"]
        work.step(
            f"Khóa từ 3 tháng: tính {show(counted)} tháng",
            f"Course from 3 months: {show(counted)} months count",
            f"min({show(tuition)}; {show(counted)} × {show(used['per_month_from_3_months'])} = {show(ceiling)})",
            rule.reference,
            min(tuition, ceiling),
        )
    meals = Fraction(used["meals_per_day"] * work.inputs.whole("meal_days", 0))
    total = min(tuition, ceiling) + meals
    work.step(
        "Học phí và tiền ăn được hỗ trợ",
        "Tuition and meals supported",
        f"{show(min(tuition, ceiling))} + {show(meals)} = {show(total)}",
        rule.reference,
        total,
    )
    return work.outcome(total, tuition=whole_dong(min(tuition, ceiling)), meals=whole_dong(meals))


def _tuition_of(work: Working, tuition: Fraction, *, counted: Fraction, whole: Fraction) -> Fraction:
    """The tuition of the months that count: the fund pays nothing for the months after them."""
    if counted == whole:
        return tuition
    work.doubt(
        "Khóa học dài hơn thời gian được hỗ trợ: học phí chia đều theo tháng",
        "A course longer than the supported time: tuition spread evenly over its months",
    )
    part = tuition * counted / whole
    work.step(
        f"Học phí của {show(counted)} tháng được tính, trong {show(whole)} tháng",
        f"Tuition of the {show(counted)} months that count, of {show(whole)}",
        f"{show(tuition)} × {show(counted)} / {show(whole)} = {show(part)}",
        "374/2025/NĐ-CP Điều 11",
        part,
    )
    return part


def _odd_part(days: int, half_up_to: int) -> Fraction:
    """Odd days up to 14 are half a month, 15 and more a whole one."""
    if not days:
        return Fraction(0)
    return HALF if days <= half_up_to else Fraction(1)


RULES = {"unemployment": unemployment, "unemployment_training": unemployment_training}
