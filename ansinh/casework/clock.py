"""Due dates, derived: from acceptance, ledger of holders, frozen limits and calendar. Nothing ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from ansinh.casework.models import DueChange, Holder, Holding, Reopening
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.limits import limit_after_supplement, limits_of
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import CLOSED_STATES, STANDING_STILL, Dossier
from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import working_days_between
from ansinh.law.deadlines import Due, Extension, Limit, Pause, Unit, due
from ansinh.offices.queries import work_calendar
from ansinh.platform.zone import VIETNAM, local

CLOSING = time(17, 0)
STOPS: tuple[str, ...] = (Holder.APPLICANT,)
"""Whose time is not the office's: the applicant's who was asked."""


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


@dataclass(frozen=True)
class Granted:
    """An extension of the limit of one result; an empty key: of all."""

    result_key: str
    extension: Extension


def set_due(dossier: Dossier) -> None:
    """Put `due_on` and `results_due` on the dossier (not saved): the earliest result leads the queue.

    Save a change of state before: the ledger is read as it stands.
    """
    counted = results_due(dossier, calendar=work_calendar())
    dossier.results_due = [one.to_json() for one in counted]
    standing = dossier.state in STANDING_STILL
    days = [one.due.on for one in counted if one.due.on is not None]
    dossier.due_on = None if standing or dossier.state in CLOSED_STATES or not days else min(days)


def results_due(
    dossier: Dossier, *, calendar: WorkCalendar, more: Sequence[Granted] = (), complete_on: date | None = None
) -> list[ResultDue]:
    """Each result's due date, as if `more` were granted too, and as if the applicant answered on `complete_on`.

    Empty while the clock has not started. Of a dossier that was opened again: one, by the limit of that ground.
    """
    if dossier.accepted_at is None:
        return []
    pauses = pauses_of(dossier)
    if complete_on is not None:
        pauses = [replace(pause, completed_on=pause.completed_on or complete_on) for pause in pauses]
    granted = [*extensions_of(dossier), *more]
    if dossier.reopened_at is not None:
        return [_of_new_round(dossier, dossier.reopened_at, pauses, granted, calendar=calendar)]
    return expected(
        frozen(dossier.version_id),
        dossier.answers,
        accepted_at=start_of(dossier, dossier.accepted_at),
        pauses=pauses,
        extensions=granted,
        calendar=calendar,
    )


def _of_new_round(
    dossier: Dossier, since: datetime, pauses: Sequence[Pause], granted: Sequence[Granted], *, calendar: WorkCalendar
) -> ResultDue:
    """The day of the new result: the limit of the ground, from the day of the reopening."""
    opened = Reopening.objects.get(dossier=dossier, at=since)
    limit = Limit(opened.limit_value, Unit(opened.limit_unit))
    return ResultDue(
        key="reopened",
        name_vi="Kết quả giải quyết lại",
        name_en="Result of the new round",
        limit=limit,
        due=due(
            started_on=local(opened.at).date(),
            limit=limit,
            pauses=pauses,
            extensions=[one.extension for one in granted],
            calendar=calendar,
        ),
        is_target=False,
    )


def start_of(dossier: Dossier, accepted_at: datetime) -> datetime:
    """The moment limits count from: of what came by post the day of its stamp, however late it was opened (R-091)."""
    return _first_of(dossier.counted_from) if dossier.counted_from else accepted_at


def _first_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def extensions_of(dossier: Dossier) -> list[Granted]:
    """What was granted in this round, in order."""
    rows = DueChange.objects.filter(dossier=dossier, kind="extension").order_by("at", "id")
    if dossier.reopened_at is not None:
        rows = rows.filter(at__gte=dossier.reopened_at)
    return [
        Granted(
            row.result_key,
            Extension(
                replaces=Limit(row.limit_value, Unit(row.limit_unit)) if row.limit_value is not None else None,
                adds=row.adds,
                ground=row.basis_vi,
            ),
        )
        for row in rows
    ]


def pauses_of(dossier: Dossier) -> list[Pause]:
    """When the office's clock stood still in this round, as the ledger has it, oldest first."""
    rows = Holding.objects.filter(dossier=dossier, holder__in=STOPS).order_by("id")
    if dossier.reopened_at is not None:
        rows = rows.filter(begun_at__gte=dossier.reopened_at)
    return [_pause(begun, ended) for begun, ended in rows.values_list("begun_at", "ended_at")]


def _pause(begun: datetime, ended: datetime | None) -> Pause:
    if ended is None:
        return Pause(requested_on=local(begun).date(), completed_on=None)
    back = local(ended)
    return Pause(local(begun).date(), back.date(), after_closing=back.time() > CLOSING)


def expected(
    folder: ProcedureFolder,
    answers: dict[str, Any],
    *,
    accepted_at: datetime,
    pauses: list[Pause],
    calendar: WorkCalendar,
    extensions: Sequence[Granted] = (),
) -> list[ResultDue]:
    """What each result's due date is, or would be if accepted then: one for each result with its own limit.

    What a complete supplement does is data of the frozen version: the count goes on, begins again, or another limit
    runs from that day.
    """
    rows: list[ResultDue] = []
    for result, limit_row in limits_of(folder, answers):
        if limit_row is None:
            continue
        limit = Limit(limit_row.value, Unit(limit_row.unit))
        after = limit_after_supplement(folder, result.key, answers)
        rows.append(
            ResultDue(
                key=result.key,
                name_vi=result.name_vi,
                name_en=result.name_en,
                limit=limit,
                due=due(
                    started_on=local(accepted_at).date(),
                    limit=limit,
                    pauses=pauses,
                    extensions=[one.extension for one in extensions if one.result_key in ("", result.key)],
                    effect="new_limit" if after else folder.procedure.supplement_effect,
                    new_limit=Limit(after.value, Unit(after.unit)) if after else None,
                    calendar=calendar,
                ),
                is_target=limit_row.kind == "proposed_target",
            )
        )
    return rows


def days_left(dossier: Dossier, *, today: date, calendar: WorkCalendar) -> int | None:
    """Working days left until the due date; negative when late; None while there is no due date."""
    if dossier.due_on is None:
        return None
    return working_days_between(today, dossier.due_on, calendar=calendar)
