"""The first month of a pension.

Law 41/2024 articles 98 and 101; circulars 59/2015 articles 15 and 18, 105/2016 article 14, 01/2016
articles 5 and 8, 12/2025 article 15.
"""

from __future__ import annotations

from datetime import date

from ansinh.law.benefits.pension import SEXES
from ansinh.law.benefits.pension_age import (
    FIFTEEN_YEARS,
    TWENTY_YEARS,
    disability_age,
    is_disabled,
    month_after_age,
    plain_age,
)
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Birth, Month
from ansinh.law.working import LAW_41, Working

_COMPULSORY_CASE = 6


def pension_start(work: Working) -> Outcome:
    """First month of the pension: the latest of age, time, conclusion and last payment."""
    inputs = work.inputs
    dates: list[date] = []
    values: dict[str, object] = {"interest": 0}
    met_on = _age_condition(work, values)
    if met_on is not None:
        dates.append(met_on)
    events = (
        ("disability_conclusion_date", "kết luận suy giảm khả năng lao động", "the medical conclusion"),
        ("disability_conclusion_month", "kết luận suy giảm khả năng lao động", "the medical conclusion"),
        ("last_contribution_month", "thôi đóng", "the last contribution"),
    )
    dates += [_candidate(work, inputs.month(n) + 1, vi, en) for n, vi, en in events if inputs.has(n)]
    complete = _missing_time(work, values, dates)
    if dates and complete:
        start = max(dates)
        values["pension_start"] = start
        if is_disabled(work):
            values["disability_pension_from"] = start
        work.step(
            f"Lương hưu từ {start:%d/%m/%Y}, muộn nhất trong các ngày trên; nộp chậm được truy lĩnh, không tính lãi",
            f"The pension begins on {start}, the latest of these; a late request is paid back without interest",
            "",
            "12/2025/TT-BNV Điều 15" if work.under_law_41 else "59/2015/TT-BLĐTBXH Điều 18",
        )
    return work.outcome(None, **values)


def _age_condition(work: Working, values: dict[str, object]) -> date | None:
    """First month after the age is reached; also notes the day the condition is met."""
    inputs = work.inputs
    if inputs.has("age_reached_month"):
        after_age = _candidate(work, inputs.month("age_reached_month") + 1, "đủ tuổi", "reaching the age")
        if not work.under_law_41:
            values["age_condition_met_on"] = after_age
        return after_age
    if not inputs.has("birth"):
        return None
    birth = inputs.birth()
    age = _required_age(work, birth)
    after = month_after_age(work, birth, age)
    values["age_condition_met_on"] = birth.day_of_age(age) if work.under_law_41 else after
    return _candidate(work, Month.of(after), "đủ tuổi", "reaching the age")


def _required_age(work: Working, birth: Birth) -> int:
    """As given; a normal age given says nothing about the lower age of a disabled person."""
    if work.inputs.has("required_age_months"):
        return work.inputs.whole("required_age_months")
    if is_disabled(work):
        return disability_age(work, work.inputs.choice("sex", SEXES), birth.month)
    if work.inputs.has("normal_age_months"):
        return work.inputs.whole("normal_age_months")
    sex = work.inputs.choice("sex", SEXES)
    return plain_age(work, sex, birth.month, compulsory=TWENTY_YEARS, voluntary=0)


def _missing_time(work: Working, values: dict[str, object], dates: list[date]) -> bool:
    """Months still missing and their payment; False while time is missing and not paid."""
    inputs = work.inputs
    if not inputs.has("contribution_months"):
        if inputs.has("one_off_payment_month"):
            months = inputs.whole("one_off_months")
            dates.append(_one_off_start(work, months))
            values |= {"one_off_months": months, "missing_months": months}
        return True
    threshold = FIFTEEN_YEARS if work.under_law_41 and not is_disabled(work) else TWENTY_YEARS
    paid = inputs.whole("contribution_months") + inputs.whole("prepaid_months", 0)
    missing = inputs.whole("one_off_months", max(0, threshold - paid))
    values |= {"missing_months": missing, "one_off_months": missing}
    has_paid = inputs.has("one_off_payment_month") and missing > 0
    total = paid + (missing if has_paid or inputs.has("one_off_months") else 0)
    values["total_months"] = total
    work.step(
        f"Thời gian còn thiếu để đủ {threshold} tháng",
        f"Months missing to {threshold}",
        f"max(0; {threshold} − {paid}) = {max(0, threshold - paid)}",
        "41/2024/QH15 Điều 98, 101" if work.under_law_41 else "58/2014/QH13 Điều 54; 01/2016 Điều 8",
    )
    if has_paid:
        dates.append(_one_off_start(work, missing))
    if work.under_law_41 and total < TWENTY_YEARS:
        dates.append(
            _candidate(work, Month.of(LAW_41), "Luật 41/2024 cho hưởng từ 15 năm đóng", "the pension from 15 years")
        )
    return total >= threshold


def _one_off_start(work: Working, months: int) -> date:
    """At most six missing months under law 58: the month of payment; otherwise the month after."""
    paid_in = work.inputs.month("one_off_payment_month")
    same_month = months <= _COMPULSORY_CASE and not work.under_law_41
    return _candidate(
        work, paid_in + (0 if same_month else 1), "đóng đủ một lần số tháng còn thiếu", "the one-off payment"
    )


def _candidate(work: Working, month: Month, vi: str, en: str) -> date:
    work.step(
        f"Sớm nhất do {vi}: từ {month.first_day:%d/%m/%Y}",
        f"Earliest because of {en}: from {month.first_day}",
        f"{month}",
        "12/2025/TT-BNV Điều 15" if work.under_law_41 else "59/2015/TT-BLĐTBXH Điều 18",
    )
    return month.first_day


RULES = {"pension_start": pension_start}
