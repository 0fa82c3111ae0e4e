"""What health insurance pays for a visit, for materials, and back to the patient directly.

Law on health insurance article 22, 146/2018 articles 14 and 30, 04/2017 article 3, 35/2016
article 4, 188/2025. Referral levels of care and reimbursement ceilings after 188/2025 are not
known to us: they are refused, not guessed.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.errors import BadInput, LawError
from ansinh.law.figures import history
from ansinh.law.health_card import health_card_facts
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import exact, show, whole_dong
from ansinh.law.working import LAW_41, Working


def bhyt_payment(work: Working) -> Outcome:
    """Fund and patient for one visit, or for the materials of one technical service; đồng.

    ``materials_cap_months`` says that the limit for materials applies; ``wrong_place`` that the
    care was not at the right level, where the rules for low cost and six months do not help.
    """
    cost = work.inputs.number("total_cost")
    percent = _group_percent(work)
    level = work.level()
    is_visit = not _is_capped(work)
    if work.inputs.flag("wrong_place"):
        work.doubt(
            "Mức hưởng khi khám chữa bệnh không đúng tuyến: dùng đúng mức đã nhập",
            "The rate for care not at the right level: the given rate is used as it is",
        )
    elif is_visit and _is_low_cost(work, cost, level):
        return _closed(work, cost, fund=cost)
    covered = cost if is_visit else _covered_materials(work, cost, level)
    copaid = covered * (100 - percent) / 100
    work.step(
        f"Người bệnh cùng chi trả {show(100 - percent)}%",
        f"The patient shares {show(100 - percent)}%",
        f"{show(covered)} × {show(100 - percent)}% = {show(copaid)}",
        "146/2018/NĐ-CP Điều 14 khoản 1",
        copaid,
    )
    if work.inputs.flag("five_continuous_years") and not work.inputs.flag("wrong_place"):
        copaid = min(copaid, _left_to_share(work, level))
    return _closed(work, cost, fund=covered - copaid)


def _is_capped(work: Working) -> bool:
    """Whether the limit for materials applies: a limit of 0 months says that it does not."""
    return work.inputs.has("materials_cap_months") and work.inputs.number("materials_cap_months") > 0


def _group_percent(work: Working) -> Fraction:
    """The group's percentage; with several groups (``level_percents``) the best, else that of ``card_number``."""
    inputs = work.inputs
    if inputs.has("level_percents"):
        return max(exact(percent) for percent in inputs.items("level_percents"))
    if inputs.has("card_number") and not inputs.has("level_percent"):
        return _percent_of_card(work)
    percent = inputs.number("level_percent")
    if percent > 100:
        raise BadInput("level_percent", inputs.need("level_percent"))
    allowed = work.figure("health.benefit_percents")
    if percent not in allowed.value and not inputs.flag("wrong_place"):
        work.doubt(
            f"Mức hưởng {show(percent)}% không thuộc các mức 100%, 95%, 80%",
            f"A rate of {show(percent)}% is none of 100%, 95%, 80%",
        )
    return percent


def _percent_of_card(work: Working) -> Fraction:
    """The percentage of the level printed on the card."""
    levels, _ = work.figure("health.card_levels"), work.figure("health.card_groups")
    card = health_card_facts(str(work.inputs.need("card_number")), on=work.event_date)
    if card.payer is None:
        work.doubt(
            f"Mã đối tượng {card.group} trên thẻ chưa có trong bảng mã năm 2015",
            f"The group {card.group} on the card is not among the codes of 2015",
        )
    work.step(
        f"Mã quyền lợi {card.level} trên thẻ: quỹ trả {card.percent}%",
        f"Level {card.level} on the card: the fund pays {card.percent}%",
        f"{card.group}{card.level} → {card.percent}%",
        levels.reference,
    )
    return Fraction(card.percent)


def _is_low_cost(work: Working, cost: Fraction, level: int) -> bool:
    used = work.figure("health.low_cost_multiple")
    threshold = exact(used.value) * level
    low = cost < threshold
    work.step(
        f"Chi phí một lần khám {'thấp hơn' if low else 'không thấp hơn'} {show(exact(used.value) * 100)}% của mức này",
        f"The visit costs {'less' if low else 'no less'} than {show(exact(used.value) * 100)}% of the level",
        f"{show(cost)} {'<' if low else '≥'} {show(threshold)}",
        used.reference,
        cost if low else None,
    )
    return low


def _covered_materials(work: Working, cost: Fraction, level: int) -> Fraction:
    months = work.inputs.number("materials_cap_months")
    covered = min(cost, months * level)
    work.step(
        f"Vật tư y tế của một lần dịch vụ tính không quá {show(months)} tháng mức này",
        f"Materials of one service count up to {show(months)} months of the level",
        f"min({show(cost)}; {show(months)} × {show(level)} = {show(months * level)}) = {show(covered)}",
        "04/2017/TT-BYT Điều 3 khoản 2b",
        covered,
    )
    return covered


def _left_to_share(work: Working, level: int) -> Fraction:
    """What may still be shared in the year: six months of the level, less what was shared.

    Where the level changed in the year, what was shared before (``copaid_before_change``, at
    ``level_before_change``) counts in months of that level: used by hospitals, text not read.
    """
    used = work.figure("health.copay_months")
    shared = work.inputs.number("copaid_year_to_date") if work.inputs.has("copaid_year_to_date") else Fraction(0)
    months = Fraction(used.value)
    if work.inputs.has("copaid_before_change"):
        before = work.inputs.number("copaid_before_change")
        months -= before / work.inputs.number("level_before_change")
        shared -= before
        if shared < 0:
            raise BadInput("copaid_before_change", work.inputs.need("copaid_before_change"))
    if shared and _level_changes_in_year(work.event_date):
        work.doubt(
            "Cách tính 6 tháng cùng chi trả khi mức tham chiếu thay đổi trong năm",
            "How the six months of co-payment are counted when the reference level changes within the year",
        )
    left = max(Fraction(0), months * level - shared)
    work.step(
        "Tham gia 5 năm liên tục: số còn phải cùng chi trả trong năm",
        "Five continuous years: what may still be shared this year",
        f"{show(months)} × {show(level)} − {show(shared)} = {show(left)}",
        "188/2025/NĐ-CP Điều 18 khoản 2c" if work.inputs.has("copaid_before_change") else used.reference,
        left,
    )
    return left


def _level_changes_in_year(day: date) -> bool:
    names = ("level.base_salary", "level.reference")
    changes = [value.valid_from for name in names for value in history(name)]
    return any(change.year == day.year and change != date(day.year, 1, 1) for change in changes if change != LAW_41)


def _closed(work: Working, cost: Fraction, *, fund: Fraction) -> Outcome:
    """The fund's part is rounded once, the patient pays the rest of the cost."""
    pays = whole_dong(fund)
    work.step(
        "Quỹ bảo hiểm y tế trả, người bệnh trả phần còn lại",
        "Health insurance pays, the patient pays the rest",
        f"{show(pays)}; {show(cost)} − {show(pays)} = {show(cost - pays)}",
        "188/2025/NĐ-CP" if work.under_law_41 else "146/2018/NĐ-CP Điều 14",
        Fraction(pays),
    )
    return work.outcome(Fraction(pays), fund_pays=pays, patient_pays=whole_dong(cost) - pays)


def bhyt_direct_reimbursement(work: Working) -> Outcome:
    """Paid back for care without contract or not at the registered place, until June 2025."""
    ceilings = work.figure("health.direct_ceiling")
    care = work.inputs.choice("care", tuple(ceilings.value))
    if work.under_law_41:
        raise LawError(
            "rule-not-known",
            "Mức thanh toán trực tiếp từ ngày 01/07/2025 theo Nghị định 188/2025/NĐ-CP chưa có trong hệ thống. "
            "Hãy tính theo văn bản và nhập số tiền.",
            "The ceilings of direct reimbursement from 1 July 2025 (188/2025/NĐ-CP) are not in the system. "
            "Work them out from the text and enter the amount.",
        )
    cost = work.inputs.number("total_cost")
    percent = _group_percent(work)
    level = work.level()
    within_group = cost * percent / 100
    ceiling = exact(ceilings.value[care]) * level
    amount = min(within_group, ceiling)
    work.step(
        "Thanh toán trực tiếp trong phạm vi và mức hưởng, không quá mức cao nhất",
        "Direct reimbursement within scope and group, not over the ceiling",
        f"min({show(cost)} × {show(percent)}% = {show(within_group)}; "
        f"{show(ceilings.value[care])} × {show(level)} = {show(ceiling)}) = {show(amount)}",
        ceilings.reference,
        amount,
    )
    return work.outcome(amount, ceiling=whole_dong(ceiling))


RULES = {"bhyt_payment": bhyt_payment, "bhyt_direct_reimbursement": bhyt_direct_reimbursement}
