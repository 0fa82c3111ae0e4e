"""One decree of rises applied to one monthly benefit: percentage, then the lift to a lowest amount.

184/2007 to 162/2026; 55/2016 with its own periods is in ``indexation_2016``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.law.errors import LawError, MissingInput
from ansinh.law.figures import Figure
from ansinh.law.quantities import Month, exact, show, whole_dong
from ansinh.law.working import Inputs, Working, read_month

KINDS = (
    "pension", "disability_allowance", "commune_officer_allowance", "old_commune_officer_130CP_111HDBT",
    "tnld_monthly", "allowance_91_613",
)  # fmt: skip
ACCIDENT = "tnld_monthly"
_OLD_COMMUNE = "old_commune_officer_130CP_111HDBT"
_FOLLOW_THE_LEVEL = ("survivor_monthly", "service_allowance")
_COMMUNE_AMOUNTS_KNOWN_FROM = date(2024, 7, 1)
_BEFORE_1995 = Month(1995 * 12)
_DECREE_108_FROM = Month(2022 * 12)


@dataclass(frozen=True)
class Benefit:
    """What a decree asks about a benefit; ``started`` is None when nobody said."""

    kind: str
    started: Month | None
    adjusted_by_108: bool | None
    is_preschool_teacher: bool

    @classmethod
    def read(cls, inputs: Inputs) -> Benefit:
        """From the inputs ``kind``, ``started``, ``adjusted_by_108_2021``, ``preschool_teacher``."""
        if inputs.has("kind") and inputs.need("kind") in _FOLLOW_THE_LEVEL:
            raise LawError(
                "not-indexed",
                "Trợ cấp tuất hằng tháng và trợ cấp phục vụ không điều chỉnh theo phần trăm: tính lại theo mức "
                "tham chiếu của tháng.",
                "Monthly survivor benefits and care allowances are not raised by a percentage: work them out again "
                "from the level of the month.",
            )
        said = inputs.flag("adjusted_by_108_2021") if inputs.has("adjusted_by_108_2021") else None
        return cls(
            kind=inputs.choice("kind", KINDS) if inputs.has("kind") else KINDS[0],
            started=_started(inputs) if inputs.has("started") else None,
            adjusted_by_108=said,
            is_preschool_teacher=inputs.flag("preschool_teacher"),
        )

    @property
    def began_before_1995(self) -> bool | None:
        """None when nobody said when it began; the old commune allowances always did."""
        if self.kind == _OLD_COMMUNE:
            return True
        return None if self.started is None else self.started < _BEFORE_1995

    def had_decree_108(self) -> bool | None:
        """Whether the rise of January 2022 was given: as said, else by the month it began."""
        if self.adjusted_by_108 is not None:
            return self.adjusted_by_108
        return None if self.started is None else self.started < _DECREE_108_FROM


def apply_rise(work: Working, decree: Figure, benefit: Benefit, amount: int) -> tuple[int, int]:
    """Amount after the percentage, and after the lift; the same when it began too late."""
    if benefit.started is not None and benefit.started.first_day >= decree.valid_from:
        work.step(
            "Bắt đầu hưởng từ ngày điều chỉnh trở đi: không điều chỉnh",
            "It began on or after the date of the rise: no rise",
            f"{benefit.started} ≥ {decree.valid_from}",
            decree.reference,
            Fraction(amount),
        )
        return amount, amount
    doubt_old_commune(work, decree, benefit)
    percent = percent_of(decree, benefit)
    raised = raise_by(work, amount, percent, decree)
    lift = decree.value.get("before_1995")
    if not lift or benefit.kind == ACCIDENT:
        return raised, raised
    if benefit.began_before_1995 is None and raised < lift["lift_to"]:
        work.doubt(
            "Chưa biết có bắt đầu hưởng trước năm 1995 hay không nên chưa nâng mức thấp nhất",
            "Not known whether it began before 1995, so not lifted to the lowest amount",
        )
    return raised, lifted(work, raised, lift, decree) if benefit.began_before_1995 else raised


def doubt_old_commune(work: Working, decree: Figure, benefit: Benefit) -> None:
    """Say that circulars set these allowances by post before July 2024."""
    if benefit.kind == _OLD_COMMUNE and decree.valid_from < _COMMUNE_AMOUNTS_KNOWN_FROM:
        work.doubt(
            "Trợ cấp cán bộ xã già yếu trước tháng 7/2024 do thông tư ấn định theo chức danh",
            "The allowance of old commune officers before July 2024 was set by post in circulars",
        )


def raise_by(work: Working, amount: int, percent: Fraction, decree: Figure) -> int:
    """The amount and its percentage, whole đồng."""
    new = whole_dong(amount * (100 + percent) / 100)
    work.step(
        f"Tăng {show(percent)}% từ ngày {decree.valid_from:%d/%m/%Y}",
        f"Rise of {show(percent)}% from {decree.valid_from}",
        f"{show(amount)} × {show(1 + percent / 100)} = {show(new)}",
        decree.reference,
        Fraction(new),
    )
    return new


def lifted(work: Working, amount: int, lift: Mapping[str, Any], decree: Figure) -> int:
    """A fixed sum up to a limit, above it the lowest amount; nothing from the lowest on."""
    lowest = int(lift["lift_to"])
    if amount >= lowest:
        return amount
    new = amount + int(lift["add"]) if amount <= lift["add_up_to"] else lowest
    work.step(
        f"Nâng mức thấp: đến {show(lift['add_up_to'])} cộng {show(lift['add'])}, trên đó bằng {show(lowest)}",
        f"Low amounts: up to {show(lift['add_up_to'])} plus {show(lift['add'])}, above it {show(lowest)}",
        f"{show(amount)} → {show(new)}",
        decree.reference,
        Fraction(new),
    )
    return new


def percent_of(decree: Figure, benefit: Benefit) -> Fraction:
    """The percentage of a decree; raises ``MissingInput`` when it hangs on an earlier rise nobody told of."""
    rule = decree.value
    if "percent_after_108" not in rule:
        return exact(rule["percent"])
    had = benefit.had_decree_108()
    if had is None:
        raise MissingInput("adjusted_by_108_2021")
    return exact(rule["percent_after_108" if had else "percent"])


def _started(inputs: Inputs) -> Month:
    """A month, a year (its January), or ``before`` one of them (the month before)."""
    given = inputs.need("started")
    words = str(given).split()
    if len(words) == 2 and words[0].lower() in ("before", "trước"):
        return _first_month(words[1]) + -1
    return _first_month(given)


def _first_month(given: object) -> Month:
    text = str(given).strip()
    return Month(int(text) * 12) if text.isdigit() and len(text) == 4 else read_month("started", given)
