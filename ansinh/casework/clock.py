"""Due dates, derived: from the acceptance, the supplement rounds, the frozen limits and the calendar. Nothing ticks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ansinh.catalogue.folder import Deadline, ProcedureFolder
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import CLOSED_STATES, Dossier, State
from ansinh.eforms.conditions import evaluate
from ansinh.law.calendar import WorkCalendar
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
    standing = dossier.state in (State.SUBMITTED, State.WAITING_FOR_ORIGINALS, State.WAITING_FOR_APPLICANT)
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
    for result_key, limit_row in applying(folder, answers):
        limit = Limit(limit_row.value, Unit(limit_row.unit))
        result = next((one for one in folder.procedure.results if one.key == result_key), None)
        main = result or folder.procedure.results[0]
        rows.append(
            ResultDue(
                key=result_key or main.key,
                name_vi=main.name_vi,
                name_en=main.name_en,
                limit=limit,
                due=due(started_on=local(accepted_at).date(), limit=limit, pauses=pauses, calendar=calendar),
                is_target=limit_row.kind == "proposed_target",
            )
        )
    return rows


def applying(folder: ProcedureFolder, answers: dict[str, Any]) -> list[tuple[str, Deadline]]:
    """The limit of each result: the first whose condition holds, else the first without one; never a ceiling."""
    chosen: dict[str, Deadline] = {}
    usable = [row for row in folder.procedure.deadlines if row.kind != "legal_maximum" and row.chosen_by is None]
    for conditional in (True, False):
        for row in usable:
            key = row.for_result or ""
            fits = row.when is not None and evaluate(row.when, answers) if conditional else row.when is None
            if fits and key not in chosen and _result_applies(folder, key, answers):
                chosen[key] = row
    return sorted(chosen.items())


def days_left(dossier: Dossier, *, today: date, calendar: WorkCalendar) -> int | None:
    """Working days left until the due date; negative when late; None while there is no due date."""
    if dossier.due_on is None:
        return None
    step = 1 if dossier.due_on >= today else -1
    count, day = 0, today
    while day != dossier.due_on:
        day = date.fromordinal(day.toordinal() + step)
        if calendar.is_working_day(day if step > 0 else date.fromordinal(day.toordinal() + 1)):
            count += step
    return count


def _result_applies(folder: ProcedureFolder, key: str, answers: dict[str, Any]) -> bool:
    result = next((one for one in folder.procedure.results if one.key == key), None)
    return result is None or result.when is None or evaluate(result.when, answers)
