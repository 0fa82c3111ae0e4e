"""Conditions of rights under older decisions: retired teachers, ended loss-of-capacity allowances, settling abroad.

14/2020 (before it 52/2013) for teachers; 91/2000, 613/2010 with circular 16/2010; law 41/2024 article 76.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.benefits.indexation import pension_indexation
from ansinh.law.benefits.older_allowances import monthly_allowance_613
from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, show, years_by_halves
from ansinh.law.working import Inputs, Working, read_day, read_month

_NATIONALITIES = ("vietnamese", "foreign")


def teacher_right(work: Working) -> Outcome:
    """Retirement in the time covered, five years of teaching, and for relatives the day of the death.

    ``rows`` are the spans of teaching; a month named twice counts once. ``seniority_years`` are in halves.
    """
    inputs = work.inputs
    rule = work.figure("allowance.teacher_52_2013")
    first, last = (read_day(name, rule.value[name]) for name in ("retired_from", "retired_until"))
    retired = inputs.first_day("retired_on")
    work.ground(
        f"Nghỉ hưu ngày {retired:%d/%m/%Y}, trong thời gian từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}",
        f"Retired on {retired}, between {first} and {last}",
        rule.reference,
        first <= retired <= last,
    )
    months = len({month for row in inputs.rows("rows") for month in _taught(row, Month.of(retired))})
    least = int(rule.value["least_months"])
    work.ground(
        f"Giảng dạy, giáo dục {months} tháng, cần đủ {least} tháng",
        f"{months} months of teaching, {least} needed",
        rule.reference,
        months >= least,
    )
    if inputs.has("death"):
        from_day, death = read_day("died_from", rule.value["died_from"]), inputs.day("death")
        work.ground(
            f"Nhà giáo mất ngày {death:%d/%m/%Y}, từ {from_day:%d/%m/%Y} trở đi",
            f"The teacher died on {death}, from {from_day} on",
            rule.reference,
            death >= from_day,
        )
    years = years_by_halves(months)
    work.step(
        f"{months} tháng giảng dạy, tính {show(years)} năm",
        f"{months} months of teaching, {show(years)} years",
        f"{months} / 12 = {show(years)}",
        rule.reference,
    )
    work.doubt(
        "Tháng lẻ của thời gian giảng dạy tính tròn nửa năm, một năm như lương hưu",
        "Odd months of teaching are taken as half years and years, as for pensions",
    )
    return work.outcome(
        None, right=all(ground.met for ground in work.grounds), total_months=months, seniority_years=years
    )


def _taught(row: Inputs, until: Month) -> list[Month]:
    """The months of one span of teaching, none after the month of retirement."""
    first, last = row.month("from_month"), row.month("to_month")
    if last < first:
        raise BadInput("to_month", str(last))
    return [first + ahead for ahead in range(min(last, until) - first + 1)]


def allowance_613_right(work: Working) -> Outcome:
    """The conditions of decision 613 and the amount of the deciding month.

    A first month that has passed is for the officer to look at: the circular does not say what is paid for it. The
    amount is that of ``paid_from``, the deciding month or a later first one.
    """
    inputs = work.inputs
    found = monthly_allowance_613(
        Working(_facts(inputs, "birth", "sex", "release_month", "return_month"), work.event_date)
    )
    work.adopt(found)
    start, now = read_month("start", found.values["start"]), Month.of(work.event_date)
    years = work.figure("allowance.years_613")
    worked = inputs.number("working_years")
    work.ground(
        f"Công tác thực tế {show(worked)} năm, cần đủ {years.value['least']} và dưới {years.value['under']} năm",
        f"{show(worked)} years of actual work, at least {years.value['least']} and under {years.value['under']} needed",
        years.reference,
        years.value["least"] <= worked < years.value["under"],
    )
    work.ground(
        f"Hưởng từ {start.vi}" + ("" if start >= now else f"; nộp khi đã qua {now - start} tháng"),
        f"Paid from {start}" + ("" if start >= now else f"; filed {now - start} months later"),
        "16/2010/TT-BLĐTBXH Điều 3",
        None if start < now else start <= now + 1,
    )
    amount = found.amount or 0
    if start < now:
        raised = pension_indexation(
            Working(
                {"pension": amount, "kind": "allowance_91_613", "started": str(start), "amount_of": str(start)},
                work.event_date,
            )
        )
        work.adopt(raised)
        amount = raised.amount or 0
    return work.outcome(
        Fraction(amount),
        start=start.first_day,
        paid_from=max(start, now).first_day,
        right=all(one.met is not False for one in work.grounds),
    )


def emigration_right(work: Working) -> Outcome:
    """A benefit in payment, and for Vietnamese people the paper that proves the settlement."""
    nationality = work.inputs.choice("nationality", _NATIONALITIES)
    article = "41/2024/QH15 Điều 76"
    drawn = work.inputs.has("start_month")
    since = work.inputs.month("start_month").vi if drawn else ""
    work.ground(
        f"Đang hưởng lương hưu, trợ cấp hằng tháng từ {since}" if drawn else "Chưa thấy hồ sơ đang hưởng hằng tháng",
        f"A monthly benefit is drawn since {work.inputs.need('start_month')}"
        if drawn
        else "No monthly benefit on record",
        article,
        True if drawn else None,
    )
    vi, en = (
        ("Giấy tờ chứng minh ra nước ngoài để định cư", "Papers that prove the settlement abroad")
        if nationality == "vietnamese"
        else ("Không còn cư trú ở Việt Nam", "No longer residing in Viet Nam")
    )
    work.ground(vi, en, article, None)
    for ground in work.grounds:
        work.step(ground.what_vi, ground.what_en, "", ground.article)
    return work.outcome(None, right=True)


def _facts(inputs: Inputs, *names: str) -> dict[str, object]:
    return {name: inputs.need(name) for name in names if inputs.has(name)}


RULES = {
    "teacher_right": teacher_right,
    "allowance_613_right": allowance_613_right,
    "emigration_right": emigration_right,
}
