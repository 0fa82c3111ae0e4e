"""Maternity leave counted in days: prenatal visits, loss of a pregnancy, contraception, the father.

Law 58/2014 articles 32-34 and 37, law 41/2024 articles 51-53, 57 and 59. Prenatal and father's days
are working days at a 24th of the mean; after a loss and for contraception holidays and rest days
are counted and a day is a 30th.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ansinh.law.benefits.maternity import miscarriage_days, paternity_days
from ansinh.law.benefits.maternity_leave import LATE_LOSS_WEEKS, late_loss_leave
from ansinh.law.calendar import default_calendar
from ansinh.law.counting import Unit, count_days
from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import show
from ansinh.law.working import Working

PARTS_OF_WORKING_DAYS, PARTS_OF_CALENDAR_DAYS = 24, 30


def prenatal_leave(work: Working) -> Outcome:
    """Allowance for the working days of one prenatal visit, up to the limit of the law."""
    average = work.inputs.number("average")
    used = work.figure("maternity.prenatal")
    visit = work.inputs.whole("visit", 1)
    limit = int(
        used.value.get("special_days", used.value["days"]) if work.inputs.flag("special") else used.value["days"]
    )
    work.step(
        f"Lần khám thai thứ {visit} trong tối đa {used.value['visits']} lần: nghỉ tối đa {limit} ngày làm việc",
        f"Prenatal visit {visit} of at most {used.value['visits']}: at most {limit} working days",
        str(limit if visit <= used.value["visits"] else 0),
        used.reference,
    )
    if visit > used.value["visits"]:
        limit = 0
    return _paid(work, average, limit, PARTS_OF_WORKING_DAYS)


def loss_leave(work: Working) -> Outcome:
    """Allowance for the days after a loss, up to the limit by weeks of pregnancy.

    Law 41, from week 22 on with the contribution test met (``right``): leave as for a birth.
    """
    average = work.inputs.number("average")
    if work.under_law_41 and work.inputs.flag("right") and work.inputs.number("gestation_weeks") >= LATE_LOSS_WEEKS:
        return late_loss_leave(work)
    weeks = {"gestation_weeks": work.inputs.need("gestation_weeks")}
    limit = miscarriage_days(Working(weeks, work.event_date))
    work.adopt(limit)
    return _paid(work, average, _whole(limit, "max_days"), PARTS_OF_CALENDAR_DAYS)


def contraception_leave(work: Working) -> Outcome:
    """Allowance for the days after an intra-uterine device or a sterilisation."""
    average = work.inputs.number("average")
    used = work.figure("maternity.contraception_days")
    method = work.inputs.choice("method", tuple(used.value))
    vi, en = _METHODS[method]
    limit = int(used.value[method])
    work.step(f"{vi}: nghỉ tối đa {limit} ngày", f"{en}: at most {limit} days", str(limit), used.reference)
    return _paid(work, average, limit, PARTS_OF_CALENDAR_DAYS)


def paternity_leave(work: Working) -> Outcome:
    """Allowance for a father's working days; nothing when the leave began too late after the birth."""
    average = work.inputs.number("average")
    names = ("children", "surgery", "under_32_weeks", "birth_order")
    facts = {name: work.inputs.need(name) for name in names if work.inputs.has(name)}
    limit = paternity_days(Working(facts, work.event_date))
    work.adopt(limit)
    first, _ = leave_of(work)
    birth = work.inputs.day("birth")
    used = work.figure("maternity.father_starts_within")
    latest = birth + timedelta(days=int(used.value))
    in_time = birth <= first <= latest
    work.ground(
        f"Cha bắt đầu nghỉ từ ngày sinh đến hết ngày {latest:%d/%m/%Y} ({used.value} ngày): nghỉ từ {first:%d/%m/%Y}",
        f"The father’s leave begins between the birth and {latest} ({used.value} days): {first}",
        used.reference,
        in_time,
    )
    return _paid(work, average, _whole(limit, "working_days") if in_time else 0, PARTS_OF_WORKING_DAYS)


def leave_of(work: Working) -> tuple[date, date]:
    """First and last day of the leave as stated."""
    first, last = work.inputs.day("leave_from"), work.inputs.day("leave_to")
    if last < first:
        raise BadInput("leave_to", last)
    return first, last


def _paid(work: Working, average: Fraction, limit: int, parts: int) -> Outcome:
    """The mean divided by its parts, for the days taken but not more than the limit."""
    first, last = leave_of(work)
    is_working = parts == PARTS_OF_WORKING_DAYS
    unit = Unit.WORKING_DAY if is_working else Unit.CALENDAR_DAY
    taken = count_days(first - timedelta(days=1), last, unit, calendar=default_calendar())
    paid = min(taken, limit)
    vi, en = (
        ("ngày làm việc", "working days")
        if is_working
        else ("ngày, kể cả ngày lễ, ngày nghỉ", "days, holidays included")
    )
    article = "41/2024/QH15 Điều 59" if work.under_law_41 else "58/2014/QH13 Điều 39"
    work.step(
        f"Nghỉ từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}: {taken} {vi}; được hưởng {paid} ngày",
        f"Leave from {first} to {last}: {taken} {en}; {paid} are paid",
        f"min({taken}; {limit}) = {paid}",
        article,
    )
    amount = average / parts * paid
    work.step(
        f"Trợ cấp {paid} ngày",
        f"Allowance for {paid} days",
        f"{show(average)} ÷ {parts} × {paid} = {show(amount)}",
        article,
        amount,
    )
    return work.outcome(amount, taken_days=taken, paid_days=paid, max_days=limit)


def _whole(outcome: Outcome, name: str) -> int:
    value = outcome.values[name]
    assert isinstance(value, int)
    return value


_METHODS = {
    "iud": ("Đặt dụng cụ tránh thai", "Intra-uterine device"),
    "sterilisation": ("Triệt sản", "Sterilisation"),
}

RULES = {
    "prenatal_leave": prenatal_leave,
    "loss_leave": loss_leave,
    "contraception_leave": contraception_leave,
    "paternity_leave": paternity_leave,
}
