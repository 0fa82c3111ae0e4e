"""Sick leave: own illness, a long illness, a sick child. Law 41/2024 only: leave from 1 July 2025."""

from __future__ import annotations

from datetime import date

from ansinh.law.calculate import calculate
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome
from ansinh.law.working import read_day
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import money
from ansinh.web.public.calculators.calculator import Answers, read
from ansinh.web.public.calculators.people import money_value, percent_words
from ansinh.web.public.calculators.result import Line, Part, Result

LONGEST = 366


def work(answers: Answers, today: date) -> Result:
    """The paid days of the leave and their amount; `LawError` for a leave of more than a year."""
    first, last = read_day("leave_from", answers["leave_from"]), read_day("leave_to", answers["leave_to"])
    if (last - first).days >= LONGEST:
        raise LawError(
            "leave-too-long",
            "Mỗi lần tính nhiều nhất một năm nghỉ. Xin chia thành nhiều lần, mỗi năm một lần.",
            "At most one year of leave is worked out at a time. Divide it into several, one a year.",
        )
    if answers["situation"] == "long":
        return _long(answers, first)
    days = _child_days(answers, first) if answers["situation"] == "child" else _own_days(answers, first)
    paid = money_value(days, "paid_days")
    amount = calculate("sickness_amount", inputs={"salary": answers["wage"], "days": paid}, event_date=first)
    return _result(days, amount, paid)


def _own_days(answers: Answers, first: date) -> Outcome:
    facts = {
        **_leave(answers),
        "contribution_months": answers["contribution_months"],
        "condition": answers["condition"],
        "used_days": answers.get("used_days") or 0,
    }
    return calculate("sickness_days", inputs=facts, event_date=first)


def _child_days(answers: Answers, first: date) -> Outcome:
    facts = {
        "leave_spans": [[answers["leave_from"], answers["leave_to"]]],
        "weekly_rest": answers["rest"],
        "children": 1,
        "child_age_years": answers["child_age"],
        "used_days": answers.get("used_days") or 0,
    }
    return calculate("child_sickness_days", inputs=facts, event_date=first)


def _leave(answers: Answers) -> dict[str, object]:
    return {
        "leave_from": answers["leave_from"],
        "leave_to": answers["leave_to"],
        "weekly_rest": answers["rest"],
    }


def _result(days: Outcome, amount: Outcome, paid: int) -> Result:
    off = money_value(days, "working_days")
    lines = [Line(translate("Số ngày được trả"), translate("{n} ngày làm việc", n=paid))]
    if limit := money_value(days, "annual_limit"):
        lines.append(Line(translate("Nhiều nhất trong năm"), translate("{n} ngày làm việc", n=limit)))
    return Result(
        title=translate("Tiền ốm đau khoảng {amount} cho {n} ngày", amount=money(amount.amount or 0), n=paid),
        kind="" if paid >= off else "wait",
        advice=""
        if paid >= off
        else translate("Nghỉ {off} ngày làm việc nhưng chỉ {n} ngày còn trong mức của năm.", off=off, n=paid),
        lines=lines,
        parts=[Part(translate("Tiền ốm đau"), amount), Part(translate("Số ngày được trả"), days)],
        assumptions=[translate("Có giấy ra viện hoặc giấy chứng nhận nghỉ việc hợp lệ cho cả thời gian nghỉ.")],
    )


def _long(answers: Answers, first: date) -> Result:
    """A long illness: the year's days at the full percentage, the days after them at a lower one."""
    months, wage = answers["contribution_months"], answers["wage"]
    days = calculate("sickness_days", inputs=_leave(answers), event_date=first)
    limit = calculate(
        "sickness_long_limit",
        inputs={"contribution_months": months, "condition": answers["condition"]},
        event_date=first,
    )
    lower = calculate("sickness_long_percent", inputs={"contribution_months": months}, event_date=first)
    off = money_value(days, "working_days")
    full = min(off, max(0, money_value(limit, "first_days") - (answers.get("used_days") or 0)))
    at_full = calculate("sickness_amount", inputs={"salary": wage, "days": full}, event_date=first)
    percent = lower.values["percent"]
    rest = calculate(
        "sickness_amount", inputs={"salary": wage, "days": off - full, "percent": percent}, event_date=first
    )
    total = (at_full.amount or 0) + (rest.amount or 0)
    return Result(
        title=translate("Tiền ốm đau khoảng {amount} cho {n} ngày", amount=money(total), n=off),
        lines=[
            Line(translate("Ngày ở mức đầu"), translate("{n} ngày làm việc", n=full), money(at_full.amount or 0)),
            Line(
                translate("Ngày ở mức {percent}", percent=percent_words(percent)),
                translate("{n} ngày làm việc", n=off - full),
                money(rest.amount or 0),
            ),
        ],
        parts=[
            Part(translate("Những ngày ở mức đầu"), at_full),
            Part(translate("Những ngày sau đó"), rest),
            Part(translate("Mức đầu được bao nhiêu ngày"), limit),
            Part(translate("Mức của những ngày sau"), lower),
        ],
        rights=[days],
        assumptions=[
            translate("Bệnh thuộc danh mục cần chữa trị dài ngày và nghỉ trong cùng một năm."),
            translate("Có giấy ra viện hoặc giấy chứng nhận nghỉ việc hợp lệ cho cả thời gian nghỉ."),
        ],
    )


SICKNESS = read("om-dau", work)
