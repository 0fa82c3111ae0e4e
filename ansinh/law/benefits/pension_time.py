"""When a pension may begin: retirement age, conditions, first month.

Law 58/2014 articles 54-55 and 71, law 41/2024 articles 64-65, 98, 101 and 111; circulars 59/2015,
105/2016, 01/2016 and 12/2025; decree 158/2025 article 12.
"""

from __future__ import annotations

from datetime import date

from ansinh.law.benefits.pension import SEXES
from ansinh.law.benefits.retirement import (
    disability_age_of,
    disability_age_of_year,
    lowered_age_of,
    normal_age,
    normal_age_of,
    own_lower_age,
    special_months,
)
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Birth, Month
from ansinh.law.working import LAW_41, Working

_TWENTY_YEARS, _FIFTEEN_YEARS = 240, 180
_DISABLED_FROM = 61
_COMPULSORY_CASE = 6
_DECREE_135_FROM = 2021


def retirement_age(work: Working) -> Outcome:
    """Normal age of a retirement year, or of a person with the first month of the pension."""
    sex = work.inputs.choice("sex", SEXES)
    if not work.inputs.has("birth"):
        year = work.inputs.whole("retirement_year")
        age = normal_age(work, sex, year)
        _age_step(work, age)
        return work.outcome(None, normal_age_months=age)
    birth = work.inputs.birth()
    age = normal_age_of(work, sex, birth.month)
    _age_step(work, age)
    reached = birth.month + age
    by_decree_135 = reached.year >= _DECREE_135_FROM
    start = (reached + 1).first_day if by_decree_135 else _month_after_age(work, birth, age)
    return work.outcome(None, normal_age_months=age, pension_start=start)


def pension_eligibility(work: Working) -> Outcome:
    """Whether a person may draw a pension on the deciding date, and what is still missing."""
    inputs = work.inputs
    sex = inputs.choice("sex", SEXES)
    compulsory, voluntary = _months_paid(work)
    counted = compulsory + voluntary
    age, birth = _age_and_birth(work)
    plain_age = _plain_age(work, sex, birth.month, compulsory)
    reached = _is_reached(work, birth, age, plain_age)
    enough = counted >= (_FIFTEEN_YEARS if work.under_law_41 else _TWENTY_YEARS) or (
        _is_commune_case(work, sex, compulsory)
    )
    required, eligible = plain_age, reached and enough
    if not reached and _is_disabled(work) and _is_concluded(work):
        required = _disability_age(work, sex, birth.month)
        reached_disabled = _is_reached(work, birth, age, required)
        if not reached_disabled:
            required = _disability_age_now(work, sex)
        eligible = reached_disabled and compulsory >= _TWENTY_YEARS
    _eligibility_steps(work, age=age, required=required, counted=counted, eligible=eligible)
    return work.outcome(
        None,
        eligible=eligible,
        age_months=age,
        required_age_months=required,
        counted_months=counted,
        needs_disability=not reached,
        missing_months_to_20y=max(0, _TWENTY_YEARS - counted),
    )


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
        if _is_disabled(work):
            values["disability_pension_from"] = start
        work.step(
            "Lương hưu từ ngày muộn nhất trong các ngày trên; nộp chậm được truy lĩnh, không tính lãi",
            "The pension begins on the latest of these; a late request is paid back without interest",
            f"{start:%d/%m/%Y}",
            "12/2025/TT-BNV Điều 15" if work.under_law_41 else "59/2015/TT-BLĐTBXH Điều 18",
        )
    return work.outcome(None, **values)


def _age_condition(work: Working, values: dict[str, object]) -> date | None:
    """First month after the age is reached; also notes the day the condition is met."""
    inputs = work.inputs
    if inputs.has("age_reached_month"):
        return _candidate(work, inputs.month("age_reached_month") + 1, "đủ tuổi", "reaching the age")
    if not inputs.has("birth"):
        return None
    birth = inputs.birth()
    age = _required_age(work, birth)
    after = _month_after_age(work, birth, age)
    values["age_condition_met_on"] = birth.day_of_age(age) if work.under_law_41 else after
    return _candidate(work, Month.of(after), "đủ tuổi", "reaching the age")


def _required_age(work: Working, birth: Birth) -> int:
    for name in ("required_age_months", "normal_age_months"):
        if work.inputs.has(name):
            return work.inputs.whole(name)
    sex = work.inputs.choice("sex", SEXES)
    if _is_disabled(work):
        return _disability_age(work, sex, birth.month)
    return _plain_age(work, sex, birth.month, work.inputs.whole("contribution_months", _TWENTY_YEARS))


def _missing_time(work: Working, values: dict[str, object], dates: list[date]) -> bool:
    """Months still missing and their payment; False while time is missing and not paid."""
    inputs = work.inputs
    if not inputs.has("contribution_months"):
        if inputs.has("one_off_payment_month"):
            months = inputs.whole("one_off_months")
            dates.append(_one_off_start(work, months))
            values |= {"one_off_months": months, "missing_months": months}
        return True
    threshold = _FIFTEEN_YEARS if work.under_law_41 and not _is_disabled(work) else _TWENTY_YEARS
    paid = inputs.whole("contribution_months") + inputs.whole("prepaid_months", 0)
    missing = inputs.whole("one_off_months", max(0, threshold - paid))
    values |= {"missing_months": missing, "one_off_months": missing}
    has_paid = inputs.has("one_off_payment_month") and missing > 0
    total = paid + (missing if has_paid or inputs.has("one_off_months") else 0)
    values["total_months"] = total
    work.step(
        f"Thời gian còn thiếu để đủ {threshold} tháng",
        f"Months missing to {threshold}",
        f"{threshold} − {paid} = {max(0, threshold - paid)}",
        "41/2024/QH15 Điều 98, 101" if work.under_law_41 else "58/2014/QH13 Điều 54; 01/2016 Điều 8",
    )
    if has_paid:
        dates.append(_one_off_start(work, missing))
    if work.under_law_41 and total < _TWENTY_YEARS:
        dates.append(LAW_41)
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


def _month_after_age(work: Working, birth: Birth, age: int) -> date:
    """The month after the birthday month; by law 58 next 1 January when only the year is known."""
    if birth.year_only and not work.under_law_41:
        return date((birth.month + age).year + 1, 1, 1)
    return (birth.month + age + 1).first_day


def _plain_age(work: Working, sex: str, birth: Month, compulsory: int) -> int:
    """Required age in months without disability; lower ages need enough compulsory time."""
    normal = normal_age_of(work, sex, birth)
    needed = _FIFTEEN_YEARS if work.under_law_41 else _TWENTY_YEARS
    if compulsory < needed:
        return normal
    armed = work.inputs.flag("armed_forces")
    if work.inputs.whole("coal_months", 0) >= _FIFTEEN_YEARS and work.event_date.year <= 2020:
        return 50 * 12
    gap = own_lower_age(work)
    if armed:
        gap = 120 if special_months(work) >= _FIFTEEN_YEARS else 60
    return lowered_age_of(work, sex, birth, gap=gap) if gap else normal


def _disability_age(work: Working, sex: str, birth: Month) -> int:
    if work.inputs.whole("especially_hazardous_months", 0) >= _FIFTEEN_YEARS:
        return 0
    return disability_age_of(
        sex,
        birth,
        percent=work.inputs.whole("disability_percent"),
        armed=work.inputs.flag("armed_forces"),
        from_year=_conclusion_year(work),
    )


def _disability_age_now(work: Working, sex: str) -> int:
    """The age asked in the deciding year, for a person who has not reached it."""
    return disability_age_of_year(
        sex,
        work.event_date.year,
        percent=work.inputs.whole("disability_percent"),
        armed=work.inputs.flag("armed_forces"),
    )


def _conclusion_year(work: Working) -> int:
    for name in ("disability_conclusion_date", "disability_conclusion_month"):
        if work.inputs.has(name):
            return work.inputs.month(name).year
    return work.event_date.year


def _is_disabled(work: Working) -> bool:
    return work.inputs.whole("disability_percent", 0) >= _DISABLED_FROM


def _is_concluded(work: Working) -> bool:
    name = "disability_conclusion_date"
    return not work.inputs.has(name) or work.inputs.day(name) <= work.event_date


def _is_commune_case(work: Working, sex: str, compulsory: int) -> bool:
    """Law 58 article 54 k3: women commune officers with 15 to under 20 compulsory years."""
    return (
        sex == "female"
        and not work.under_law_41
        and work.inputs.flag("commune_officer")
        and compulsory >= _FIFTEEN_YEARS
    )


def _months_paid(work: Working) -> tuple[int, int]:
    if work.inputs.has("compulsory_months") or work.inputs.has("voluntary_months"):
        return work.inputs.whole("compulsory_months", 0), work.inputs.whole("voluntary_months", 0)
    return work.inputs.whole("contribution_months"), 0


def _age_and_birth(work: Working) -> tuple[int, Birth]:
    """Age in months as printed (the day ignored) and the birth it stands for."""
    month = Month.of(work.event_date)
    if work.inputs.has("birth"):
        birth = work.inputs.birth()
        return month - birth.month, birth
    age = work.inputs.whole("age_at_start_months")
    return age, Birth((month + -age).first_day)


def _is_reached(work: Working, birth: Birth, age: int, required: int) -> bool:
    if not work.inputs.has("birth"):
        return age >= required
    if work.under_law_41:
        return work.event_date >= birth.day_of_age(required)
    return work.event_date >= _month_after_age(work, birth, required)


def _age_step(work: Working, age: int) -> None:
    work.step(
        f"Tuổi nghỉ hưu: {age // 12} tuổi {age % 12} tháng",
        f"Retirement age: {age // 12} years {age % 12} months",
        f"{age} tháng",
        "45/2019/QH14 Điều 169; 135/2020/NĐ-CP Điều 4",
    )


def _eligibility_steps(work: Working, *, age: int, required: int, counted: int, eligible: bool) -> None:
    article = "41/2024/QH15 Điều 64, 65" if work.under_law_41 else "58/2014/QH13 Điều 54, 55"
    work.step(
        f"Tuổi {age} tháng, tuổi cần có {required} tháng",
        f"Age {age} months, {required} needed",
        f"{age} / {required}",
        article,
    )
    work.step(
        f"Thời gian đóng {counted} tháng: " + ("đủ điều kiện" if eligible else "chưa đủ điều kiện"),
        f"{counted} months paid: " + ("entitled" if eligible else "not entitled"),
        f"{counted}",
        article,
    )


RULES = {
    "retirement_age": retirement_age,
    "pension_eligibility": pension_eligibility,
    "pension_start": pension_start,
}
