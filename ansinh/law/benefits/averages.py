"""Average wages a pension is counted from: state scale, mixed, adjusted, and the window.

Law 58/2014 article 62-64, law 41/2024 articles 72-73, decree 158/2025 articles 15-16,
circular 12/2025/TT-BNV article 16.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import groupby

from ansinh.law.errors import BadInput, FigureMissing, MissingInput
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, exact, show, spans, whole_dong
from ansinh.law.working import Inputs, Working, read_month

_BEFORE_1995 = "before_1995"
_KINDS = ("compulsory", "voluntary")
Totals = tuple[Fraction, int]


def average_salary_state(work: Working) -> Outcome:
    """Mean wage of the window on the state scale at the level of the pension's start."""
    inputs = work.inputs
    level = work.level()
    average = _state_average(work, level)
    addition = Fraction(0)
    if inputs.has("addition_coefficient"):
        coefficient, percent = inputs.number("addition_coefficient"), inputs.number("addition_percent")
        addition = coefficient * percent / 100 * level
        work.step(
            "Phụ cấp thâm niên cao nhất trước khi chuyển việc được tính thêm",
            "The highest seniority allowance before the change of job is added",
            f"{show(coefficient)} × {show(percent)}% × {show(level)} = {show(addition)}",
            "59/2015 Điều 20 khoản 4; 158/2025/NĐ-CP Điều 15 khoản 3",
            addition,
        )
    total = average + addition
    values: dict[str, object] = {
        "average_salary": whole_dong(average),
        "seniority_addition": whole_dong(addition),
        "average_with_addition": whole_dong(total),
    }
    if not inputs.has("rate_percent"):
        return work.outcome(total, **values)
    rate = inputs.number("rate_percent")
    pension = total * rate / 100
    work.step(
        "Lương hưu hằng tháng",
        "Monthly pension",
        f"{show(total)} × {show(rate)}% = {show(pension)}",
        "41/2024/QH15 Điều 66" if work.under_law_41 else "58/2014/QH13 Điều 56",
        pension,
    )
    return work.outcome(pension, **values, monthly_pension=whole_dong(pension))


def average_mixed(work: Working) -> Outcome:
    """Mean over state scale, employer scale and voluntary time, each month counting once."""
    inputs = work.inputs
    values: dict[str, object] = {}
    parts: list[Totals] = []
    if inputs.has("rows"):
        state = _state_average(work, work.level())
        state_months = inputs.whole("state_months")
        values["state_average"] = whole_dong(state)
        parts.append((state * state_months, state_months))
        _part_step(work, parts[-1], "theo thang lương Nhà nước", "on the state scale")
    if inputs.has("compulsory_average"):
        count = inputs.whole("compulsory_months")
        parts.append((inputs.number("compulsory_average") * count, count))
        _part_step(work, parts[-1], "bắt buộc", "compulsory")
    if inputs.has("employer_rows"):
        parts.append(_adjusted(work, inputs.rows("employer_rows"), "adjustment.salary"))
        _part_step(work, parts[-1], "theo tiền lương do đơn vị quyết định", "on employer-set pay")
    if inputs.has("voluntary_adjusted_total"):
        parts.append((inputs.number("voluntary_adjusted_total"), inputs.whole("voluntary_months")))
        _part_step(work, parts[-1], "tự nguyện", "voluntary")
    total = sum((part[0] for part in parts), Fraction(0))
    months = sum(part[1] for part in parts)
    if not months:
        raise MissingInput("rows")
    average = total / months
    _mean_step(work, total, months, average)
    return work.outcome(average, **values, average=whole_dong(average), total_months=months)


def adjusted_average(work: Working) -> Outcome:
    """Paid wages times the adjustment of their year, over the months.

    Incomes of voluntary time (``kind: voluntary``) have their own table.
    """
    kind = work.inputs.choice("kind", _KINDS) if work.inputs.has("kind") else _KINDS[0]
    voluntary = work.inputs.flag("voluntary") or kind == "voluntary"
    rows = work.inputs.rows("rows")
    total, months = _adjusted(work, rows, "adjustment.income" if voluntary else "adjustment.salary")
    if not months:
        raise BadInput("rows", "0 tháng")
    average = total / months
    _mean_step(work, total, months, average)
    return work.outcome(average, adjusted_total=whole_dong(total), average=whole_dong(average))


def average_window(work: Working) -> Outcome:
    """How many last months on the state scale are averaged, and which."""
    joined = work.inputs.month("first_joined").first_day
    used = work.figure("pension.average_window", on=joined)
    state = _months_of(work, "state_periods")
    paid = state | _months_of(work, "employer_periods")
    taken = sorted(state) if used.value == "all" else sorted(state)[-int(used.value) :]
    window = [[str(first), str(last)] for first, last in spans(taken)]
    work.step(
        f"Tham gia từ tháng {joined:%m/%Y}: bình quân "
        + ("toàn bộ thời gian" if used.value == "all" else f"{used.value} tháng cuối"),
        f"Joined in {Month.of(joined)}: mean of "
        + ("all the time" if used.value == "all" else f"the last {used.value} months"),
        "; ".join(f"{first} – {last}" for first, last in spans(taken)) or "0",
        used.reference,
    )
    return work.outcome(
        None,
        window_months=used.value,
        state_months=len(state),
        total_months=len(paid),
        window=window,
    )


def base_salary_lookup(work: Working) -> Outcome:
    """Base salary or reference level of the date that decides, never of the request.

    For the one-time benefit that is the date in the decision, for others the event itself.
    """
    by_decision = not work.inputs.has("purpose") or work.inputs.need("purpose") == "bhxh_one_time"
    has_decision = by_decision and work.inputs.has("decision_date")
    decided = work.inputs.first_day("decision_date") if has_decision else work.event_date
    at_decision = Working({}, decided)
    level = at_decision.level()
    return at_decision.outcome(Fraction(level), base_salary=level)


def _state_average(work: Working, level: int) -> Fraction:
    """Mean of the last months of the window: (coefficient, over-frame, position) with seniority."""
    monthly: list[Fraction] = []
    for row in work.inputs.rows("rows"):
        monthly += [_state_wage(work, row, level)] * row.months("months")
    if not monthly:
        raise BadInput("rows", "0 tháng")
    taken = monthly[-_window_length(work, len(monthly)) :]
    if work.under_law_41 and _mean(taken) < _mean(monthly):
        taken = monthly
        work.step(
            "Bình quân những năm cuối thấp hơn bình quân toàn bộ thời gian nên tính toàn bộ thời gian",
            "The mean of the last years is lower than that of all the time, so all the time counts",
            f"{len(monthly)}",
            "158/2025/NĐ-CP Điều 15 khoản 2c",
        )
    total = sum(taken, Fraction(0))
    average = total / len(taken)
    work.step(
        f"Bình quân {len(taken)} tháng cuối theo thang lương Nhà nước, mức {show(level)}",
        f"Mean of the last {len(taken)} months on the state scale at {show(level)}",
        f"{sum_of_months(taken)} = {show(total)}; {show(total)} ÷ {len(taken)} = {show(average)}",
        "41/2024/QH15 Điều 72" if work.under_law_41 else "58/2014/QH13 Điều 62",
        average,
    )
    return average


def _mean(wages: list[Fraction]) -> Fraction:
    return sum(wages, Fraction(0)) / len(wages)


def _window_length(work: Working, months: int) -> int:
    if work.inputs.has("window_months"):
        all_the_time = work.inputs.need("window_months") == "all"
        return months if all_the_time else max(1, work.inputs.whole("window_months"))
    if not work.inputs.has("first_joined"):
        return months
    joined = work.inputs.month("first_joined").first_day
    value = work.figure("pension.average_window", on=joined).value
    return months if value == "all" else int(value)


def sum_of_months(wages: list[Fraction]) -> str:
    """Equal months in a row taken together: 5.000.000 × 4 + 6.500.000 × 2."""
    return " + ".join(f"{show(wage)} × {len(list(months))}" for wage, months in groupby(wages))


def _state_wage(work: Working, row: Inputs, level: int) -> Fraction:
    """A month's wage at the level of the pension's start."""

    def percent(name: str) -> Fraction:
        return row.number(name) / 100 if row.has(name) else Fraction(0)

    position = row.number("position_allowance") if row.has("position_allowance") else Fraction(0)
    coefficient, over, seniority = (
        row.number("coefficient"),
        percent("over_frame_percent"),
        percent("seniority_percent"),
    )
    wage = (coefficient * (1 + over) + position) * (1 + seniority) * level
    work.step(
        f"Tiền lương tháng theo hệ số {show(coefficient)}, vượt khung, phụ cấp chức vụ và thâm niên nếu có",
        f"Monthly wage at coefficient {show(coefficient)}, with over-frame, position and seniority where given",
        f"({show(coefficient)} × {show(1 + over)} + {show(position)}) × {show(1 + seniority)} × {show(level)}"
        f" = {show(wage)}",
        "41/2024/QH15 Điều 72" if work.under_law_41 else "58/2014/QH13 Điều 62",
        wage,
    )
    return wage


def _adjusted(work: Working, rows: list[Inputs], table: str) -> Totals:
    """Sum of wages times adjustment, and months; a row's own ``adjustment`` wins."""
    total, months = Fraction(0), 0
    for row in rows:
        count = row.months("months")
        salary = row.number("salary")
        coefficient = (
            row.number("adjustment") if row.has("adjustment") else _coefficient(work, row.whole("year"), table)
        )
        part = salary * coefficient * count
        work.step(
            f"Tiền lương, thu nhập đã điều chỉnh của {count} tháng",
            f"Adjusted pay of {count} months",
            f"{show(salary)} × {show(coefficient)} × {count} = {show(part)}",
            "158/2025/NĐ-CP Điều 16" if work.under_law_41 else "115/2015/NĐ-CP Điều 10",
            part,
        )
        total, months = total + part, months + count
    return total, months


def _coefficient(work: Working, year: int, table: str) -> Fraction:
    """Adjustment of a contribution year in the table of the benefit year, at least 1.00."""
    table_year = work.inputs.whole("table_year", work.event_date.year)
    used = work.figure(table, on=date(table_year, 1, 1))
    if used.valid_from.year != table_year:
        raise FigureMissing(
            "figure-missing",
            f"Chưa công bố hệ số điều chỉnh áp dụng cho năm {table_year}.",
            f"The adjustment table of {table_year} is not published yet.",
            name=table,
        )
    key = _BEFORE_1995 if year < 1995 and _BEFORE_1995 in used.value else str(year)
    if key not in used.value:
        raise FigureMissing(
            "figure-missing",
            f"Bảng hệ số điều chỉnh năm {table_year} không có năm đóng {year}.",
            f"The adjustment table of {table_year} has no contribution year {year}.",
            name=table,
        )
    if key in used.doubtful_keys:
        work.doubt(
            f"{used.label_vi}: năm đóng {key} trong bảng năm {table_year}",
            f"{used.label_en}: contribution year {key} in the table of {table_year}",
        )
    return max(Fraction(1), exact(used.value[key]))


def _part_step(work: Working, part: Totals, vi: str, en: str) -> None:
    work.step(
        f"Tổng tiền lương, thu nhập của {part[1]} tháng {vi}",
        f"Pay of {part[1]} months {en}",
        f"{show(part[0])}",
        "41/2024/QH15 Điều 72, 111" if work.under_law_41 else "58/2014/QH13 Điều 62",
        part[0],
    )


def _mean_step(work: Working, total: Fraction, months: int, average: Fraction) -> None:
    work.step(
        f"Mức bình quân của {months} tháng",
        f"Mean of {months} months",
        f"{show(total)} ÷ {months} = {show(average)}",
        "41/2024/QH15 Điều 72, 104" if work.under_law_41 else "58/2014/QH13 Điều 62, 79",
        average,
    )


def _months_of(work: Working, name: str) -> set[Month]:
    """Every month of a list of periods [first, last], both included."""
    months: set[Month] = set()
    for period in work.inputs.items(name):
        if not isinstance(period, (list, tuple)) or len(period) != 2:
            raise BadInput(name, period)
        first, last = (read_month(name, end) for end in period)
        if last < first:
            raise BadInput(name, period)
        months |= {first + n for n in range(last - first + 1)}
    return months


RULES = {
    "average_salary_state": average_salary_state,
    "average_mixed": average_mixed,
    "adjusted_average": adjusted_average,
    "average_window": average_window,
    "base_salary_lookup": base_salary_lookup,
}
