"""The conditions of a pension, of the one-time benefit and of survivors, one by one with their clauses.

Law 41/2024 articles 64-65, 70, 85-86, 98, 102, 109-111; decrees 158/2025 and 159/2025; law 58/2014
where the date is earlier.
"""

from __future__ import annotations

from collections.abc import Mapping

from ansinh.law.benefits.pension import SEXES
from ansinh.law.benefits.pension_conditions import pension_eligibility
from ansinh.law.benefits.pension_start import pension_start
from ansinh.law.benefits.retirement import normal_age_of
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, show
from ansinh.law.working import LAW_41, Working, read_day

_FIFTEEN_YEARS, _TWENTY_YEARS = 180, 240
_LEAST_DISABILITY = 61
_MONTHS_OUT = 12
_FEW_MISSING = 6
_PENSION_FACTS = ("hazardous_months", "coal_months", "first_joined", "disability_percent", "disability_conclusion_date")


def pension_right(work: Working) -> Outcome:
    """Age, time, disability and first month of a pension asked from the deciding date.

    ``missing_months`` are months the person asks to pay at once; they count once paid.
    """
    inputs = work.inputs
    sex, birth = inputs.choice("sex", SEXES), inputs.need("birth")
    compulsory, voluntary = inputs.whole("compulsory_months", 0), inputs.whole("voluntary_months", 0)
    missing = inputs.whole("missing_months", 0)
    facts: dict[str, object] = {name: inputs.need(name) for name in _PENSION_FACTS if inputs.has(name)}
    facts |= {"sex": sex, "birth": birth, "compulsory_months": compulsory, "voluntary_months": voluntary}
    if missing > _FEW_MISSING or voluntary:
        facts["voluntary_months"] = voluntary + missing
    else:
        facts["compulsory_months"] = compulsory + missing
    found = pension_eligibility(Working(facts, work.event_date))
    work.adopt(found)
    start = pension_start(Working(_start_facts(work, found, compulsory + voluntary + missing), work.event_date))
    work.adopt(start)
    _pension_grounds(work, found.values, start.values, compulsory=compulsory, missing=missing)
    reached_on = read_day("age_condition_met_on", start.values["age_condition_met_on"])
    last = inputs.month("last_contribution_month") if inputs.has("last_contribution_month") else Month.of(reached_on)
    return work.outcome(
        None,
        **found.values,
        pension_start=start.values.get("pension_start"),
        months_after_age=max(0, last - Month.of(reached_on)),
    )


def _start_facts(work: Working, found: Outcome, months: int) -> dict[str, object]:
    names = ("sex", "birth", "last_contribution_month", "disability_percent", "disability_conclusion_date")
    facts = {name: work.inputs.need(name) for name in names if work.inputs.has(name)}
    if not found.values["needs_disability"]:
        facts = {name: value for name, value in facts.items() if not name.startswith("disability")}
    return {**facts, "required_age_months": found.values["required_age_months"], "contribution_months": months}


def _pension_grounds(
    work: Working, found: Mapping[str, object], start: Mapping[str, object], *, compulsory: int, missing: int
) -> None:
    by_age = "41/2024/QH15 Điều 64, 65, 98" if work.under_law_41 else "58/2014/QH13 Điều 54, 55, 73"
    required, counted = _number(found["required_age_months"]), _number(found["counted_months"])
    reached_on = read_day("age_condition_met_on", start["age_condition_met_on"])
    work.ground(
        f"Đủ {required // 12} tuổi {required % 12} tháng vào ngày {reached_on:%d/%m/%Y}",
        f"Age of {required // 12} years {required % 12} months reached on {reached_on}",
        by_age,
        reached_on <= work.event_date,
    )
    needed = _FIFTEEN_YEARS if work.under_law_41 else _TWENTY_YEARS
    work.ground(
        f"Đóng {counted} tháng, cần đủ {needed} tháng"
        + (f", tính cả {missing} tháng xin đóng một lần" if missing else ""),
        f"{counted} months paid, {needed} needed"
        + (f", {missing} months to be paid at once included" if missing else ""),
        by_age,
        None if missing and counted >= needed else counted >= needed,
    )
    if found["needs_disability"] and work.inputs.has("disability_percent"):
        percent = work.inputs.number("disability_percent")
        work.ground(
            f"Suy giảm khả năng lao động {show(percent)}%, cần từ 61%; đóng bắt buộc {compulsory} tháng, cần đủ 240",
            f"Working ability reduced by {show(percent)}%, 61% needed; {compulsory} compulsory months, 240 needed",
            "41/2024/QH15 Điều 65" if work.under_law_41 else "58/2014/QH13 Điều 55",
            percent >= _LEAST_DISABILITY and compulsory >= _TWENTY_YEARS,
        )
    if start.get("pension_start"):
        earliest = read_day("pension_start", start["pension_start"])
        work.ground(
            f"Đề nghị hưởng từ {work.event_date:%d/%m/%Y}; sớm nhất từ {earliest:%d/%m/%Y}",
            f"Asked from {work.event_date}; the earliest is {earliest}",
            "12/2025/TT-BNV Điều 15" if work.under_law_41 else "59/2015/TT-BLĐTBXH Điều 18",
            work.event_date >= earliest,
        )


def one_time_right(work: Working) -> Outcome:
    """The ground chosen for the one-time benefit: what the record proves and what a paper has to prove."""
    inputs = work.inputs
    reason = inputs.choice("reason", (*_PAPERS, "left_12_months", "pension_age_short"))
    months = inputs.whole("contribution_months")
    if reason == "left_12_months":
        _left_12_months(work, months)
    elif reason == "pension_age_short":
        _pension_age_short(work, months)
    else:
        vi, en, article = _PAPERS[reason]
        work.ground(vi, en, article, None)
    for ground in work.grounds:
        work.step(ground.what_vi, ground.what_en, "", ground.article)
    return work.outcome(None, right=all(ground.met is not False for ground in work.grounds))


def _left_12_months(work: Working, months: int) -> None:
    article = "41/2024/QH15 Điều 70 khoản 1đ, Điều 102; 158/2025/NĐ-CP Điều 14"
    joined, last = work.inputs.month("first_joined"), work.inputs.month("last_contribution_month")
    out = Month.of(work.event_date) - last - 1
    work.ground(
        f"Tham gia lần đầu tháng {joined.vi}, trước 01/7/2025",
        f"First joined in {joined}, before 1 July 2025",
        article,
        joined < Month.of(LAW_41),
    )
    work.ground(
        f"Không đóng {max(0, out)} tháng trọn sau tháng {last.vi}, trước tháng đề nghị; cần đủ {_MONTHS_OUT} tháng",
        f"{max(0, out)} full months without contribution after {last}, before the request; {_MONTHS_OUT} needed",
        article,
        out >= _MONTHS_OUT,
    )
    work.ground(
        f"Đóng {months} tháng, chưa đủ {_TWENTY_YEARS} tháng (20 năm)",
        f"{months} months paid, fewer than {_TWENTY_YEARS} (20 years)",
        article,
        months < _TWENTY_YEARS,
    )


def _pension_age_short(work: Working, months: int) -> None:
    article = "41/2024/QH15 Điều 70 khoản 1a, Điều 102" if work.under_law_41 else "58/2014/QH13 Điều 60"
    birth = work.inputs.birth()
    age = normal_age_of(work, work.inputs.choice("sex", SEXES), birth.month)
    needed = _FIFTEEN_YEARS if work.under_law_41 else _TWENTY_YEARS
    work.ground(
        f"Đủ tuổi nghỉ hưu {age // 12} tuổi {age % 12} tháng vào ngày {birth.day_of_age(age):%d/%m/%Y}",
        f"Retirement age of {age // 12} years {age % 12} months reached on {birth.day_of_age(age)}",
        article,
        work.event_date >= birth.day_of_age(age),
    )
    work.ground(
        f"Đóng {months} tháng, chưa đủ {needed} tháng",
        f"{months} months paid, fewer than {needed}",
        article,
        months < needed,
    )


def survivor_right(work: Working) -> Outcome:
    """Whether a death gives the funeral grant and the monthly benefit asked for."""
    inputs = work.inputs
    pensioner, at_work = inputs.flag("receiving_pension"), inputs.flag("work_related_death")
    accident = inputs.flag("receiving_monthly_tnld")
    compulsory = inputs.whole("compulsory_months", 0 if pensioner or at_work or accident else None)
    voluntary = inputs.whole("voluntary_months", 0)
    work.step(
        f"Người đã mất đóng {compulsory} tháng bắt buộc, {voluntary} tháng tự nguyện",
        f"The deceased paid {compulsory} compulsory and {voluntary} voluntary months",
        f"{compulsory} + {voluntary} = {compulsory + voluntary}",
        "41/2024/QH15 Điều 85, 109" if work.under_law_41 else "58/2014/QH13 Điều 66, 80",
    )
    if inputs.flag("asks_funeral"):
        needed = work.figure("survivors.funeral_months")
        work.ground(
            f"Đóng bắt buộc {compulsory} tháng (cần 12), cả hai loại {compulsory + voluntary} tháng (cần 60),"
            " hoặc đang hưởng lương hưu, trợ cấp tai nạn lao động hằng tháng, hoặc mất do tai nạn lao động",
            f"{compulsory} compulsory months (12 needed), {compulsory + voluntary} of both kinds (60 needed),"
            " or a pensioner, a monthly accident benefit, or a death at work",
            needed.reference,
            compulsory >= needed.value["compulsory"]
            or compulsory + voluntary >= needed.value["both_kinds"]
            or pensioner
            or accident
            or at_work,
        )
    if inputs.flag("asks_monthly"):
        enough = compulsory >= _FIFTEEN_YEARS or pensioner or at_work
        missing = _FIFTEEN_YEARS - compulsory
        may_pay = not enough and missing <= _FEW_MISSING
        work.ground(
            f"Đóng bắt buộc {compulsory} tháng (cần 180), hoặc đang hưởng lương hưu, hoặc mất do tai nạn lao động,"
            " hoặc hưởng trợ cấp tai nạn lao động hằng tháng từ 61%"
            + (f"; thân nhân được đóng nốt {missing} tháng còn thiếu" if may_pay else ""),
            f"{compulsory} compulsory months (180 needed), or a pensioner, or a death at work, or a monthly accident"
            " benefit from 61%" + (f"; the relatives may pay the {missing} missing months" if may_pay else ""),
            "41/2024/QH15 Điều 86, 111" if work.under_law_41 else "58/2014/QH13 Điều 67, 71",
            True if enough else None if accident or may_pay else False,
        )
    for ground in work.grounds:
        work.step(ground.what_vi, ground.what_en, f"{compulsory}; {compulsory + voluntary}", ground.article)
    right = all(ground.met is not False for ground in work.grounds)
    return work.outcome(None, right=right, compulsory_months=compulsory, voluntary_months=voluntary)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


_PAPERS = {
    "settle_abroad": (
        "Giấy tờ chứng minh ra nước ngoài để định cư",
        "Papers that prove the settlement abroad",
        "41/2024/QH15 Điều 70 khoản 1b",
    ),
    "serious_disease": (
        "Bệnh án ghi bệnh thuộc danh mục được hưởng một lần",
        "A medical record of a disease on the list",
        "41/2024/QH15 Điều 70 khoản 1c",
    ),
    "disability_81": (
        "Biên bản giám định suy giảm từ 81% hoặc xác nhận khuyết tật đặc biệt nặng",
        "An assessment of 81% or more, or a confirmation of very severe disability",
        "41/2024/QH15 Điều 70 khoản 1d",
    ),
    "armed_forces": (
        "Quyết định phục viên, xuất ngũ, thôi việc và không thuộc diện đóng tiếp",
        "The decision of discharge, without a further duty to contribute",
        "41/2024/QH15 Điều 70 khoản 1e",
    ),
    "voluntary_before_2021": (
        "Tham gia BHXH tự nguyện trước năm 2021 theo điều khoản chuyển tiếp",
        "Voluntary participant before 2021, transitional rule",
        "41/2024/QH15 Điều 141",
    ),
    "foreigner": (
        "Giấy phép lao động hết hạn, hợp đồng chấm dứt hoặc không được gia hạn",
        "The work permit or the contract has ended and is not renewed",
        "41/2024/QH15 Điều 70 khoản 2",
    ),
}

RULES = {"pension_right": pension_right, "one_time_right": one_time_right, "survivor_right": survivor_right}
