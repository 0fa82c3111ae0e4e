"""Who may draw a pension: the normal age of a person and the conditions on a day.

Law 58/2014 articles 54-55 and 71, law 41/2024 articles 64-65 and 111; decree 135/2020.
"""

from __future__ import annotations

from ansinh.law.benefits.pension import SEXES
from ansinh.law.benefits.pension_age import (
    DECREE_135_FROM,
    FIFTEEN_YEARS,
    TWENTY_YEARS,
    disability_age,
    disability_age_now,
    is_disabled,
    month_after_age,
    plain_age,
)
from ansinh.law.benefits.retirement import normal_age, normal_age_of
from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Birth, Month
from ansinh.law.working import Working


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
    by_decree_135 = reached.year >= DECREE_135_FROM
    start = (reached + 1).first_day if by_decree_135 else month_after_age(work, birth, age)
    return work.outcome(None, normal_age_months=age, pension_start=start)


def pension_eligibility(work: Working) -> Outcome:
    """Whether a person may draw a pension on the deciding date, and what is still missing."""
    inputs = work.inputs
    sex = inputs.choice("sex", SEXES)
    compulsory, voluntary = _months_paid(work)
    counted = compulsory + voluntary
    age, birth = _age_and_birth(work)
    needed_age = plain_age(work, sex, birth.month, compulsory=compulsory, voluntary=voluntary)
    reached = _is_reached(work, birth, age, needed_age)
    enough = counted >= (FIFTEEN_YEARS if work.under_law_41 else TWENTY_YEARS) or (
        _is_commune_case(work, sex, compulsory)
    )
    required, eligible = needed_age, reached and enough
    if not reached and is_disabled(work) and _is_concluded(work):
        required = disability_age(work, sex, birth.month)
        reached_disabled = _is_reached(work, birth, age, required)
        if not reached_disabled:
            required = disability_age_now(work, sex)
        eligible = reached_disabled and compulsory >= TWENTY_YEARS
    _eligibility_steps(work, age=age, required=required, counted=counted, eligible=eligible)
    return work.outcome(
        None,
        eligible=eligible,
        age_months=age,
        required_age_months=required,
        counted_months=counted,
        needs_disability=not reached,
        missing_months_to_20y=max(0, TWENTY_YEARS - counted),
    )


def _is_concluded(work: Working) -> bool:
    inputs = work.inputs
    if inputs.has("disability_conclusion_date"):
        return inputs.first_day("disability_conclusion_date") <= work.event_date
    if inputs.has("disability_conclusion_month"):
        return inputs.month("disability_conclusion_month") <= Month.of(work.event_date)
    return True


def _is_commune_case(work: Working, sex: str, compulsory: int) -> bool:
    """Law 58 article 54 k3: women commune officers with 15 to under 20 compulsory years."""
    return (
        sex == "female"
        and not work.under_law_41
        and work.inputs.flag("commune_officer")
        and compulsory >= FIFTEEN_YEARS
    )


def _months_paid(work: Working) -> tuple[int, int]:
    """Compulsory and voluntary months; ``contribution_months`` alone are all of both."""
    inputs = work.inputs
    voluntary = inputs.whole("voluntary_months", 0)
    if inputs.has("compulsory_months") or (voluntary and not inputs.has("contribution_months")):
        return inputs.whole("compulsory_months", 0), voluntary
    total = inputs.whole("contribution_months")
    if voluntary > total:
        raise BadInput("voluntary_months", voluntary)
    return total - voluntary, voluntary


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
    return work.event_date >= month_after_age(work, birth, required)


def _age_step(work: Working, age: int) -> None:
    work.step(
        f"Tuổi nghỉ hưu: {age // 12} tuổi {age % 12} tháng",
        f"Retirement age: {age // 12} years {age % 12} months",
        f"{age} = {age // 12} × 12 + {age % 12}",
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


RULES = {"retirement_age": retirement_age, "pension_eligibility": pension_eligibility}
