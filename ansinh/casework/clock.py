"""Due dates, derived: from the acceptance, the supplement rounds, the frozen limits and the calendar. Nothing ticks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.limits import limits_of
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import CLOSED_STATES, STANDING_STILL, Dossier
from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import working_days_between
from ansinh.law.deadlines import Due, Limit, Pause, Unit, due
from ansinh.offices.queries import work_calendar
from ansinh.platform.zone import local

CLOSING = time(17, 0)


@dataclass(frozen=True)
class ResultDue:
    """One result with its limit and its day."""

    key: str
    name_vi: str
    name_en: str
    limit: Limit
    due: Due
    is_target: bool

    def to_json(self) -> dict[str, Any]:
        """The form kept on the dossier."""
        return {
            "key": self.key,
            "name_vi": self.name_vi,
            "name_en": self.name_en,
            "value": self.limit.value,
            "unit": self.limit.unit.value,
            "on": self.due.on.isoformat() if self.due.on else None,
            "days_left": self.due.days_left,
            "is_target": self.is_target,
        }


def set_due(dossier: Dossier) -> None:
    """Put `due_on` and `results_due` on the dossier (not saved): the earliest result leads the queue."""
    counted = results_due(dossier, calendar=work_calendar())
    dossier.results_due = [one.to_json() for one in counted]
    standing = dossier.state in STANDING_STILL
    days = [one.due.on for one in counted if one.due.on is not None]
    dossier.due_on = None if standing or dossier.state in CLOSED_STATES or not days else min(days)


def results_due(dossier: Dossier, *, calendar: WorkCalendar) -> list[ResultDue]:
    """Each result's due date; empty while the clock has not started."""
    if dossier.accepted_at is None:
        return []
    folder = frozen(dossier.version_id)
    pauses = [
        Pause(
            requested_on=local(request.asked_at).date(),
            completed_on=local(request.answered_at).date() if request.answered_at else None,
            after_closing=bool(request.answered_at and local(request.answered_at).time() > CLOSING),
        )
        for request in dossier.supplement_requests.order_by("round")
    ]
    return expected(folder, dossier.answers, accepted_at=dossier.accepted_at, pauses=pauses, calendar=calendar)


def expected(
    folder: ProcedureFolder,
    answers: dict[str, Any],
    *,
    accepted_at: datetime,
    pauses: list[Pause],
    calendar: WorkCalendar,
) -> list[ResultDue]:
    """What each result's due date is, or would be if accepted then: one for each result with its own limit."""
    rows: list[ResultDue] = []
    for result, limit_row in limits_of(folder, answers):
        if limit_row is None:
            continue
        limit = Limit(limit_row.value, Unit(limit_row.unit))
        rows.append(
            ResultDue(
                key=result.key,
                name_vi=result.name_vi,
                name_en=result.name_en,
                limit=limit,
                due=due(started_on=local(accepted_at).date(), limit=limit, pauses=pauses, calendar=calendar),
                is_target=limit_row.kind == "proposed_target",
            )
        )
    return rows


def days_left(dossier: Dossier, *, today: date, calendar: WorkCalendar) -> int | None:
    """Working days left until the due date; negative when late; None while there is no due date."""
    if dossier.due_on is None:
        return None
    return working_days_between(today, dossier.due_on, calendar=calendar)
