"""Older monthly allowances and supports, and the regional allowance paid once.

Decisions 91/2000 and 613/2010 (16/2010), 130-CP and 111-HĐBT, 09/1998, 52/2013, 45/2011
(28/2012), and 115/2015 article 21 with 59/2015 article 31.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.benefits.indexation import RISES
from ansinh.law.benefits.indexation_2016 import FROM as DECREE_55_FROM
from ansinh.law.benefits.indexation_2016 import apply_2016
from ansinh.law.benefits.indexation_rules import Benefit, apply_rise
from ansinh.law.errors import LawError
from ansinh.law.figures import Figure, history
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show, whole_dong
from ansinh.law.working import Working, read_day

_SEXES = ("male", "female")
_END_OF_WORKING_AGE = {"male": 60 * 12, "female": 55 * 12}
_FIRST_MONTH = Month(2010 * 12 + 4)


def monthly_allowance_613(work: Working) -> Outcome:
    """Start and amount at the start for people whose loss-of-capacity allowance had ended.

    From May 2010, the month after 60 or 55, or after release or return, whichever is last; with
    only a year of birth, January of the year of that age. The amount follows every rise.
    """
    inputs = work.inputs
    birth = inputs.birth()
    age = _END_OF_WORKING_AGE[inputs.choice("sex", _SEXES)]
    reached = Month.of(birth.day_of_age(age))
    after_age = reached if birth.year_only else reached + 1
    months = [_FIRST_MONTH, after_age]
    months += [inputs.month(name) + 1 for name in ("release_month", "return_month") if inputs.has(name)]
    start = max(months)
    work.step(
        f"Hưởng từ {start.vi}: muộn nhất trong tháng 05/2010, sau tuổi lao động, sau khi được trả tự do hoặc trở về",
        f"Paid from {start}: the last of May 2010, the end of working age, release or return",
        ", ".join(str(month) for month in months),
        "16/2010/TT-BLĐTBXH Điều 3",
    )
    amount = _raised_until(work, start)
    return work.outcome(Fraction(amount), start=start.first_day)


def _raised_until(work: Working, start: Month) -> int:
    """The amount of May 2010 with every later rise up to the start, each on the one before."""
    first = work.figure("allowance.monthly_613", on=_FIRST_MONTH.first_day)
    amount = int(first.value)
    work.step("Mức trợ cấp tại tháng 05/2010", "Amount in May 2010", show(amount), first.reference, Fraction(amount))
    running = Benefit("allowance_91_613", _FIRST_MONTH + -1, None, is_preschool_teacher=False)
    for decree in history(RISES):
        if first.valid_from < decree.valid_from <= start.first_day:
            amount = _next_amount(work, decree, running, amount)
    return amount


def _next_amount(work: Working, decree: Figure, running: Benefit, amount: int) -> int:
    used = work.figure(RISES, on=decree.valid_from)
    if Month.of(used.valid_from) != DECREE_55_FROM:
        return apply_rise(work, used, running, amount)[1]
    return apply_2016(work, used, running, amount)[1][DECREE_55_FROM]


def old_commune_officer_allowance(work: Working) -> Outcome:
    """The amount set by circular for old commune officers (130-CP, 111-HĐBT), from July 2024."""
    inputs = work.inputs
    inputs.need("receiving")
    used = work.figure("allowance.old_commune_officer")
    amount = Fraction(used.value) if inputs.flag("receiving") else Fraction(0)
    work.step(
        "Trợ cấp hằng tháng cán bộ xã già yếu đã nghỉ việc",
        "Monthly allowance of old commune officers who left work",
        show(amount),
        used.reference,
        amount,
    )
    return work.outcome(amount)


def commune_waiting_09_1998(work: Working) -> Outcome:
    """Officers waiting for the allowance of decree 09/1998: the age, and the mean it is taken from.

    How the amount is taken from the mean living allowance of the last five years is not known to
    us: ``amount`` is asked for, then raised by ``pension_indexation``.
    """
    ages = work.figure("allowance.commune_1998_age")
    sex = work.inputs.choice("sex", _SEXES)
    birth = work.inputs.birth()
    reached = birth.day_of_age(12 * int(ages.value[sex]))
    if work.inputs.has("average_living_allowance"):
        raise LawError(
            "rule-not-known",
            "Cách tính mức trợ cấp theo Nghị định 09/1998/NĐ-CP từ sinh hoạt phí bình quân chưa có trong hệ thống. "
            "Hãy tính theo văn bản và nhập số tiền.",
            "How decree 09/1998 takes the amount from the mean living allowance is not in the system. "
            "Work it out from the text and enter the amount.",
        )
    work.ground(
        f"Đủ {ages.value[sex]} tuổi vào ngày {reached:%d/%m/%Y}",
        f"{ages.value[sex]} years of age on {reached}",
        ages.reference,
        reached <= work.event_date,
    )
    work.step(
        f"Đủ {ages.value[sex]} tuổi ngày {reached:%d/%m/%Y}",
        f"{ages.value[sex]} years old on {reached}",
        f"{birth.day} + {ages.value[sex]} × 12",
        ages.reference,
    )
    return work.outcome(None, age_reached_on=reached, age_reached=reached <= work.event_date)


def teacher_allowance_52_2013(work: Working) -> Outcome:
    """Teachers who retired from 1994 to May 2011 without the seniority allowance: one payment."""
    used = work.figure("allowance.teacher_52_2013")
    rule = used.value
    retired = work.inputs.first_day("retired_on")
    first, last = (read_day(name, rule[name]) for name in ("retired_from", "retired_until"))
    if not first <= retired <= last:
        return _not_covered(work, used, retired)
    work.doubt(
        "Trợ cấp nhà giáo: có nơi nhớ là không chia đôi, cần đọc Điều 3 Nghị định 14/2020/NĐ-CP",
        "Teachers' allowance: some recall it without the division by two; article 3 of decree 14/2020 is to be read",
    )
    pension, years = work.inputs.number("pension"), work.inputs.number("seniority_years")
    raw = pension * exact(rule["rate"]) * years / rule["divisor"]
    amount = max(raw, Fraction(rule["floor"]))
    work.step(
        "Trợ cấp một lần của nhà giáo, không thấp hơn mức tối thiểu",
        "Teacher's lump sum, not under the lowest",
        f"max({show(pension)} × {show(exact(rule['rate']) * 100)}% × {show(years)} / {rule['divisor']} = {show(raw)}; "
        f"{show(rule['floor'])}) = {show(amount)}",
        used.reference,
        amount,
    )
    return work.outcome(amount, uncapped=whole_dong(raw))


def _not_covered(work: Working, used: Figure, retired: date) -> Outcome:
    work.step(
        "Nghỉ hưu ngoài thời gian được áp dụng",
        "Retired outside the time covered",
        f"{retired}",
        used.reference,
        Fraction(0),
    )
    return work.outcome(Fraction(0))


def preschool_teacher_support(work: Working) -> Outcome:
    """The State pays a month for each preschool month before 1995, at most 60 and what is missing."""
    inputs = work.inputs
    used = work.figure("support.preschool_teacher")
    rule = used.value
    missing = max(0, int(rule["full_time"]) - inputs.whole("contributed_months"))
    before_1995 = inputs.whole("preschool_months_before_1995")
    supported = min(missing, before_1995, int(rule["months"]))
    work.step(
        f"Nhà nước hỗ trợ {supported} tháng, tự đóng {missing - supported} tháng",
        f"The State pays {supported} months, {missing - supported} are paid alone",
        f"min({missing}; {before_1995}; {rule['months']}) = {supported}; {missing} − {supported}",
        used.reference,
    )
    level = work.level()
    monthly = exact(rule["rate"]) * level
    work.step(
        "Mức hỗ trợ một tháng",
        "Support of one month",
        f"{show(exact(rule['rate']) * 100)}% × {show(level)} = {show(monthly)}",
        used.reference,
        monthly,
    )
    return work.outcome(
        monthly,
        monthly_support=whole_dong(monthly),
        supported_months=supported,
        self_paid_months=missing - supported,
    )


def regional_allowance(work: Working) -> Outcome:
    """Regional allowance in one sum: coefficient × months × 15% of the base salary."""
    rate = work.figure("regional_allowance.rate")
    rows = [(row.number("coefficient"), row.whole("months")) for row in work.inputs.rows("rows")]
    level = work.level()
    total = sum((coefficient * months for coefficient, months in rows), Fraction(0))
    amount = total * exact(rate.value) * level
    work.step(
        "Trợ cấp khu vực một lần",
        "Regional allowance in one sum",
        f"({' + '.join(f'{show(coefficient)} × {months}' for coefficient, months in rows)}) × "
        f"{show(exact(rate.value) * 100)}% × {show(level)} = {show(amount)}",
        rate.reference,
        amount,
    )
    return work.outcome(amount)


RULES = {
    "monthly_allowance_613": monthly_allowance_613,
    "old_commune_officer_allowance": old_commune_officer_allowance,
    "commune_waiting_09_1998": commune_waiting_09_1998,
    "teacher_allowance_52_2013": teacher_allowance_52_2013,
    "preschool_teacher_support": preschool_teacher_support,
    "regional_allowance": regional_allowance,
}
