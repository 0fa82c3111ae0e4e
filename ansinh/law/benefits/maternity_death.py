"""Maternity leave after the death of the child or of the mother.

Law 58/2014 article 34, 59/2015 article 10; law 41/2024 article 53, 12/2025 article 9.
"""

from __future__ import annotations

from datetime import date, timedelta

from ansinh.law.benefits.maternity import leave_months
from ansinh.law.benefits.maternity_leave import AGE_MONTHS, allowance_of, until_step, with_lump
from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import add_months, end_of_period, whole_dong
from ansinh.law.working import Working


def child_death_leave(work: Working) -> Outcome:
    """Law 58: a child dead under two months gives four months from the birth, an older one two from the death.

    Law 41 says nothing of a child dead after the birth: the leave stays that of a birth, and the doubt is said.
    """
    birth, death = work.inputs.day("birth"), work.inputs.day("child_death")
    if death < birth:
        raise BadInput("child_death", str(death))
    first = work.inputs.day("leave_from") if work.inputs.has("leave_from") else birth
    longest = end_of_period(first, leave_months(work))
    last = longest if work.under_law_41 else min(longest, _end_by_law_58(birth, death))
    vi, en = _words(work, is_young=death < add_months(birth, 2))
    until_step(work, vi, en, last)
    return with_lump(work, allowance_of(work, first, last), work.inputs.whole("children", 1))


def _end_by_law_58(birth: date, death: date) -> date:
    return end_of_period(birth, 4) if death < add_months(birth, 2) else end_of_period(death, 2)


def _words(work: Working, *, is_young: bool) -> tuple[str, str]:
    if work.under_law_41:
        work.doubt(
            "Con mất sau khi sinh từ ngày 01/7/2025: luật không nêu việc rút ngắn thời gian nghỉ",
            "A child dead after birth since 2025-07-01: the law says nothing of a shorter leave",
        )
        return "Con mất sau khi sinh: nghỉ như sinh con", "Child dead after birth: leave as for a birth"
    if is_young:
        return (
            "Con dưới 2 tháng tuổi mất: nghỉ 4 tháng tính từ ngày sinh",
            "Child dead under two months: four months from the birth",
        )
    return (
        "Con từ 2 tháng tuổi mất: nghỉ 2 tháng tính từ ngày mất",
        "Child dead from two months on: two months from the death",
    )


def mother_death_leave(work: Working) -> Outcome:
    """The rest of the mother's leave for the father or carer, from the day after her death.

    ``mother_right``: she met the contribution test; without it, or when only the father is insured, until the child is
    six months old. The mean is the father's when he is insured and takes the leave, else the mother's.
    """
    inputs = work.inputs
    birth, death = inputs.day("birth"), inputs.day("mother_death")
    mother, father = inputs.flag("mother_insured"), inputs.flag("father_insured")
    if not (mother or father):
        raise BadInput("mother_insured", False)
    of_father = father and (inputs.flag("father_on_leave") or not mother)
    if mother and inputs.flag("mother_right"):
        begun = inputs.day("leave_from") if inputs.has("leave_from") else birth
        last = end_of_period(begun, leave_months(work))
        vi, en = "Cha hoặc người nuôi dưỡng nghỉ hết thời gian còn lại của mẹ", "The rest of the mother’s leave"
    else:
        last = end_of_period(birth, AGE_MONTHS)
        vi, en = "Cha hoặc người nuôi dưỡng nghỉ đến khi con đủ 6 tháng tuổi", "Until the child is six months old"
    until_step(work, vi, en, last)
    work.step(
        "Tính trên bình quân tiền lương của " + ("cha" if of_father else "mẹ"),
        "Taken from the mean wage of the " + ("father" if of_father else "mother"),
        "",
        "12/2025/TT-BNV Điều 9 khoản 1" if work.under_law_41 else "59/2015/TT-BLĐTBXH Điều 10 khoản 2",
    )
    average = inputs.number("father_average" if of_father else "mother_average")
    allowance = allowance_of(work, death + timedelta(days=1), last, average)
    return work.outcome(allowance, allowance=whole_dong(allowance), mean_of="father" if of_father else "mother")


RULES = {"child_death_leave": child_death_leave, "mother_death_leave": mother_death_leave}
