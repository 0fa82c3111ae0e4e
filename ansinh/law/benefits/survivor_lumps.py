"""The survivors' lump sum from the record of the person who died: which of its rules applies.

Law 41/2024 articles 89 and 110, law 58/2014 articles 70 and 81.
"""

from __future__ import annotations

from ansinh.law.benefits.survivors import survivor_lump, survivor_lump_pensioner
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show
from ansinh.law.working import Working

_SHORT_TIME_LAW_41, _SHORT_TIME_LAW_58 = 60, 12


def survivor_lump_of_record(work: Working) -> Outcome:
    """Lump sum of a contributor; of voluntary time only there is no lowest sum.

    Short voluntary time gives back the sum paid, which the record does not hold: ``LawError``.
    """
    inputs = work.inputs
    compulsory, voluntary = inputs.whole("compulsory_months"), inputs.whole("voluntary_months", 0)
    facts = {name: inputs.need(name) for name in ("months_before_2014", "months_from_2014", "average_salary")}
    short = _SHORT_TIME_LAW_41 if work.under_law_41 else _SHORT_TIME_LAW_58
    if not compulsory and voluntary < short:
        raise LawError(
            "sum-paid-unknown",
            f"Chỉ đóng tự nguyện {voluntary} tháng, dưới {short} tháng: trợ cấp bằng số tiền đã đóng. "
            "Chuyên viên lấy số tiền từ quá trình đóng, nhập và ghi lý do.",
            f"Only {voluntary} voluntary months, fewer than {short}: the benefit is the sum paid. "
            "The officer takes it from the record and enters it with the reason.",
        )
    return survivor_lump(Working({**facts, "voluntary_only": not compulsory}, work.event_date))


def survivor_lump_of_pensioner(work: Working) -> Outcome:
    """Lump sum of a pensioner who drew from ``start_month`` until the month of death, both counted."""
    start, pension = work.inputs.month("start_month"), work.inputs.need("pension")
    received = max(0, Month.of(work.event_date) - start + 1)
    facts = {"pension": pension, "months_received": received}
    return survivor_lump_pensioner(Working(facts, work.event_date))


def survivor_lump_of_allowance(work: Working) -> Outcome:
    """Three months of a monthly accident or similar allowance, when the one-time benefit was taken before.

    59/2015 article 27 k2-3.
    """
    allowance = work.inputs.number("monthly_allowance")
    used = work.figure("survivors.lump_pensioner")
    months = exact(used.value["floor"])
    amount = allowance * months
    work.step(
        f"Đã hưởng BHXH một lần, đang hưởng trợ cấp hằng tháng: tuất một lần {show(months)} tháng trợ cấp",
        f"The one-time benefit was taken, a monthly allowance was drawn: {show(months)} months of it",
        f"{show(allowance)} × {show(months)} = {show(amount)}",
        "59/2015/TT-BLĐTBXH Điều 27 khoản 2, 3; " + used.reference,
        amount,
    )
    return work.outcome(amount)


RULES = {
    "survivor_lump_of_allowance": survivor_lump_of_allowance,
    "survivor_lump_of_record": survivor_lump_of_record,
    "survivor_lump_of_pensioner": survivor_lump_of_pensioner,
}
