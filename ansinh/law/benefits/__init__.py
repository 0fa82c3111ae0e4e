"""The register of rules: benefit key → function. A new benefit is one line in its topic's table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ansinh.law.benefits import (
    arrears,
    averages,
    facility_costs,
    health_care,
    indexation,
    maternity,
    maternity_days,
    maternity_death,
    maternity_leave,
    maternity_right,
    old_rights,
    older_allowances,
    one_time,
    pension,
    pension_conditions,
    pension_start,
    recovery,
    resuming,
    rights,
    sickness,
    sickness_leave,
    social_pension,
    state_support,
    survivor_lumps,
    survivors,
    unemployment,
    work_accident,
)
from ansinh.law.contributions import RULES as CONTRIBUTIONS
from ansinh.law.outcome import Outcome
from ansinh.law.working import Working

Rule = Callable[[Working], Outcome]

BENEFITS: Mapping[str, Rule] = {
    **pension.RULES,
    **pension_conditions.RULES,
    **pension_start.RULES,
    **averages.RULES,
    **one_time.RULES,
    **maternity.RULES,
    **survivors.RULES,
    **maternity_days.RULES,
    **maternity_leave.RULES,
    **maternity_death.RULES,
    **maternity_right.RULES,
    **rights.RULES,
    **state_support.RULES,
    **survivor_lumps.RULES,
    **CONTRIBUTIONS,
    **health_care.RULES,
    **facility_costs.RULES,
    **sickness.RULES,
    **sickness_leave.RULES,
    **recovery.RULES,
    **work_accident.RULES,
    **unemployment.RULES,
    **social_pension.RULES,
    **indexation.RULES,
    **older_allowances.RULES,
    **old_rights.RULES,
    **arrears.RULES,
    **resuming.RULES,
}
