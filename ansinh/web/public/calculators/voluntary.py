"""Voluntary insurance: what is paid each time, and the pension after the years planned (R-042)."""

from __future__ import annotations

from datetime import date

from ansinh.law.calculate import calculate
from ansinh.law.outcome import Outcome
from ansinh.law.what_if import MoreYears, more_years
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import money
from ansinh.web.public.calculators.calculator import Answers, read
from ansinh.web.public.calculators.chart import Bar, Bars
from ansinh.web.public.calculators.people import (
    BIRTH_BY_MONTH,
    SAME_WAGE,
    contributor,
    money_value,
    month_words,
    percent_words,
    span_words,
)
from ansinh.web.public.calculators.result import Line, Part, Result

SHOWN = (5, 10, 15, 20, 25, 30)


def work(answers: Answers, today: date) -> Result:
    """One payment the way it was chosen, and each number of years with its pension."""
    paid = _payment(answers, today)
    planned = answers["years_planned"]
    points = more_years(
        contributor(answers),
        years=sorted({*SHOWN, planned}),
        income=answers["income"],
        support_group=answers["support_group"],
        supported=0,
        today=today,
    )
    chosen = next(one for one in points if one.years == planned)
    lines = [
        Line(translate("Mỗi lần đóng"), money(paid.amount or 0)),
        Line(translate("Nhà nước hỗ trợ mỗi tháng"), money(_support(paid, answers))),
        Line(
            translate("Đóng {years} năm hết", years=planned),
            money(chosen.cost),
            translate("Nhà nước hỗ trợ nhiều nhất 120 tháng."),
        ),
        Line(translate("Tổng thời gian đóng"), span_words(chosen.total_months)),
    ]
    parts = [Part(translate("Tiền đóng mỗi lần"), paid)]
    if chosen.pension is None:
        title = translate(
            "Mỗi lần đóng {paid}; sau {years} năm còn thiếu {span} để có lương hưu",
            paid=money(paid.amount or 0),
            years=planned,
            span=span_words(chosen.missing_months),
        )
    else:
        title = translate(
            "Mỗi lần đóng {paid}, lương hưu về sau khoảng {monthly} mỗi tháng",
            paid=money(paid.amount or 0),
            monthly=money(chosen.monthly),
        )
        lines += [
            Line(translate("Bắt đầu hưởng"), month_words(chosen.start)),
            Line(translate("Tỷ lệ hưởng"), percent_words(chosen.pension.values["rate_percent"])),
        ]
        parts.append(Part(translate("Lương hưu hằng tháng"), chosen.pension))
    return Result(
        title=title,
        lines=lines,
        parts=parts,
        rights=[paid],
        charts=[_picture(points, chosen)],
        assumptions=[
            translate(SAME_WAGE),
            translate(BIRTH_BY_MONTH),
            translate("Đóng liền từ tháng này, theo chuẩn nghèo và mức hỗ trợ hiện nay; trước đây chưa được hỗ trợ."),
        ],
    )


def _payment(answers: Answers, today: date) -> Outcome:
    facts = {"income": answers["income"], "support_group": answers["support_group"]}
    if answers["payment"] == "ahead":
        return calculate("voluntary_prepay", inputs={**facts, "years": answers["prepay_years"]}, event_date=today)
    months = int(answers["payment"])
    return calculate("voluntary_contribution", inputs={**facts, "months": months}, event_date=today)


def _support(paid: Outcome, answers: Answers) -> int:
    """Support of one month: a prepaid sum states that of all its months."""
    support = money_value(paid, "support")
    return support // (12 * answers["prepay_years"]) if answers["payment"] == "ahead" else support


def _picture(points: tuple[MoreYears, ...], chosen: MoreYears) -> Bars:
    first = next((one for one in points if one.pension is not None), None)
    title = translate("Cần đóng đủ 15 năm mới có lương hưu")
    if first is not None:
        title = translate(
            "Đóng thêm {years} năm được {monthly} mỗi tháng, đóng càng lâu càng nhiều",
            years=first.years,
            monthly=money(first.monthly),
        )
    return Bars(
        title=title,
        heads=(
            translate("Đóng thêm"),
            translate("Hết tất cả"),
            translate("Hưởng từ"),
            translate("Lương hưu mỗi tháng"),
        ),
        bars=[
            Bar(
                (
                    translate("{years} năm", years=one.years),
                    one.cost,
                    month_words(one.start) if one.pension else "–",
                    one.monthly if one.pension else translate("chưa đủ 15 năm"),
                ),
                one.monthly,
                chosen=one is chosen,
            )
            for one in points
        ],
    )


VOLUNTARY = read("bhxh-tu-nguyen", work)
