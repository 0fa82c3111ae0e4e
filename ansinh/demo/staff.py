"""Departments, units and a leave with its deputy, given by the actions of the people who manage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ansinh.offices.departments import name_department
from ansinh.offices.reference.load import NEW_MAP
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Officer
from ansinh.people.officers.absences import name_deputy, record_absence
from ansinh.people.officers.units import Unit, give_unit
from ansinh.people.queries import officer
from ansinh.platform.zone import local_day


def manage(facts: Mapping[str, Any], officers: Mapping[str, Officer], *, at: datetime) -> None:
    """What those who manage did on the first day."""
    for row in facts["departments"]:
        name_department(
            row["office"], name_vi=row["name_vi"], name_en=row["name_en"], does=row["does"], valid_from=NEW_MAP
        )
    for row in facts["units"]:
        give_unit(
            Unit(row["office"], row["code"], row["name"], row["contact"], row["phone"]),
            officer_id=officers[row["officer"]].pk,
            function=row["function"],
            actor=_actor(officers[row["by"]], at=at),
            valid_from=local_day(at),
            at=at,
        )
    for row in facts["absences"]:
        today, by = local_day(at), _actor(officers[row["by"]], at=at)
        away = record_absence(
            officers[row["officer"]].pk, actor=by, valid_from=today, valid_to=today + timedelta(days=row["days"]), at=at
        )
        name_deputy(away.pk, actor=by, deputy_id=officers[row["deputy"]].pk, office_code=row["office"], at=at)


def _actor(who: Officer, *, at: datetime) -> OfficerActor:
    found = officer(who.account, on=local_day(at))
    assert found is not None
    return found
