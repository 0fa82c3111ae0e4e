"""For which employers somebody's record has months: what it says of where a person works or worked."""

from __future__ import annotations

from collections.abc import Collection

from ansinh.law.names import search_key
from ansinh.registry.models import ContributionPeriod, ParticipationChange


def worked_for(si_number: str, *, codes: Collection[str], names: Collection[str]) -> bool | None:
    """Whether the record has this employer, by code or name; None where it names no employer, so that nobody knows."""
    rows = [
        *ContributionPeriod.objects.filter(insured_id=si_number).values_list("employer_code", "employer_name"),
        *ParticipationChange.objects.filter(insured_id=si_number).values_list("employer_code", "employer_name"),
    ]
    named = [(code, name) for code, name in rows if code or name]
    if not named:
        return None
    keys = {search_key(name) for name in names if name}
    return any((code and code in codes) or (name and search_key(name) in keys) for code, name in named)
