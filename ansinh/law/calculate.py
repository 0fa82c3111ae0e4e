"""The one entry to the amounts of the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ansinh.law.benefits import BENEFITS
from ansinh.law.errors import UnknownBenefit
from ansinh.law.outcome import Outcome
from ansinh.law.working import Working


def calculate(benefit: str, *, inputs: Mapping[str, object], event_date: date) -> Outcome:
    """The outcome of a benefit under the law of ``event_date`` (never of today).

    Raises ``UnknownBenefit``, ``MissingInput``, ``BadInput``, ``FigureMissing`` or another
    ``LawError`` with a Vietnamese sentence; money is whole đồng.
    """
    rule = BENEFITS.get(benefit)
    if rule is None:
        raise UnknownBenefit(benefit)
    return rule(Working(inputs, event_date))
