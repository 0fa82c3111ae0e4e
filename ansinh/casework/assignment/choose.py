"""Whom a dossier is given to: deterministic, and with the facts that explain it.

The officer who looks after the unit comes first, then the office's rule with the most keys, then the fair share: of
those who may do the procedure and are here, who has the least in hand; on a tie the first by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ansinh.casework.assignment.loads import Colleague
from ansinh.casework.assignment.matter import Matter
from ansinh.casework.models import AssignedBy, WorkRule
from ansinh.people.models_officers import held_on
from ansinh.people.officers.units import in_charge_of


@dataclass(frozen=True)
class Choice:
    """An officer, how found, and why, as JSON values."""

    officer_id: UUID
    by: AssignedBy
    why: dict[str, Any] = field(default_factory=dict)


def rules_in_force(office_code: str, *, on: date) -> list[WorkRule]:
    """The rules of an office on a day, those with the most keys first; the newest of equal ones."""
    rows = WorkRule.objects.filter(held_on(on), office_code=office_code).select_related("officer")
    return sorted(rows, key=lambda rule: (-_keys(rule), -rule.made_at.timestamp(), str(rule.pk)))


def choose(matter: Matter, *, rules: Iterable[WorkRule], people: Sequence[Colleague], on: date) -> Choice | None:
    """Whom the office's rules give this to; None when no rule is for it, or nobody is here to take it."""
    rule = next((one for one in rules if _fits(one, matter)), None)
    if rule is None:
        return None
    by_id = {one.officer_id: one for one in people}
    if matter.unit_code:
        charge = in_charge_of(matter.unit_code, office_code=matter.office_code, on=on).get(matter.function)
        if charge is not None and charge.pk in by_id:
            found = _or_deputy(by_id[charge.pk], AssignedBy.UNIT, {"unit": matter.unit_code})
            if found is not None:
                return found
    named = {"rule": str(rule.pk), "keys": _words(rule)}
    if rule.officer_id is not None and rule.officer_id in by_id:
        found = _or_deputy(by_id[rule.officer_id], AssignedBy.RULE, named)
        if found is not None:
            return found
    return fairest(matter, people=people, function=rule.function, named=named)


def fairest(
    matter: Matter, *, people: Sequence[Colleague], function: str = "", named: dict[str, Any] | None = None
) -> Choice | None:
    """Who has the least in hand among those who may do it and are here."""
    left_out: list[dict[str, str]] = []
    able: list[Colleague] = []
    for one in people:
        if function and function not in one.functions:
            continue
        if one.away_until is not None:
            left_out.append({"name": one.name, "because": "away", "until": one.away_until.isoformat()})
        elif not one.may_do(matter.procedure):
            left_out.append({"name": one.name, "because": "skill"})
        else:
            able.append(one)
    if not able:
        return None
    taken = min(able, key=lambda one: (one.load, one.cases, one.name, str(one.officer_id)))
    compared = [{"name": one.name, "cases": one.cases, "load": one.load} for one in able]
    return Choice(taken.officer_id, AssignedBy.FAIR, {**(named or {}), "compared": compared, "left_out": left_out})


def _or_deputy(one: Colleague, by: AssignedBy, why: dict[str, Any]) -> Choice | None:
    """The officer, or whoever stands in while the officer is away; None when nobody does."""
    if one.away_until is None:
        return Choice(one.officer_id, by, why)
    if one.deputy_id is None:
        return None
    return Choice(one.deputy_id, by, {**why, "instead_of": one.name, "until": one.away_until.isoformat()})


def _fits(rule: WorkRule, matter: Matter) -> bool:
    return rule.role == matter.role and all(
        not key or key == value
        for key, value in (
            (rule.procedure, matter.procedure), (rule.group, matter.group), (rule.commune_code, matter.commune_code),
        )
    )  # fmt: skip


def _keys(rule: WorkRule) -> int:
    return 4 * bool(rule.procedure) + 2 * bool(rule.commune_code) + bool(rule.group)


def _words(rule: WorkRule) -> dict[str, str]:
    keys = {"procedure": rule.procedure, "group": rule.group, "commune": rule.commune_code}
    return {key: value for key, value in keys.items() if value}
