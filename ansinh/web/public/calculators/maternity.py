"""Maternity: of a mother, of a father, after an adoption or a loss, and of somebody who pays voluntarily."""

from __future__ import annotations

from datetime import date

from ansinh.law.calculate import calculate
from ansinh.law.working import read_day
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi, money
from ansinh.web.public.calculators.calculator import Answers, read
from ansinh.web.public.calculators.maternity_other import adopted, lost
from ansinh.web.public.calculators.maternity_paid import right_on
from ansinh.web.public.calculators.people import money_value
from ansinh.web.public.calculators.result import Line, Part, Result, is_met


def work(answers: Answers, today: date) -> Result:
    """What the birth, adoption or loss brings the person chosen."""
    match answers["situation"]:
        case "adoption":
            return adopted(answers)
        case "loss":
            return lost(answers)
        case "father":
            return _father(answers)
        case "voluntary":
            return _voluntary(answers)
    return _mother(answers)


def _mother(answers: Answers) -> Result:
    birth = read_day("birth", answers["birth"])
    facts = {name: answers[name] for name in ("average", "children", "birth_order")}
    benefit = calculate("maternity_benefit", inputs=facts, event_date=birth)
    period = calculate("maternity_period", inputs={**facts, "birth": birth}, event_date=birth)
    right = right_on(birth, answers)
    first, last = _leave(period.values["leave"])
    return Result(
        title=translate("Thai sản khoảng {amount}, nghỉ đến {last}", amount=money(benefit.amount or 0), last=last),
        kind="" if is_met([right]) else "wait",
        lines=[
            Line(
                translate("Thời gian nghỉ"),
                translate("{n} tháng", n=money_value(benefit, "months")),
                translate("Từ {first} đến {last} nếu nghỉ từ ngày sinh.", first=first, last=last),
            ),
            Line(translate("Trợ cấp thai sản"), money(money_value(benefit, "allowance"))),
            Line(translate("Trợ cấp một lần khi sinh con"), money(money_value(benefit, "lump"))),
        ],
        parts=[Part(translate("Tiền thai sản"), benefit), Part(translate("Thời gian nghỉ"), period)],
        rights=[right],
        assumptions=[translate("Nghỉ đủ thời gian được hưởng và không đi làm sớm.")],
    )


def _leave(days: object) -> tuple[str, str]:
    assert isinstance(days, list)
    first, last = (read_day("leave", day) for day in days)
    return date_vi(first), date_vi(last)


def _father(answers: Answers) -> Result:
    birth = read_day("birth", answers["birth"])
    facts = {
        "children": answers["children"],
        "birth_order": answers["birth_order"],
        "average": answers["average"],
        "surgery": answers["surgery"] == "yes",
    }
    found = calculate("paternity_days", inputs=facts, event_date=birth)
    days = money_value(found, "working_days")
    return Result(
        title=translate("Cha nghỉ {n} ngày làm việc, nhận khoảng {amount}", n=days, amount=money(found.amount or 0)),
        lines=[Line(translate("Số ngày nghỉ"), translate("{n} ngày làm việc", n=days))],
        parts=[Part(translate("Tiền những ngày nghỉ của cha"), found)],
        assumptions=[
            translate("Nghỉ trong 60 ngày đầu từ ngày sinh và đang đóng BHXH bắt buộc."),
            translate("Chưa tính trợ cấp một lần cho cha khi mẹ không tham gia BHXH."),
        ],
    )


def _voluntary(answers: Answers) -> Result:
    birth = read_day("birth", answers["birth"])
    facts = {"children": answers["children"], "contributed_months_in_12": answers["months_in_12"]}
    found = calculate("voluntary_maternity", inputs=facts, event_date=birth)
    amount = found.amount or 0
    return Result(
        title=translate("Trợ cấp thai sản tự nguyện {amount}", amount=money(amount)),
        kind="" if amount else "wait",
        advice="" if amount else translate("Cần đóng đủ 6 tháng trong 12 tháng trước khi sinh."),
        lines=[Line(translate("Số con"), str(answers["children"]))],
        parts=[Part(translate("Trợ cấp thai sản"), found)],
    )


MATERNITY = read("thai-san", work)
