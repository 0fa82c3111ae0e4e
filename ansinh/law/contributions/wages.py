"""The wage that counts: floors, caps and the regional minimum wage they are built on."""

from __future__ import annotations

from fractions import Fraction

from ansinh.law.errors import BadInput
from ansinh.law.figures import Figure
from ansinh.law.quantities import Month, exact, show
from ansinh.law.working import LAW_41, Working

_REGIONS = {"1": "I", "2": "II", "3": "III", "4": "IV", "I": "I", "II": "II", "III": "III", "IV": "IV"}
_SAID = {
    "level": ("mức lương cơ sở", "the base salary"),
    "reference": ("mức tham chiếu", "the reference level"),
    "regional_minimum": ("lương tối thiểu vùng", "the regional minimum wage"),
}

CONDITIONS = ("normal", "hazardous", "especially_hazardous")
_UPLIFTED = {
    "trained": ("của công việc qua đào tạo", "of trained work"),
    "hazardous": ("của công việc nặng nhọc, độc hại", "of hazardous work"),
    "especially_hazardous": ("của công việc đặc biệt nặng nhọc, độc hại", "of especially hazardous work"),
}


def counted_wage(work: Working) -> Fraction:
    """The monthly wage in đồng; pay in foreign money by the mean of the four state banks' rates.

    158/2025 article 7: buying rate by transfer, of 2 January for the first half of the year and
    of 1 July for the second.
    """
    inputs = work.inputs
    if not inputs.has("foreign_salary"):
        return inputs.number("salary")
    if work.event_date < LAW_41:
        raise BadInput("foreign_salary", inputs.need("foreign_salary"))
    rates = [exact(rate) for rate in inputs.items("bank_rates")]
    if not rates:
        inputs.need("bank_rates")
    mean = sum(rates, Fraction(0)) / len(rates)
    wage = inputs.number("foreign_salary") * mean
    half = "02/01" if work.event_date.month <= 6 else "01/7"
    work.step(
        f"Lương bằng ngoại tệ đổi theo tỷ giá mua chuyển khoản bình quân ngày {half} của các ngân hàng nhà nước",
        f"Pay in foreign money at the mean transfer buying rate of the state banks on {half}",
        f"{show(inputs.number('foreign_salary'))} × {show(mean)} = {show(wage)}",
        "158/2025/NĐ-CP Điều 7",
        wage,
    )
    return wage


def regional_minimum(work: Working, figure_on: Month | None = None) -> Fraction:
    """Monthly minimum wage of the region (1 to 4, or I to IV); ``regional_minimum`` given wins."""
    inputs = work.inputs
    if inputs.has("regional_minimum"):
        return inputs.number("regional_minimum")
    given = str(inputs.need("region"))
    if given not in _REGIONS:
        raise BadInput("region", given)
    used = work.figure("level.regional_minimum", on=figure_on.first_day if figure_on else None)
    value = exact(used.value[_REGIONS[given]])
    work.step(
        f"Lương tối thiểu tháng của vùng {_REGIONS[given]}",
        f"Monthly minimum wage of region {_REGIONS[given]}",
        show(value),
        used.reference,
        value,
    )
    return value


def level_named(work: Working, name: str, figure_on: Month | None = None) -> Fraction:
    """The level a floor or a cap is built on: ``level`` or ``regional_minimum``."""
    return regional_minimum(work, figure_on) if name == "regional_minimum" else Fraction(work.level())


def name_of_level(work: Working, name: str) -> tuple[str, str]:
    """Vietnamese and English words for such a level."""
    return _SAID["reference" if name == "level" and work.under_law_41 else name]


def clamped(work: Working, wage: Fraction, *, floor_on: Figure | None, level: Fraction) -> Fraction:
    """The base of social and health insurance: between the floor and 20 levels."""
    cap = work.figure("contribution.cap_multiple")
    ceiling = exact(cap.value) * level
    floor = Fraction(0) if floor_on is None else level_of_floor(work, floor_on, level)
    base = min(max(wage, floor), ceiling)
    reference = "; ".join(used.reference for used in (floor_on, cap) if used)
    work.step(
        "Tiền lương làm căn cứ đóng BHXH, BHYT",
        "Wage that social and health insurance are paid on",
        f"{show(floor)} ≤ {show(wage)} ≤ {show(cap.value)} × {show(level)} = {show(ceiling)} → {show(base)}",
        reference,
        base,
    )
    return base


def level_of_floor(work: Working, floor_on: Figure, level: Fraction) -> Fraction:
    """The lowest base: the reference level, or the regional minimum wage before July 2025."""
    return level if floor_on.value == "level" else _regional_floor(work)


def _regional_floor(work: Working) -> Fraction:
    """The regional minimum wage, higher for trained work (7%) and hazardous work (5% or 7%) by 595/QĐ-BHXH."""
    floor = regional_minimum(work)
    inputs = work.inputs
    condition = inputs.choice("condition", CONDITIONS) if inputs.has("condition") else CONDITIONS[0]
    kinds = [*(["trained"] if inputs.flag("trained") else []), *([condition] if condition != CONDITIONS[0] else [])]
    for kind in kinds:
        used = work.figure("contribution.floor_uplift")
        share = exact(used.value[kind])
        raised = floor * (1 + share)
        work.step(
            f"Sàn đóng {_UPLIFTED[kind][0]}: cộng {show(share * 100)}%",
            f"The floor {_UPLIFTED[kind][1]}: {show(share * 100)}% more",
            f"{show(floor)} × {show(100 + share * 100)}% = {show(raised)}",
            used.reference,
            raised,
        )
        floor = raised
    return floor
