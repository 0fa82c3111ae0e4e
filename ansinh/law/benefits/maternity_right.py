"""The conditions of maternity benefits and the mean wage before the leave, from the months really paid.

Law 41/2024 article 50, circular 12/2025 articles 8 and 10; law 58/2014 article 31, circular 59/2015
article 9.
"""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.benefits.maternity import maternity_window
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, show, whole_dong
from ansinh.law.working import Inputs, Working, read_month

_MONTHS_AVERAGED = 6


def maternity_right(work: Working) -> Outcome:
    """Whether enough months were paid before the birth, handover or adoption (``birth``).

    ``paid_months`` are the months paid to the compulsory fund; ``rest_on_medical_order`` and
    ``infertility_treatment`` open the lower tests. ``voluntary``: the months of both funds are given.
    """
    inputs = work.inputs
    birth = inputs.day("birth")
    inputs.need("paid_months")
    paid = {read_month("paid_months", given) for given in inputs.items("paid_months")}
    facts = {"birth": birth, "contributed_in_birth_month": Month.of(birth) in paid}
    window = maternity_window(Working(facts, work.event_date))
    work.adopt(window)
    first, last = _ends(window)
    inside = len([month for month in paid if first <= month <= last])
    before = len([month for month in paid if month <= last])
    used = work.figure("maternity.contribution_test")
    article = "41/2024/QH15 Điều 94" if inputs.flag("voluntary") else used.reference
    needed = int(used.value["in_12_months"])
    met = inside >= needed
    _test(work, article, inside, needed, first, last, met=met)
    if not met and inputs.flag("rest_on_medical_order"):
        lower, long_paid = int(used.value["rest_on_medical_order"]), int(used.value["paid_before_rest"])
        rest_met = inside >= lower and before >= long_paid
        _test(work, article, inside, lower, first, last, met=rest_met, total=(before, long_paid))
        met = rest_met
    if not met and inputs.flag("infertility_treatment") and "infertility_in_24_months" in used.value:
        wide = first + -12
        months = len([month for month in paid if wide <= month <= last])
        needed_24 = int(used.value["infertility_in_24_months"])
        met = months >= needed_24
        _test(work, article, months, needed_24, wide, last, met=met)
    return work.outcome(None, right=met, months_in_window=inside, months_paid=before, window=[str(first), str(last)])


def average_before_leave(work: Working) -> Outcome:
    """Mean wage of the last six months paid before the leave, fewer when fewer were paid.

    ``wages`` are rows (month, salary) of the compulsory fund; the month of a birth on or after the
    15th counts when it was paid. Without any row the mean stated in the dossier is taken. The value
    ``exact`` is the unrounded mean, for rules that build on it.
    """
    inputs = work.inputs
    article = "12/2025/TT-BNV Điều 10; 41/2024/QH15 Điều 59" if work.under_law_41 else "58/2014/QH13 Điều 39"
    leave = inputs.month("leave_from")
    end = leave + -1
    if inputs.has("birth"):
        birth = inputs.day("birth")
        has_birth_month = any(row.month("month") == Month.of(birth) for row in _rows(work))
        if birth.day >= 15 and has_birth_month and Month.of(birth) >= leave:
            end = Month.of(birth)
    counted = sorted((row.month("month"), row.number("salary")) for row in _rows(work) if row.month("month") <= end)
    if not counted and any(row.month("month") == leave for row in _rows(work)):
        counted = [(row.month("month"), row.number("salary")) for row in _rows(work) if row.month("month") == leave]
    last = counted[-_MONTHS_AVERAGED:]
    if not last:
        stated = inputs.number("stated_average")
        work.step(
            "Bình quân tiền lương ghi trong hồ sơ, chưa có tháng đóng để đối chiếu",
            "Mean wage as stated in the dossier, no paid month to compare it with",
            show(stated),
            article,
            stated,
        )
        return work.outcome(stated, average=whole_dong(stated), exact=str(stated), months=0)
    total = sum((salary for _, salary in last), Fraction(0))
    average = total / len(last)
    work.step(
        f"Bình quân tiền lương {len(last)} tháng đóng gần nhất, từ {last[0][0].vi} đến {last[-1][0].vi}",
        f"Mean wage of the last {len(last)} months paid, {last[0][0]} to {last[-1][0]}",
        f"{show(total)} ÷ {len(last)} = {show(average)}",
        article,
        average,
    )
    return work.outcome(average, average=whole_dong(average), exact=str(average), months=len(last))


def _rows(work: Working) -> list[Inputs]:
    return work.inputs.rows("wages") if work.inputs.items("wages") else []


def _ends(window: Outcome) -> tuple[Month, Month]:
    ends = window.values["window"]
    assert isinstance(ends, list)
    return read_month("window", ends[0]), read_month("window", ends[1])


def _test(
    work: Working,
    article: str,
    months: int,
    needed: int,
    first: Month,
    last: Month,
    *,
    met: bool,
    total: tuple[int, int] | None = None,
) -> None:
    rest_vi = f"; đã đóng {total[0]} tháng, cần đủ {total[1]} (nghỉ dưỡng thai theo chỉ định)" if total else ""
    rest_en = f"; {total[0]} months paid in all, {total[1]} needed (rest on medical order)" if total else ""
    vi = f"Đóng {months} tháng từ {first.vi} đến {last.vi}, cần đủ {needed} tháng{rest_vi}"
    en = f"{months} months paid from {first} to {last}, {needed} needed{rest_en}"
    work.ground(vi, en, article, met)
    work.step(vi, en, f"{months} / {needed}", article)


RULES = {"maternity_right": maternity_right, "average_before_leave": average_before_leave}
