"""Maternity without a birth of one's own: the adoption of a child under six months, the loss of a pregnancy."""

from __future__ import annotations

from datetime import date, timedelta

from ansinh.law.calculate import calculate
from ansinh.law.outcome import Outcome
from ansinh.law.working import read_day
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi, money
from ansinh.web.public.calculators.calculator import Answers
from ansinh.web.public.calculators.maternity_paid import right_on
from ansinh.web.public.calculators.people import money_value
from ansinh.web.public.calculators.result import Line, Part, Result, is_met

LATE_LOSS_WEEKS = 22
"""From this week on, with enough months paid, the leave is as for a birth (law 41 article 52)."""


def adopted(answers: Answers) -> Result:
    """The leave until the child is six months old, when one is taken, and the lump sum."""
    received = read_day("adoption_date", answers["adoption_date"])
    facts: dict[str, object] = {
        "birth": answers["birth"],
        "adoption_date": answers["adoption_date"],
        "children": answers["children"],
    }
    on_leave = answers["adoption_leave"] == "yes"
    if on_leave:
        facts |= {"average": answers["average"], "leave_from": answers["adoption_date"]}
    found = calculate("adoption_leave", inputs=facts, event_date=received)
    right = right_on(received, answers)
    amount = found.amount or 0
    lines = [Line(translate("Trợ cấp một lần khi nhận con"), money(money_value(found, "lump")))]
    if on_leave:
        lines.insert(0, Line(translate("Trợ cấp thai sản"), money(money_value(found, "allowance"))))
    return Result(
        title=translate("Nhận nuôi con: khoảng {amount}", amount=money(amount))
        if amount
        else translate("Con nuôi đã đủ 6 tháng tuổi nên không có trợ cấp"),
        kind="" if is_met([found, right]) else "wait",
        advice=""
        if amount
        else translate("Chế độ này dành cho việc nhận nuôi con dưới 6 tháng tuổi. Xin xem lại ngày sinh và ngày nhận."),
        lines=lines if amount else (),
        parts=[Part(translate("Tiền thai sản khi nhận nuôi con"), found)],
        rights=[found, right],
        assumptions=[translate("Nghỉ từ ngày nhận con đến khi con đủ 6 tháng tuổi.")] if on_leave and amount else (),
    )


def lost(answers: Answers) -> Result:
    """The longest leave after a loss and its allowance; from week 22 on, with enough months paid, as for a birth."""
    first = read_day("leave_from", answers["leave_from"])
    weeks, average = answers["gestation_weeks"], answers["average"]
    right = right_on(first, answers) if weeks >= LATE_LOSS_WEEKS else None
    if right is not None and right.values["right"]:
        return _as_for_a_birth(answers, first, right)
    days = money_value(calculate("miscarriage_days", inputs={"gestation_weeks": weeks}, event_date=first), "max_days")
    last = first + timedelta(days=days - 1)
    facts = {"gestation_weeks": weeks, "average": average, "leave_from": first, "leave_to": last}
    found = calculate("loss_leave", inputs=facts, event_date=first)
    span = translate("Từ {first} đến {last}, tính cả ngày lễ, ngày nghỉ.", first=date_vi(first), last=date_vi(last))
    return Result(
        title=translate("Được nghỉ tối đa {n} ngày, trợ cấp khoảng {amount}", n=days, amount=money(found.amount or 0)),
        lines=[Line(translate("Thời gian nghỉ"), translate("{n} ngày", n=days), span)],
        parts=[Part(translate("Trợ cấp khi mất thai"), found)],
        rights=[right] if right else (),
        assumptions=[translate("Nghỉ đủ số ngày tối đa; số ngày thực tế theo chỉ định của cơ sở khám chữa bệnh.")],
    )


def _as_for_a_birth(answers: Answers, first: date, right: Outcome) -> Result:
    given = {name: answers[name] for name in ("gestation_weeks", "average", "children")}
    facts = {**given, "birth_order": answers["earlier_births"] + 1, "right": True}
    found = calculate("loss_leave", inputs=facts, event_date=first)
    months = money_value(found, "months")
    return Result(
        title=translate("Được nghỉ {n} tháng, trợ cấp khoảng {amount}", n=months, amount=money(found.amount or 0)),
        lines=[Line(translate("Thời gian nghỉ"), translate("{n} tháng", n=months))],
        parts=[Part(translate("Trợ cấp khi mất thai"), found)],
        rights=[right],
        assumptions=[translate("Nghỉ đủ thời gian được hưởng.")],
    )
