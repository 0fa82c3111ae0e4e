"""The one entry to the amounts of the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ansinh.law.benefits import BENEFITS
from ansinh.law.declared import declaration
from ansinh.law.errors import LawError, UnknownBenefit
from ansinh.law.outcome import Outcome
from ansinh.law.working import Working
from ansinh.law.written import as_declared


def calculate(benefit: str, *, inputs: Mapping[str, object], event_date: date) -> Outcome:
    """The outcome of a benefit under the law of ``event_date`` (never of today); inputs as people write them.

    Raises ``UnknownBenefit``, ``MissingInput``, ``BadInput``, ``FigureMissing`` or another
    ``LawError`` with a Vietnamese sentence; money is whole đồng.
    """
    rule = BENEFITS.get(benefit)
    if rule is None:
        raise UnknownBenefit(benefit)
    try:
        return rule(Working(as_declared(declaration(benefit), inputs), event_date))
    except (ArithmeticError, ValueError) as error:
        raise LawError(
            "not-calculable",
            f"Dữ liệu không tính được: {error}. Hãy kiểm tra ngày, tháng và số đã nhập.",
            f"These inputs cannot be worked out: {error}. Check the dates, months and numbers.",
        ) from error
