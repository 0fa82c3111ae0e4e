"""What is paid in: compulsory and voluntary social insurance, health insurance, late payment.

``RULES`` joins the register of ``ansinh.law.benefits``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ansinh.law.contributions import (
    card_period,
    compulsory,
    excluded,
    household,
    late,
    missing_months,
    owner,
    paid_at_once,
    voluntary,
)
from ansinh.law.outcome import Outcome
from ansinh.law.working import Working

RULES: Mapping[str, Callable[[Working], Outcome]] = {
    **compulsory.RULES,
    **owner.RULES,
    **excluded.RULES,
    **late.RULES,
    **missing_months.RULES,
    **voluntary.RULES,
    **paid_at_once.RULES,
    **household.RULES,
    **card_period.RULES,
}
