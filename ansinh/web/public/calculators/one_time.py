"""One sum now, and what the same time paid would give as a pension."""

from __future__ import annotations

from datetime import date

from ansinh.law.calculate import calculate
from ansinh.law.errors import LawError
from ansinh.law.what_if import Comparison, Contributor, one_time_or_pension
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import money
from ansinh.web.public.calculators.calculator import Answers, read
from ansinh.web.public.calculators.chart import Lines, Series
from ansinh.web.public.calculators.people import (
    BIRTH_BY_MONTH,
    SAME_WAGE,
    money_value,
    month_words,
    percent_words,
    span_words,
)
from ansinh.web.public.calculators.result import Line, Part, Result, is_met


def work(answers: Answers, today: date) -> Result:
    """The one-time benefit asked for today, its conditions, and the comparison with a pension."""
    facts = _facts(answers)
    lump = calculate("bhxh_one_time", inputs=facts, event_date=today)
    right = calculate("one_time_right", inputs=_right_facts(answers), event_date=today)
    lines = [Line(translate("Thời gian đã đóng"), span_words(answers["contribution_months"]))]
    if months := lump.values.get("months_of_average"):
        lines.append(Line(translate("Số tháng lương bình quân được hưởng"), str(months).replace(".", ",")))
    if support := money_value(lump, "state_support"):
        lines.append(Line(translate("Trừ tiền Nhà nước đã hỗ trợ"), money(support)))
    compared = _compared(answers, facts, today)
    parts = [Part(translate("BHXH một lần"), lump)]
    if compared is not None:
        parts.append(Part(translate("Lương hưu về sau, mỗi tháng"), compared.pension))
        if compared.contribution is not None:
            parts.append(Part(translate("Đóng tự nguyện cho phần còn thiếu, lần đầu"), compared.contribution))
    return Result(
        title=translate("BHXH một lần khoảng {amount}", amount=money(lump.amount or 0)),
        kind="" if is_met([right]) else "wait",
        lines=lines,
        parts=parts,
        rights=[right],
        charts=[_picture(compared)] if compared else [],
        assumptions=[translate(SAME_WAGE), translate(BIRTH_BY_MONTH)]
        + ([translate("So sánh chưa kể thẻ BHYT, mai táng và tuất đi cùng lương hưu.")] if compared else []),
    )


def _facts(answers: Answers) -> dict[str, object]:
    facts: dict[str, object] = {
        "contribution_months": answers["contribution_months"],
        "months_before_2014": answers["months_before_2014"],
        "average_salary": answers["average"],
        "fatal_disease": answers["reason"] == "serious_disease",
        "very_severe_disability": answers["reason"] == "disability_81",
    }
    if answers.get("supported_months"):
        facts |= {
            "supported_months": answers["supported_months"],
            "support_percent": int(answers["support_percent"]),
        }
    return facts


def _right_facts(answers: Answers) -> dict[str, object]:
    given = {
        name: answers[name] for name in ("reason", "contribution_months", "first_joined", "last_contribution_month")
        if answers.get(name) is not None
    }  # fmt: skip
    return {**given, "sex": answers["gender"], "birth": answers["birth"]}


def _compared(answers: Answers, facts: dict[str, object], today: date) -> Comparison | None:
    """The comparison, where there is a pension to compare with."""
    person = Contributor(answers["gender"], answers["birth"], answers["contribution_months"], 0, answers["average"])
    try:
        return one_time_or_pension(person, one_time=facts, today=today)
    except LawError:
        return None


def _picture(compared: Comparison) -> Lines:
    years = compared.years
    note = translate(
        "Lương hưu {monthly} mỗi tháng từ {start}, {rate} mức bình quân; cộng dồn đến {even} bằng số tiền một lần.",
        monthly=money(compared.monthly),
        start=month_words(compared.start),
        rate=percent_words(compared.pension.values.get("rate_percent")),
        even=month_words(compared.even),
    )
    if compared.missing_months:
        note += " " + translate(
            "Còn thiếu {span} để đủ 15 năm: đóng tự nguyện hết {cost}, đã trừ trong hình.",
            span=span_words(compared.missing_months),
            cost=money(compared.cost),
        )
    return Lines(
        title=translate("Giữ lại để có lương hưu thì từ {even} nhận được nhiều hơn", even=month_words(compared.even)),
        heads=(translate("Đến hết năm"), translate("Lương hưu cộng dồn"), translate("Một lần")),
        axis=(str(years[0].year), str(years[len(years) // 2].year), str(years[-1].year)),
        series=(
            Series(translate("Lương hưu cộng dồn, trừ tiền đóng thêm"), [one.pension for one in years]),
            Series(translate("Nhận một lần bây giờ"), [one.one_time for one in years]),
        ),
        highest=translate(
            "Cao nhất trong hình: {amount}", amount=money(max(max(one.pension, one.one_time) for one in years))
        ),
        rows=[(str(one.year), one.pension, one.one_time) for one in years],
        note=note,
    )


ONE_TIME = read("bhxh-mot-lan", work)
