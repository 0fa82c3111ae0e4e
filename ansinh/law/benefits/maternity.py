"""Maternity: leave, allowance, lump sums, days of fathers and after a loss.

Law 58/2014 articles 31-39, law 41/2024 articles 50-59 and 94-95, Labour Code article 139 as
amended by 113/2025/QH15 (seven months for a second birth from 1 July 2026).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ansinh.law.benefits.averages import sum_of_months
from ansinh.law.errors import BadInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, end_of_period, exact, show, whole_dong
from ansinh.law.working import LAW_41, Inputs, Working

_MONTHS_AVERAGED = 6
_WINDOW_MONTHS = 12
_SECOND_BIRTH_FROM = date(2026, 7, 1)
_ORDER_UNKNOWN = "Chưa rõ sinh con thứ mấy, tính như sinh con thứ nhất"
_ORDER_UNKNOWN_EN = "Which birth it is was not said: counted as the first"


def maternity_average(work: Working) -> Outcome:
    """Mean wage of the last six months paid before the leave, of fewer when fewer were paid."""
    wages = [wage for row in work.inputs.rows("rows") for wage in [_wage(work, row)] * row.months("months")]
    last = wages[-_MONTHS_AVERAGED:]
    if not last:
        raise BadInput("rows", "0 tháng")
    average = sum(last, Fraction(0)) / len(last)
    work.step(
        f"Bình quân tiền lương {len(last)} tháng đóng gần nhất trước khi nghỉ",
        f"Mean wage of the last {len(last)} months paid before the leave",
        f"{sum_of_months(last)} = {show(sum(last, Fraction(0)))}; "
        f"{show(sum(last, Fraction(0)))} ÷ {len(last)} = {show(average)}",
        _by_law(work, "58/2014 Điều 39 khoản 1a", "41/2024 Điều 59"),
        average,
    )
    return work.outcome(average, average=whole_dong(average), months=len(last))


def _wage(work: Working, row: Inputs) -> Fraction:
    """A month's wage: paid amount, or coefficient with seniority times the base of that month."""
    if row.has("salary"):
        return row.number("salary")
    base = row.number("base") if row.has("base") else Fraction(work.level())
    seniority = row.number("seniority_percent") if row.has("seniority_percent") else Fraction(0)
    return base * row.number("coefficient") * (1 + seniority / 100)


def maternity_benefit(work: Working) -> Outcome:
    """Allowance for the months of birth leave and the lump sum for each child."""
    average = work.inputs.number("average")
    children = work.inputs.whole("children", 1)
    months = leave_months(work)
    allowance = average * months
    work.step(
        f"Trợ cấp thai sản {months} tháng",
        f"Maternity allowance for {months} months",
        f"{show(average)} × {months} = {show(allowance)}",
        _by_law(work, "58/2014 Điều 39", "41/2024 Điều 59"),
        allowance,
    )
    odd_days = work.inputs.whole("odd_days", 0)
    if odd_days:
        part = average / 30 * odd_days
        work.step(
            f"{odd_days} ngày lẻ",
            f"{odd_days} odd days",
            f"{show(average)} ÷ 30 × {odd_days} = {show(part)}",
            _by_law(work, "58/2014 Điều 39", "41/2024 Điều 59"),
            part,
        )
        allowance += part
    multiple = work.figure("maternity.lump_multiple")
    level = work.level()
    lump = Fraction(multiple.value * level * children)
    work.step(
        f"Trợ cấp một lần cho {children} con",
        f"Lump sum for {children} child(ren)",
        f"{multiple.value} × {show(level)} × {children} = {show(lump)}",
        multiple.reference,
        lump,
    )
    total = allowance + lump
    work.step(
        "Tổng số tiền",
        "Total",
        f"{show(allowance)} + {show(lump)} = {show(total)}",
        _by_law(work, "58/2014 Điều 38, 39", "41/2024 Điều 58, 59"),
        total,
    )
    return work.outcome(total, months=months, allowance=whole_dong(allowance), lump=whole_dong(lump))


def leave_months(work: Working) -> int:
    """Six months, seven for a second birth where the figure knows it, one more per further child."""
    children = work.inputs.whole("children", 1)
    used = work.figure("maternity.leave_months")
    order = work.inputs.whole("birth_order", 1)
    second = order == 2 and "second_birth" in used.value
    base = int(used.value["second_birth" if second else "birth"])
    extra = int(used.value["per_extra_child"]) * max(0, children - 1)
    if "second_birth" in used.value and not work.inputs.has("birth_order"):
        work.doubt(_ORDER_UNKNOWN, _ORDER_UNKNOWN_EN)
    if order == 2 and not second and end_of_period(work.event_date, base + extra) >= _SECOND_BIRTH_FROM:
        work.doubt(
            "Sinh con thứ hai trước ngày 01/7/2026, thời gian nghỉ kéo dài qua ngày này",
            "A second birth before 2026-07-01 with leave running over that day",
        )
    if second and children > 1:
        work.doubt(
            "Số tháng nghỉ khi sinh con thứ hai là sinh đôi trở lên",
            "The months of leave when the second birth is of twins or more",
        )
    work.step(
        f"Nghỉ sinh con {base + extra} tháng" + (" (sinh con thứ hai)" if second else ""),
        f"Birth leave of {base + extra} months" + (" (second birth)" if second else ""),
        f"{base} + {extra} = {base + extra}",
        used.reference,
    )
    return base + extra


def maternity_period(work: Working) -> Outcome:
    """First and last day of birth leave; a rise of the base during it changes nothing."""
    first = work.inputs.day("leave_from" if work.inputs.has("leave_from") else "birth")
    last = end_of_period(first, leave_months(work))
    work.step(
        f"Nghỉ từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}, tính cả ngày lễ và ngày nghỉ hằng tuần",
        f"Leave from {first} to {last}, holidays and rest days included",
        "",
        _by_law(work, "58/2014 Điều 34", "41/2024 Điều 53"),
    )
    values: dict[str, object] = {"leave": [first, last]}
    if work.inputs.has("average"):
        values["average_unchanged"] = whole_dong(work.inputs.number("average"))
        work.step(
            "Mức lương cơ sở, mức tham chiếu tăng trong thời gian nghỉ không làm đổi mức hưởng",
            "A rise of the base or reference level during the leave does not change the benefit",
            show(work.inputs.number("average")),
            _by_law(work, "59/2015/TT-BLĐTBXH Điều 12", "12/2025/TT-BNV Điều 10"),
        )
    return work.outcome(None, **values)


def maternity_window(work: Working) -> Outcome:
    """The twelve months in which contributions are looked for."""
    birth = work.inputs.day("birth")
    month = Month.of(birth)
    if not work.inputs.has("contributed_in_birth_month") and work.inputs.has("quit"):
        contributed = work.inputs.month("quit") > month
    else:
        work.inputs.need("contributed_in_birth_month")
        contributed = work.inputs.flag("contributed_in_birth_month")
    last = month if birth.day >= 15 and contributed else month + -1
    first = last + -(_WINDOW_MONTHS - 1)
    work.step(
        f"12 tháng xét điều kiện, từ {first.vi} đến {last.vi}"
        + (", gồm cả tháng sinh" if last == month else ", đến tháng liền trước tháng sinh"),
        f"The 12 months looked at, {first} to {last}"
        + (", birth month included" if last == month else ", ending the month before birth"),
        "",
        _by_law(work, "59/2015/TT-BLĐTBXH Điều 9", "41/2024 Điều 50"),
    )
    return work.outcome(None, window=[str(first), str(last)])


def miscarriage_days(work: Working) -> Outcome:
    """Most days of leave after a loss, by weeks of pregnancy (holidays and rest days included)."""
    weeks = work.inputs.number("gestation_weeks")
    used = work.figure("maternity.loss_days")
    row = next(row for row in used.value if row["below_weeks"] is None or weeks < row["below_weeks"])
    work.step(
        f"Nghỉ tối đa khi thai {show(weeks)} tuần tuổi",
        f"Most days of leave at {show(weeks)} weeks",
        f"{row['days']}",
        used.reference,
    )
    return work.outcome(None, max_days=row["days"])


def paternity_days(work: Working) -> Outcome:
    """Working days of a father; of all grounds the one that gives most."""
    children = work.inputs.whole("children", 1)
    surgery = work.inputs.flag("surgery")
    used = work.figure("maternity.paternity_days")
    days = used.value
    grounds: list[tuple[int, str, str]] = [(days["normal"], "sinh thường", "ordinary birth")]
    if surgery or work.inputs.flag("under_32_weeks"):
        grounds.append((days["surgery_or_under_32_weeks"], "phẫu thuật hoặc dưới 32 tuần", "surgery or under 32 weeks"))
    if children >= 2:
        further = max(0, children - 2)
        grounds.append((days["twins"] + days["per_child_from_third"] * further, "sinh đôi trở lên", "twins or more"))
        if surgery:
            extra = days.get("per_child_from_third_surgery", 0) * further
            grounds.append((days["twins_surgery"] + extra, "sinh đôi trở lên phải phẫu thuật", "twins with surgery"))
    if "second_birth" in days and not work.inputs.has("birth_order"):
        work.doubt(_ORDER_UNKNOWN, _ORDER_UNKNOWN_EN)
    if work.inputs.whole("birth_order", 1) == 2 and "second_birth" in days:
        grounds.append((days["second_birth"], "sinh con thứ hai", "second birth"))
    most, vi, en = max(grounds)
    work.step(f"Số ngày làm việc được nghỉ: {vi}", f"Working days of leave: {en}", f"{most}", used.reference)
    if not work.inputs.has("average"):
        return work.outcome(None, working_days=most)
    average = work.inputs.number("average")
    amount = average / 24 * most
    work.step(
        "Trợ cấp cho những ngày nghỉ",
        "Allowance for these days",
        f"{show(average)} ÷ 24 × {most} = {show(amount)}",
        _by_law(work, "58/2014 Điều 39", "41/2024 Điều 59"),
        amount,
    )
    return work.outcome(amount, working_days=most)


def voluntary_maternity(work: Working) -> Outcome:
    """Birth benefit of voluntary insurance: a sum for each child after 6 months in the last 12."""
    children = work.inputs.whole("children", 1)
    paid = work.inputs.whole("contributed_months_in_12")
    if work.event_date < LAW_41 or paid < 6:
        reason_vi = "chưa có chế độ trước ngày 01/7/2025" if paid >= 6 else "chưa đủ 6 tháng đóng"
        reason_en = "there was none before 1 July 2025" if paid >= 6 else "fewer than 6 months paid"
        work.step(
            f"Không có trợ cấp: {reason_vi}",
            f"No benefit: {reason_en}",
            f"{paid}",
            "41/2024/QH15 Điều 94",
            Fraction(0),
        )
        return work.outcome(Fraction(0))
    used = work.figure("voluntary.maternity_lump")
    amount = exact(used.value) * children
    work.step(
        f"Trợ cấp thai sản cho {children} con",
        f"Birth benefit for {children} child(ren)",
        f"{show(exact(used.value))} × {children} = {show(amount)}",
        used.reference,
        amount,
    )
    return work.outcome(amount)


def _by_law(work: Working, law_58: str, law_41: str) -> str:
    return law_41 if work.event_date >= LAW_41 else law_58


RULES = {
    "maternity_average": maternity_average,
    "maternity_benefit": maternity_benefit,
    "maternity_period": maternity_period,
    "maternity_window": maternity_window,
    "miscarriage_days": miscarriage_days,
    "paternity_days": paternity_days,
    "voluntary_maternity": voluntary_maternity,
}
