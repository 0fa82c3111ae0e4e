"""Pension: rate, early reduction, lump sum at retirement.

Law 58/2014 articles 54-58, law 41/2024 articles 64-68 and 98-100.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.benefits.pension_floor import with_floor
from ansinh.law.benefits.pension_treaty import is_treaty_case, treaty_rate
from ansinh.law.benefits.retirement import normal_age, own_lower_age
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import (
    add_months,
    exact,
    full_months_between,
    show,
    whole_dong,
    years_by_halves,
)
from ansinh.law.working import Working

SEXES = ("male", "female")
_PERCENT_AT_THRESHOLD = 45
_POINTS_OF_LAW_71 = 1
_TWENTY_YEARS, _POINTS_OF_COMMUNE_OFFICERS = 240, 2
# The figures of the lump sum begin here; of an older pension only rate and amount are known.
_LUMP_KNOWN_FROM = date(2016, 1, 1)


def pension_rate(work: Working) -> Outcome:
    """Rate in percent (halves kept), months of lump sum, and the pension when a mean is given."""
    earned = treaty_rate(work) if is_treaty_case(work) else full_rate(work, _points_of_commune_officer(work))
    rate = max(Fraction(0), earned - early_reduction(work))
    given = work.inputs.has("average_salary")
    pension = _pension(work, work.inputs.number("average_salary"), rate) if given else None
    lifted = None if pension is None else with_floor(work, pension)
    return _with_lump(work, rate, lifted, average_name="average_salary")


def pension_voluntary(work: Working) -> Outcome:
    """Pension from voluntary insurance; it has no floor and no early reduction."""
    rate = full_rate(work)
    given = work.inputs.has("average_income")
    pension = _pension(work, work.inputs.number("average_income"), rate) if given else None
    return _with_lump(work, rate, pension, average_name="average_income")


def _with_lump(work: Working, rate: Fraction, pension: Fraction | None, *, average_name: str) -> Outcome:
    """Rate and pension with the lump sum at retirement, as far as its figures reach back."""
    values: dict[str, object] = {"rate_percent": rate}
    months = retirement_lump_months(work) if work.event_date >= _LUMP_KNOWN_FROM else None
    if months is not None:
        values["retirement_lump_months"] = months
    if pension is None:
        return work.outcome(None, **values)
    values["monthly_pension"] = whole_dong(pension)
    if months is not None:
        values["retirement_lump_sum"] = whole_dong(_lump_sum(work, work.inputs.number(average_name), months))
    return work.outcome(pension, **values)


def retirement_lump(work: Working) -> Outcome:
    """Lump sum at retirement for the years over those that give 75%."""
    months = retirement_lump_months(work)
    given = next((n for n in ("average_salary", "average_income") if work.inputs.has(n)), None)
    if given is None:
        return work.outcome(None, retirement_lump_months=months)
    lump = _lump_sum(work, work.inputs.number(given), months)
    return work.outcome(lump, retirement_lump_months=months, retirement_lump_sum=whole_dong(lump))


def full_rate(work: Working, own_points: int | None = None) -> Fraction:
    """Percent for the years paid, up to the ceiling, before any reduction.

    ``own_points`` a further year go before those of the table.
    """
    sex = work.inputs.choice("sex", SEXES)
    months = work.inputs.whole("contribution_months")
    years = years_by_halves(months)
    threshold = work.figure("pension.years_for_45_percent")
    base = int(threshold.value[sex])
    work.step(
        f"Thời gian đóng {months} tháng, tính là {show(years)} năm",
        f"{months} months paid count as {show(years)} years",
        f"{months} = {months // 12} × 12 + {months % 12} → {show(years)}",
        "59/2015/TT-BLĐTBXH Điều 17; 158/2025/NĐ-CP",
    )
    if years < base:
        return _rate_under_threshold(work, sex, months, years, base)
    step = own_points or int(work.figure("pension.percent_per_further_year").value[sex])
    ceiling = int(work.figure("pension.ceiling").value)
    earned = _PERCENT_AT_THRESHOLD + (years - base) * step
    rate = min(Fraction(ceiling), earned)
    work.step(
        f"{base} năm được 45%, mỗi năm thêm {step}%, tối đa {ceiling}%",
        f"45% for {base} years, {step}% for each further year, at most {ceiling}%",
        f"45 + ({show(years)} − {base}) × {step} = {show(earned)} → {show(rate)}%",
        threshold.reference,
    )
    return rate


def _points_of_commune_officer(work: Working) -> int | None:
    """2 points a further year for a woman commune officer under twenty years: 58/2014 article 56 k4."""
    if work.under_law_41 or not work.inputs.flag("commune_officer") or work.inputs.choice("sex", SEXES) != "female":
        return None
    return _POINTS_OF_COMMUNE_OFFICERS if work.inputs.whole("contribution_months") < _TWENTY_YEARS else None


def _rate_under_threshold(work: Working, sex: str, months: int, years: Fraction, base: int) -> Fraction:
    """A man with 15 to under 20 years from 1 July 2025; nobody else has a rate here."""
    minimum = int(work.figure("pension.minimum_years").value)
    of_men_from_15 = sex == "male" and work.under_law_41
    if not of_men_from_15 or months < minimum * 12:
        needed = minimum * 12 if of_men_from_15 else base * 12
        raise LawError(
            "too-few-years",
            f"Chưa đủ năm đóng để có tỷ lệ lương hưu: {months} tháng, cần {needed} tháng. Hãy kiểm tra thời gian đóng.",
            f"Too few years for a pension rate: {months} months, {needed} are needed. Check the time paid.",
            months=months,
        )
    used = work.figure("pension.men_15_to_20_years")
    start, per_year = used.value["base_percent_at_15"], used.value["per_year"]
    rate = start + (years - minimum) * per_year
    work.step(
        f"Nam đóng từ 15 đến dưới 20 năm: {start}% cho 15 năm, mỗi năm thêm {per_year}%",
        f"Man with 15 to under 20 years: {start}% for 15 years, {per_year}% for each further year",
        f"{start} + ({show(years)} − {minimum}) × {per_year} = {show(rate)}%",
        used.reference,
    )
    return Fraction(rate)


def early_reduction(work: Working) -> Fraction:
    """Points taken off for retiring early: under 6 odd months nothing, 6 and more half a year."""
    used = work.figure("pension.reduction_per_early_year")
    given = work.inputs.has("reduction_percent_per_year")
    per_year = work.inputs.number("reduction_percent_per_year") if given else exact(used.value)
    article = "" if given else used.reference
    of_law_71 = per_year == _POINTS_OF_LAW_71
    months = _early_months(work, by_age=of_law_71)
    if months <= 0:
        return Fraction(0)
    years, odd = divmod(months, 12)
    if of_law_71 and odd:
        work.doubt("Tháng lẻ nghỉ trước tuổi theo Luật 71/2006", "Odd months early under law 71/2006")
    reduction = per_year * years + (per_year / 2 if odd >= 6 else 0)
    work.step(
        f"Nghỉ trước tuổi {years} năm {odd} tháng: giảm {show(reduction)}%",
        f"{years} years {odd} months early: {show(reduction)}% less",
        f"{years} × {show(per_year)} + {show(per_year / 2 if odd >= 6 else 0)} = {show(reduction)}",
        article or "58/2014/QH13 Điều 56 khoản 3; 41/2024/QH15 Điều 66 khoản 3",
    )
    return reduction


def _early_months(work: Working, *, by_age: bool) -> int:
    """Complete months before the reference age; dates with days go before ages in months.

    ``by_age``: law 71/2006 took the age reached from the reference age, so 45 years and a day are five years before 50
    (59/2015 article 39, example 57).
    """
    inputs = work.inputs
    if inputs.has("early_months"):
        return inputs.whole("early_months")
    if inputs.has("birth"):
        start = inputs.first_day("start") if inputs.has("start") else work.event_date
        born, reference = inputs.birth().day, _reference_age(work, start)
        if by_age:
            return reference - full_months_between(born, start)
        reached = add_months(born, reference)
        return full_months_between(start, reached) if reached > start else 0
    if inputs.has("age_at_start_months"):
        reference = _reference_age(work, work.event_date)
        return reference - inputs.whole("age_at_start_months")
    return 0


def _reference_age(work: Working, start: date) -> int:
    """The age from which early months are counted: as given, else of the year of the start."""
    if work.inputs.has("normal_age_months"):
        return work.inputs.whole("normal_age_months")
    sex = work.inputs.choice("sex", SEXES)
    return normal_age(work, sex, start.year) - own_lower_age(work)


def retirement_lump_months(work: Working) -> Fraction:
    """Months of the mean paid once: half a month a year over, two for years after the age."""
    sex = work.inputs.choice("sex", SEXES)
    total = years_by_halves(work.inputs.whole("contribution_months"))
    used = work.figure("pension.retirement_lump")
    ceiling = int(work.figure("pension.ceiling").value)
    step = int(work.figure("pension.percent_per_further_year").value[sex])
    threshold = int(work.figure("pension.years_for_45_percent").value[sex]) + Fraction(
        ceiling - _PERCENT_AT_THRESHOLD, step
    )
    over = max(Fraction(0), total - threshold)
    late = min(over, years_by_halves(work.inputs.whole("months_after_normal_age", 0)))
    per_year = exact(used.value["per_year"])
    per_late_year = exact(used.value["per_year_after_normal_age"])
    months = (over - late) * per_year + late * per_late_year
    if late and per_late_year != per_year and work.inputs.whole("months_after_normal_age") % 12:
        work.doubt(
            "Cách chia tháng lẻ trước và sau tuổi nghỉ hưu khi tính trợ cấp một lần",
            "How odd months are split before and after the normal age in the lump sum",
        )
    if over:
        work.step(
            f"Trợ cấp một lần khi nghỉ hưu cho {show(over)} năm cao hơn {show(threshold)} năm"
            + (f", trong đó {show(late)} năm sau tuổi nghỉ hưu" if late else ""),
            f"Lump sum at retirement for {show(over)} years over {show(threshold)}"
            + (f", {show(late)} of them after the normal age" if late else ""),
            f"{show(over - late)} × {show(per_year)} + {show(late)} × {show(per_late_year)} = {show(months)}",
            used.reference,
        )
    else:
        work.step(
            f"Không có trợ cấp một lần khi nghỉ hưu: chưa cao hơn {show(threshold)} năm",
            f"No lump sum at retirement: not more than {show(threshold)} years",
            f"{show(total)} ≤ {show(threshold)}",
            used.reference,
        )
    return months


def _pension(work: Working, average: Fraction, rate: Fraction) -> Fraction:
    pension = average * rate / 100
    work.step(
        "Lương hưu hằng tháng",
        "Monthly pension",
        f"{show(average)} × {show(rate)}% = {show(pension)}",
        "41/2024/QH15 Điều 66, 99" if work.under_law_41 else "58/2014/QH13 Điều 56, 74",
        pension,
    )
    return pension


def _lump_sum(work: Working, average: Fraction, months: Fraction) -> Fraction:
    lump = average * months
    if lump:
        work.step(
            "Số tiền trợ cấp một lần khi nghỉ hưu",
            "Lump sum at retirement",
            f"{show(average)} × {show(months)} = {show(lump)}",
            "41/2024/QH15 Điều 68, 100" if work.under_law_41 else "58/2014/QH13 Điều 58, 75",
            lump,
        )
    return lump


RULES = {
    "pension_rate": pension_rate,
    "pension_voluntary": pension_voluntary,
    "retirement_lump": retirement_lump,
}
