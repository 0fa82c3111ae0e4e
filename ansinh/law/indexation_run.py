"""One decree of rises over everybody who draws a benefit: the amounts of ``pension_indexation`` without its words.

What a decree does depends on kind and start only, so it is worked out once for each of them and then applied to
amounts with whole numbers. The explanation of one person is ``pension_indexation`` on the same inputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.law.benefits.indexation import RISES
from ansinh.law.benefits.indexation_2016 import FROM
from ansinh.law.benefits.indexation_rules import ACCIDENT, Benefit, percent_of
from ansinh.law.errors import LawError
from ansinh.law.figures import Figure
from ansinh.law.quantities import Month
from ansinh.law.working import Inputs, Working


@dataclass(frozen=True, slots=True)
class Rise:
    """A percentage as ``numerator / denominator`` (1.08 is 27/25), then the lift of low amounts (none: all zero)."""

    numerator: int
    denominator: int
    add_up_to: int = 0
    add: int = 0
    lift_to: int = 0

    def of(self, amount: int) -> int:
        """The amount after the rise, whole đồng, half up."""
        raised = (2 * amount * self.numerator + self.denominator) // (2 * self.denominator)
        if raised >= self.lift_to:
            return raised
        return raised + self.add if raised <= self.add_up_to else self.lift_to


NONE = Rise(1, 1)


class IndexationRun:
    """The decree in force on a day, for any number of benefits; memory grows with kinds and months, not with people."""

    def __init__(self, on: date) -> None:
        """Raises ``FigureMissing`` before the first decree, ``LawError`` for 55/2016, which reaches back in time."""
        self._work = Working({}, on)
        self._decree: Figure = self._work.figure(RISES)
        if Month.of(self._decree.valid_from) == FROM:
            raise LawError(
                "decree-reaches-back",
                "Nghị định 55/2016/NĐ-CP có nhiều kỳ cho một người: hãy tính từng người bằng “pension_indexation”.",
                "Decree 55/2016 has several periods a person: work each out by “pension_indexation”.",
            )
        self._rises: dict[tuple[str, str], Rise] = {}

    @property
    def reference(self) -> str:
        """The decree."""
        return self._decree.reference

    def new_amount(self, amount: int, *, kind: str, started: str) -> int:
        """Đồng a month from the decree on, for a benefit of this kind that began in this month (as in the cases)."""
        key = kind, started
        rise = self._rises.get(key)
        if rise is None:
            rise = self._rises[key] = self._rise(kind, started)
        return rise.of(amount)

    def _rise(self, kind: str, started: str) -> Rise:
        benefit = Benefit.read(Inputs({"kind": kind, "started": started}))
        if benefit.started is not None and benefit.started.first_day >= self._decree.valid_from:
            return NONE
        share = 1 + percent_of(self._decree, benefit) / 100
        lift = self._decree.value.get("before_1995")
        if not lift or benefit.kind == ACCIDENT or not benefit.began_before_1995:
            return Rise(share.numerator, share.denominator)
        return Rise(share.numerator, share.denominator, lift["add_up_to"], lift["add"], lift["lift_to"])
