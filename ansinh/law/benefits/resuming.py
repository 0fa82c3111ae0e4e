"""A monthly benefit that was suspended and is paid again: the amount now, and what is paid for the time between.

Law 41/2024 articles 75, 80; law 58/2014 article 64 k2; 14/2026 article 1 (people suspended on the day of a rise have it
when they resume); 12/2025 article 18 k2 (survivors' and care benefits follow the level).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.benefits.indexation import RISES, pension_indexation
from ansinh.law.benefits.indexation_2016 import FROM as DECREE_55_FROM
from ansinh.law.benefits.indexation_rules import KINDS
from ansinh.law.errors import BadInput
from ansinh.law.figures import history
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show, whole_dong
from ansinh.law.working import LAW_41, Working

FOLLOW_THE_LEVEL = ("survivor_monthly", "service_allowance")
CASES = ("prison", "illegal_exit", "missing")
_ARTICLE = "41/2024/QH15 Điều 75, 80"
_MAY_2016 = DECREE_55_FROM + 4
_PASSED_ON = ("started", "sex", "contribution_months", "adjusted_by_108_2021", "preschool_teacher")


def resume_right(work: Working) -> Outcome:
    """The ground of resuming, which a paper proves, and that it does not begin before the event."""
    case = work.inputs.choice("resume_case", CASES)
    event, asked = work.inputs.day("resume_event"), work.inputs.month("from_month")
    vi, en, article = _PAPERS[case]
    work.ground(f"{vi} (ngày {event:%d/%m/%Y})", f"{en} ({event})", article, None)
    is_after = asked >= Month.of(event)
    work.ground(
        f"Đề nghị hưởng tiếp từ {asked.vi}, sự kiện trong {Month.of(event).vi}",
        f"Asked to resume from {asked}, the event was in {Month.of(event)}",
        article,
        is_after,
    )
    for ground in work.grounds:
        work.step(ground.what_vi, ground.what_en, f"{event}; {asked}", ground.article)
    return work.outcome(None, right=is_after)


def resumed_benefit(work: Working) -> Outcome:
    """Amount of the deciding month, from the one of the month before ``suspended_from``.

    Pensions and allowances take every rise between; survivors' and care benefits follow the level.
    """
    inputs = work.inputs
    suspended = inputs.month("suspended_from")
    if work.event_date < suspended.first_day:
        raise BadInput("suspended_from", str(suspended))
    amount = _amount_in(work, Month.of(work.event_date), writes=True)
    return work.outcome(Fraction(amount), new_amount=amount)


def suspended_arrears(work: Working) -> Outcome:
    """What is paid for the months from ``suspended_from`` to the one before the deciding month, by the case."""
    inputs = work.inputs
    inputs.need("monthly_amount")
    first, last = inputs.month("suspended_from"), Month.of(work.event_date) + -1
    paid_for = work.figure("resume.arrears")
    case = inputs.choice("resume_case", CASES)
    if case not in paid_for.value["cases"] or last < first:
        work.step(
            "Không truy lĩnh thời gian tạm dừng",
            "The time of the suspension is not paid",
            f"{first} – {last}",
            paid_for.reference,
            Fraction(0),
        )
        return work.outcome(Fraction(0), months=0)
    total, periods = 0, _periods(first, last)
    for begin, end in periods:
        amount, months = _amount_in(work, begin, writes=begin == periods[-1][0]), end - begin + 1
        total += months * amount
        work.step(
            f"{months} tháng, từ {begin.vi} đến {end.vi}",
            f"{months} months, {begin} to {end}",
            f"{months} × {show(amount)} = {show(months * amount)}",
            paid_for.reference,
            Fraction(months * amount),
        )
    work.step("Số tiền truy lĩnh, không tính lãi", "Arrears, without interest", show(total), _ARTICLE, Fraction(total))
    return work.outcome(Fraction(total), months=last - first + 1)


def _periods(first: Month, last: Month) -> list[tuple[Month, Month]]:
    """The time cut where amounts may change: at every rise and every level."""
    days = [decree.valid_from for decree in history(RISES)]
    days += [level.valid_from for name in ("level.base_salary", "level.reference") for level in history(name)]
    cuts = {Month.of(day) for day in days} | {_MAY_2016}
    begins = sorted({first} | {cut for cut in cuts if first < cut <= last})
    return [(begin, following + -1) for begin, following in zip(begins, [*begins[1:], last + 1], strict=True)]


def _amount_in(work: Working, month: Month, *, writes: bool) -> int:
    """The amount of one month; with ``writes`` its steps and figures go on the sheet."""
    inputs = work.inputs
    before = inputs.month("suspended_from") + -1
    kind = inputs.choice("kind", (*KINDS, *FOLLOW_THE_LEVEL)) if inputs.has("kind") else KINDS[0]
    if kind in FOLLOW_THE_LEVEL:
        return _by_level(work, before, month, writes=writes)
    facts = {name: inputs.need(name) for name in _PASSED_ON if inputs.has(name)}
    facts |= {"pension": inputs.whole("monthly_amount"), "kind": kind, "amount_of": str(before)}
    found = pension_indexation(Working(facts, month.first_day))
    if writes:
        work.adopt(found)
    assert found.amount is not None
    return found.amount


def _by_level(work: Working, before: Month, month: Month, *, writes: bool) -> int:
    old, new = _level(work, before.first_day), _level(work, month.first_day)
    amount = work.inputs.number("monthly_amount") * new / old
    if writes:
        work.step(
            "Tính lại theo mức của tháng hưởng tiếp",
            "By the level of the month it is paid again",
            f"{show(work.inputs.number('monthly_amount'))} × {show(new)} / {show(old)} = {show(amount)}",
            "12/2025/TT-BNV Điều 18 khoản 2",
            amount,
        )
    return whole_dong(amount)


def _level(work: Working, day: date) -> Fraction:
    return exact(work.figure("level.reference" if day >= LAW_41 else "level.base_salary", on=day).value)


_PAPERS = {
    "prison": (
        "Giấy chứng nhận chấp hành xong hình phạt tù, đặc xá, miễn hoặc tạm hoãn",
        "The paper of a served, pardoned, remitted or postponed sentence",
        "71/2006/QH11 Điều 62; 41/2024/QH15 Điều 80",
    ),
    "illegal_exit": (
        "Văn bản của cơ quan có thẩm quyền về việc trở về nước định cư hợp pháp",
        "The paper of the authority on the lawful return",
        _ARTICLE,
    ),
    "missing": (
        "Quyết định có hiệu lực của Tòa án hủy tuyên bố mất tích hoặc đã chết",
        "The court decision in force that lifts the declaration",
        _ARTICLE,
    ),
}

RULES = {
    "resume_right": resume_right,
    "resumed_benefit": resumed_benefit,
    "suspended_arrears": suspended_arrears,
}
