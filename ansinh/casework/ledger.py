"""Who held a dossier, from when to when: the rows the database keeps, with the working days of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ansinh.casework.clock import results_due
from ansinh.casework.models import Holder, Holding
from ansinh.dossiers.models import Dossier, State
from ansinh.law.calendar import WorkCalendar
from ansinh.law.deadlines import working_days_between
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class Interval:
    """One holder's time. `checking` is the office before acceptance, when the limit does not run yet.

    `end` None: until now. `working_days` are the days after `begin` to `end`, which counts too, as the limit has it.
    `stage` is the key of the stage then, `officer` the name of who was in charge, `agency` whom the office asked.
    """

    owner: str
    begin: datetime
    end: datetime | None
    working_days: int
    office_code: str = ""
    stage: str = ""
    officer: str = ""
    agency: str = ""


def intervals(dossier: Dossier, *, now: datetime, calendar: WorkCalendar) -> tuple[Interval, ...]:
    """The intervals from filing to the end or to now, oldest first; a row that lasted no time is not among them."""
    rows = Holding.objects.filter(dossier=dossier).select_related("officer").order_by("id")
    return tuple(_interval(row, now=now, calendar=calendar) for row in rows if row.ended_at != row.begun_at)


def _interval(row: Holding, *, now: datetime, calendar: WorkCalendar) -> Interval:
    first, last = local_day(row.begun_at), local_day(row.ended_at or now)
    return Interval(
        owner=row.holder,
        begin=row.begun_at,
        end=row.ended_at,
        working_days=working_days_between(first, max(first, last), calendar=calendar),
        office_code=row.office_code,
        stage=row.stage,
        officer=row.officer.full_name if row.officer else "",
        agency=row.agency,
    )


def this_round(spans: Sequence[Interval]) -> Sequence[Interval]:
    """The intervals since the dossier was last opened again after a result; of most dossiers all."""
    ended = [place for place, span in enumerate(spans) if span.owner == Holder.ENDED]
    return spans[ended[-1] + 1 :] if ended else spans


def office_days(spans: Sequence[Interval]) -> int:
    """Working days of the limit that the office has used in this round; while another agency is asked it runs on."""
    spans = this_round(spans)
    started = any(span.owner == Holder.OFFICE for span in spans)
    owners = (Holder.OFFICE, Holder.AGENCY) if started else (Holder.OFFICE,)
    return sum(span.working_days for span in spans if span.owner in owners)


def applicant_days(spans: Sequence[Interval]) -> int:
    """Working days the dossier stood still for the applicant in this round."""
    return sum(span.working_days for span in this_round(spans) if span.owner == Holder.APPLICANT)


def due_if_answered(dossier: Dossier, *, today: date, calendar: WorkCalendar) -> date | None:
    """The day the first result would be due if the supplement were complete today; None when nothing is running."""
    if dossier.accepted_at is None or dossier.state != State.WAITING_FOR_APPLICANT:
        return None
    rows = results_due(dossier, calendar=calendar, complete_on=today)
    return min((row.due.on for row in rows if row.due.on is not None), default=None)
