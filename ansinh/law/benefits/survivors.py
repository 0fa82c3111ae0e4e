"""Survivors: funeral, monthly benefit, lump sums, choice and end.

Law 58/2014 articles 66-71 and 80-81, law 41/2024 articles 85-90 and 109-111; circulars 59/2015
articles 24-27, 105/2016 article 21, 01/2016 article 7, 12/2025 article 18.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.benefits.one_time import months_of_average
from ansinh.law.benefits.relatives import Relative, percent_of, read_relatives
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show, whole_dong
from ansinh.law.working import Working, read_month

_SIX_YEARS, _EIGHTEEN_YEARS = 72, 216
_FLOOR_MONTHS = 3
_FUNERAL_GROUNDS = {
    "receiving_monthly_tnld": (
        ", đang hưởng trợ cấp tai nạn lao động hằng tháng",
        ", drawing a monthly accident benefit",
    ),
    "receiving_pension": (", đang hưởng lương hưu", ", drawing a pension"),
    "work_related_death": (", chết do tai nạn lao động, bệnh nghề nghiệp", ", death by accident or disease at work"),
}
_SHORT_TIME_LAW_41, _SHORT_TIME_LAW_58 = 60, 12


def funeral(work: Working) -> Outcome:
    """Ten levels of the month of death when one of the grounds is met, else nothing."""
    inputs = work.inputs
    needed = work.figure("survivors.funeral_months")
    compulsory = inputs.whole("compulsory_months", 0)
    both = compulsory + inputs.whole("voluntary_months", 0)
    if not any(inputs.has(name) for name in ("voluntary_months", *_FUNERAL_GROUNDS)):
        inputs.need("compulsory_months")
    eligible = (
        compulsory >= needed.value["compulsory"]
        or both >= needed.value["both_kinds"]
        or any(inputs.flag(name) for name in _FUNERAL_GROUNDS)
    )
    met = next((words for name, words in _FUNERAL_GROUNDS.items() if inputs.flag(name)), ("", ""))
    work.step(
        f"Tháng đóng bắt buộc, tháng đóng cả hai loại{met[0]}: " + ("đủ" if eligible else "không đủ") + " điều kiện",
        f"Compulsory months, months of both kinds{met[1]}: " + ("entitled" if eligible else "not entitled"),
        f"{compulsory} / {needed.value['compulsory']}; {both} / {needed.value['both_kinds']}",
        needed.reference,
        None if eligible else Fraction(0),
    )
    if not eligible:
        return work.outcome(Fraction(0), eligible=False, times_base=0)
    times = work.figure("survivors.funeral_multiple")
    level = work.level()
    amount = Fraction(times.value * level)
    work.step(
        "Trợ cấp mai táng",
        "Funeral allowance",
        f"{times.value} × {show(level)} = {show(amount)}",
        times.reference,
        amount,
    )
    return work.outcome(amount, eligible=True, times_base=times.value)


def survivor_monthly(work: Working) -> Outcome:
    """Monthly benefit of one relative, or of a family (at most four relatives)."""
    if work.inputs.has("relatives"):
        return _family(work)
    relative = Relative.read(work.inputs, work)
    percent = percent_of(work, relative, family=None)
    return _monthly(work, [percent], percent_base=percent)


def _family(work: Working) -> Outcome:
    family = read_relatives(work)
    used = work.figure("survivors.monthly_percent").value
    shares = [(relative, percent_of(work, relative, family=family)) for relative in family]
    by_kind: dict[str, object] = {}
    later: dict[str, int] = {}
    for kind in dict.fromkeys(relative.kind for relative in family):
        found = [percent for relative, percent in shares if relative.kind == kind]
        by_kind[kind] = found[0] if len(set(found)) == 1 else found
    for relative, percent in shares:
        if percent and relative.loses_care_percent_when_a_child_is_18(family):
            later[relative.kind] = percent * used["normal"] // used["no_direct_caregiver"]
    entitled = sorted((percent for _, percent in shares if percent), reverse=True)[: int(used["max_relatives"])]
    work.step(
        f"Tổng mức hưởng của {len(entitled)} thân nhân, nhiều nhất {used['max_relatives']} người",
        f"Sum for {len(entitled)} relatives, at most {used['max_relatives']}",
        (" + ".join(f"{percent}%" for percent in entitled) or "0%") + f" = {sum(entitled)}%",
        "41/2024/QH15 Điều 87" if work.under_law_41 else "58/2014/QH13 Điều 68",
    )
    return _monthly(work, entitled, percents=by_kind, after_child_18=later)


def _monthly(work: Working, shares: list[int], **values: object) -> Outcome:
    total = sum(shares)
    if not total:
        work.step(
            "Không có trợ cấp tuất hằng tháng",
            "No monthly survivor benefit",
            "0",
            "41/2024/QH15 Điều 86" if work.under_law_41 else "58/2014/QH13 Điều 67",
            Fraction(0),
        )
        return work.outcome(Fraction(0), **values)
    level = work.level()
    amount = Fraction(level * total, 100)
    work.step(
        "Trợ cấp tuất hằng tháng, sau này theo mức mới khi mức tham chiếu thay đổi",
        "Monthly survivor benefit; it follows later levels",
        f"{show(level)} × {total}% = {show(amount)}",
        "41/2024/QH15 Điều 87" if work.under_law_41 else "58/2014/QH13 Điều 68",
        amount,
    )
    return work.outcome(amount, **values)


def survivor_lump(work: Working) -> Outcome:
    """Lump sum after the death of a contributor: as one-time benefit, at least three months.

    ``voluntary_only``: no lowest sum, and for little time the sum paid (``paid_total``); with
    ``compulsory_months`` and ``voluntary_months`` together under 60, law 41 gives the sum paid too.
    """
    before = work.inputs.whole("months_before_2014")
    after = work.inputs.whole("months_from_2014")
    if work.inputs.flag("voluntary_only"):
        return _voluntary_lump(work, before=before, after=after)
    average = work.inputs.number("average_salary")
    if work.under_law_41 and _is_short_mixed_time(work, before + after):
        return _short_mixed_lump(work, average)
    months = months_of_average(work, before=before, after=after)
    return _lump(work, average, months, "mức bình quân", "of the mean")


def _is_short_mixed_time(work: Working, months: int) -> bool:
    kinds = (work.inputs.whole(name, 0) for name in ("compulsory_months", "voluntary_months"))
    return months < _SHORT_TIME_LAW_41 and all(kinds)


def _short_mixed_lump(work: Working, average: Fraction) -> Outcome:
    """Compulsory and voluntary time of under 60 months in all: the sum paid, at least three months."""
    paid = work.inputs.number("paid_total")
    lowest = average * _FLOOR_MONTHS
    amount = max(paid, lowest)
    work.step(
        f"Trợ cấp tuất một lần bằng số tiền đã đóng, thấp nhất {_FLOOR_MONTHS} tháng bình quân",
        f"Survivor lump sum: the sum paid, at least {_FLOOR_MONTHS} months of the mean",
        f"max({show(paid)}; {show(average)} × {_FLOOR_MONTHS} = {show(lowest)}) = {show(amount)}",
        "41/2024/QH15 Điều 110",
        amount,
    )
    return work.outcome(amount, uncapped=whole_dong(paid))


def _voluntary_lump(work: Working, *, before: int, after: int) -> Outcome:
    """Voluntary time only: under 60 months (law 58: under a year) the sum paid."""
    article = "41/2024/QH15 Điều 110" if work.under_law_41 else "58/2014/QH13 Điều 81"
    if before + after < (_SHORT_TIME_LAW_41 if work.under_law_41 else _SHORT_TIME_LAW_58):
        amount = work.inputs.number("paid_total")
        if not work.under_law_41:
            amount = min(amount, work.inputs.number("average_salary") * 2)
        words = ("Trợ cấp tuất một lần bằng số tiền đã đóng", "Survivor lump sum: the sum paid")
        work.step(*words, show(amount), article, amount)
        return work.outcome(amount, uncapped=whole_dong(work.inputs.number("paid_total")))
    average = work.inputs.number("average_salary")
    months = months_of_average(work, before=before, after=after)
    amount = average * months
    words = (f"Trợ cấp tuất một lần {show(months)} tháng", f"Survivor lump sum of {show(months)} months")
    work.step(*words, f"{show(average)} × {show(months)} = {show(amount)}", article, amount)
    return work.outcome(amount, uncapped=whole_dong(amount), months_of_average=months)


def survivor_lump_pensioner(work: Working) -> Outcome:
    """Lump sum after the death of a pensioner: 48 months, less by half for each later month."""
    pension = work.inputs.number("pension")
    received = work.inputs.whole("months_received")
    used = work.figure("survivors.lump_pensioner")
    step = exact(used.value["minus_per_month"])
    months = used.value["first_two_months"] - step * max(0, received - 2)
    work.step(
        f"Đã hưởng lương hưu {received} tháng",
        f"The pension was drawn for {received} months",
        f"{used.value['first_two_months']} − {show(step)} × {max(0, received - 2)} = {show(months)}",
        used.reference,
    )
    return _lump(work, pension, Fraction(months), "lương hưu", "of the pension")


def _lump(work: Working, monthly: Fraction, months: Fraction, vi: str, en: str) -> Outcome:
    raw = monthly * months
    amount = max(raw, monthly * _FLOOR_MONTHS)
    counted = max(months, Fraction(_FLOOR_MONTHS))
    work.step(
        f"Trợ cấp tuất một lần {show(counted)} tháng {vi}"
        + (f", mức thấp nhất {_FLOOR_MONTHS} tháng" if months < _FLOOR_MONTHS else ""),
        f"Survivor lump sum of {show(counted)} months {en}"
        + (f", the lowest being {_FLOOR_MONTHS}" if months < _FLOOR_MONTHS else ""),
        f"{show(monthly)} × {show(counted)} = {show(amount)}",
        "41/2024/QH15 Điều 89" if work.under_law_41 else "58/2014/QH13 Điều 70",
        amount,
    )
    return work.outcome(amount, uncapped=whole_dong(raw), months_of_average=counted)


def survivor_choice(work: Working) -> Outcome:
    """Whether the family may take the lump sum instead of monthly benefit."""
    inputs = work.inputs
    death = inputs.first_day("death") if inputs.has("death") else work.event_date
    births = [inputs.month("child_birth")] if inputs.has("child_birth") else _births(work)
    all_six = all(Month.of(death) - birth >= _SIX_YEARS for birth in births)
    barred = not all_six or inputs.flag("disabled_81")
    may_choose = work.under_law_41 or not barred
    work.step(
        "Con đủ 6 tuổi kể từ tháng sinh nhật thứ sáu" if all_six else "Có con chưa đủ 6 tuổi tính theo tháng",
        "Every child is 6, from the month of the sixth birthday"
        if all_six
        else "A child is under 6, counted by months",
        ", ".join(f"{birth} → {Month.of(death)}" for birth in births),
        "105/2016/TTLT Điều 21",
    )
    work.step(
        "Được chọn trợ cấp một lần" if may_choose else "Không được chọn trợ cấp một lần",
        "The lump sum may be chosen" if may_choose else "The lump sum may not be chosen",
        "",
        "41/2024/QH15 Điều 88 khoản 2" if work.under_law_41 else "58/2014/QH13 Điều 69",
    )
    return work.outcome(None, child_is_6_or_more=all_six, may_choose_lump=may_choose)


def survivor_end(work: Working) -> Outcome:
    """First month of the benefit and the last month of each child."""
    death = work.event_date
    starts: list[date] = []
    lasts: list[Month] = []
    for given, birth in zip(work.inputs.items("child_births"), _births(work), strict=True):
        born_later = birth > Month.of(death) or str(given) > death.isoformat()
        starts.append((birth if born_later else Month.of(death) + 1).first_day)
        lasts.append(birth + (_EIGHTEEN_YEARS - 1))
        work.step(
            f"Con sinh tháng {birth.vi}: từ {starts[-1]:%d/%m/%Y} đến hết tháng {lasts[-1].vi}",
            f"Child born in {birth}: from {starts[-1]} to the end of {lasts[-1]}",
            f"{birth} + {_EIGHTEEN_YEARS} − 1 = {lasts[-1]}",
            "105/2016/TTLT Điều 21; 41/2024/QH15 Điều 86",
        )
    return work.outcome(None, start=min(starts), starts=starts, last_months=[str(last) for last in lasts])


def _births(work: Working) -> list[Month]:
    if not work.inputs.items("child_births"):
        work.inputs.need("child_births")
    return [read_month("child_births", given) for given in work.inputs.items("child_births")]


RULES = {
    "funeral": funeral,
    "survivor_monthly": survivor_monthly,
    "survivor_lump": survivor_lump,
    "survivor_lump_pensioner": survivor_lump_pensioner,
    "survivor_choice": survivor_choice,
    "survivor_end": survivor_end,
}
