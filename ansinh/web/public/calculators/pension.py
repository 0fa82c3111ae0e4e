"""The pension: at the normal age, and begun earlier or later."""

from __future__ import annotations

from datetime import date

from ansinh.law.calculate import calculate
from ansinh.law.outcome import Outcome
from ansinh.law.what_if import LEAST_MONTHS, AgePoint, Contributor, normal_age, pension_by_age
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import money
from ansinh.web.public.calculators.calculator import Answers, read
from ansinh.web.public.calculators.chart import Bar, Bars, Cell
from ansinh.web.public.calculators.people import (
    BIRTH_BY_MONTH,
    SAME_WAGE,
    age_words,
    contributor,
    money_value,
    month_words,
    percent_words,
    span_words,
)
from ansinh.web.public.calculators.result import Line, Part, Result


def work(answers: Answers, today: date) -> Result:
    """The pension at the normal age (or next month, when it is past) with the years around it."""
    person = contributor(answers)
    points = pension_by_age(person, keeps_paying=answers["keeps_paying"] == "yes", today=today)
    normal = normal_age(person, today=today)
    chosen = next((one for one in points if one.age_months > normal), points[-1])
    right = _right(person, chosen)
    rights = [right]
    if chosen.pension is None:
        return _too_short(chosen, rights)
    rate = chosen.pension
    lump = money_value(rate, "retirement_lump_sum")
    lines = [
        Line(translate("Tuổi nghỉ hưu"), age_words(normal)),
        Line(translate("Bắt đầu hưởng"), month_words(chosen.start)),
        Line(translate("Thời gian đóng đến lúc đó"), span_words(chosen.contribution_months)),
        Line(translate("Tỷ lệ hưởng"), percent_words(rate.values["rate_percent"])),
    ]
    if lump:
        lines.append(Line(translate("Thêm một lần khi nghỉ hưu"), money(lump)))
    return Result(
        title=translate("Lương hưu khoảng {amount} mỗi tháng", amount=money(chosen.monthly)),
        kind="" if chosen.allowed else "wait",
        lines=lines,
        parts=[Part(translate("Lương hưu hằng tháng"), rate)],
        rights=rights,
        charts=[_picture(points, chosen)] if len(points) > 1 else [],
        assumptions=[translate(SAME_WAGE), translate(BIRTH_BY_MONTH)],
    )


def _right(person: Contributor, point: AgePoint) -> Outcome:
    further = point.contribution_months - person.months
    compulsory = person.compulsory_months + (further if person.compulsory_months else 0)
    facts: dict[str, object] = {
        **person.facts,
        "sex": person.sex,
        "birth": person.birth,
        "compulsory_months": compulsory,
        "voluntary_months": point.contribution_months - compulsory,
    }
    facts.pop("disability_percent", None)
    return calculate("pension_right", inputs=facts, event_date=point.start)


def _too_short(point: AgePoint, rights: list[Outcome]) -> Result:
    missing = max(0, LEAST_MONTHS - point.contribution_months)
    return Result(
        title=translate("Chưa đủ năm đóng để hưởng lương hưu, còn thiếu {span}", span=span_words(missing)),
        kind="wait",
        advice=translate("Cần đủ 15 năm. Có thể đóng tiếp BHXH tự nguyện, hoặc đóng một lần cho phần còn thiếu."),
        lines=[
            Line(translate("Đến tuổi nghỉ hưu"), month_words(point.start)),
            Line(translate("Thời gian đóng đến lúc đó"), span_words(point.contribution_months)),
        ],
        rights=rights,
        assumptions=[translate(BIRTH_BY_MONTH)],
    )


def _picture(points: tuple[AgePoint, ...], chosen: AgePoint) -> Bars:
    first, last = points[0], points[-1]
    return Bars(
        title=translate(
            "Nghỉ lúc {early} được {less} mỗi tháng, nghỉ lúc {late} được {more}",
            early=age_words(first.age_months - 1),
            less=money(first.monthly),
            late=age_words(last.age_months - 1),
            more=money(last.monthly),
        ),
        heads=(translate("Nghỉ lúc"), translate("Từ tháng"), translate("Mỗi tháng")),
        bars=[
            Bar(
                (age_words(one.age_months - 1), month_words(one.start), _said(one)),
                one.monthly,
                chosen=one is chosen,
                open=one.allowed,
            )
            for one in points
        ],
        note=translate(
            "Ô viền: chưa được nghỉ như đã khai; nghỉ trước tuổi cần suy giảm khả năng lao động từ 61 % và "
            "đóng bắt buộc đủ 20 năm, hoặc 15 năm nghề nặng nhọc, độc hại."
        ),
    )


def _said(point: AgePoint) -> Cell:
    return translate("chưa đủ năm đóng") if point.pension is None else point.monthly


PENSION = read("luong-huu", work)
