"""Who held a dossier, from when to when: intervals derived from its events, never stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from ansinh.casework.clock import expected
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier, DossierEvent, State
from ansinh.law.calendar import WorkCalendar
from ansinh.law.deadlines import Pause, working_days_between
from ansinh.platform.zone import local_day

Owner = Literal["office", "applicant", "post", "checking"]

_STARTS: dict[str, Owner] = {
    "originals_received": "checking",
    "payment_asked": "applicant",
    "payment_received": "checking",
    "accepted": "office",
    "registration_approved": "office",
    "organisation_approved": "office",
    "supplement_requested": "applicant",
}
"""What begins with an event; `supplement_received` gives the dossier back to whoever held it before."""


@dataclass(frozen=True)
class Interval:
    """One holder's time. `checking` is the office before acceptance, when the limit does not run yet.

    `end` None: until now. `working_days` are the days after `begin` to `end`, which counts too, as the limit has it.
    """

    owner: Owner
    begin: datetime
    end: datetime | None
    working_days: int


def intervals(
    dossier: Dossier, *, now: datetime, calendar: WorkCalendar, events: Sequence[DossierEvent] | None = None
) -> tuple[Interval, ...]:
    """The intervals from filing to the end or to now, oldest first; `events` spares the query when they are known."""
    history = events if events is not None else list(dossier.events.all())
    marks: list[tuple[Owner, datetime]] = [(_first(history, dossier), dossier.submitted_at)]
    for event in history:
        owner = _owner_after(event, marks)
        if owner is not None and owner != marks[-1][0]:
            marks.append((owner, event.at))
    return tuple(_spans(marks, dossier.closed_at, now=now, calendar=calendar))


def days_of(interval: Interval, *, now: datetime) -> Iterator[date]:
    """Each calendar day the interval touches."""
    day, last = local_day(interval.begin), local_day(interval.end or now)
    while day <= last:
        yield day
        day += timedelta(days=1)


def office_days(spans: Sequence[Interval]) -> int:
    """Working days of the limit that the office has used."""
    return sum(span.working_days for span in spans if span.owner == "office")


def applicant_days(spans: Sequence[Interval]) -> int:
    """Working days the dossier stood still for the applicant."""
    return sum(span.working_days for span in spans if span.owner == "applicant")


def _first(history: Sequence[DossierEvent], dossier: Dossier) -> Owner:
    filed = next((event for event in history if event.kind == "submitted"), None)
    state = filed.facts.get("state", "") if filed else dossier.state
    return "post" if state == State.WAITING_FOR_ORIGINALS else "checking"


def _owner_after(event: DossierEvent, marks: Sequence[tuple[Owner, datetime]]) -> Owner | None:
    if event.kind == "supplement_received":
        return next((owner for owner, _ in reversed(marks) if owner != "applicant"), "checking")
    return _STARTS.get(event.kind)


def _spans(
    marks: Sequence[tuple[Owner, datetime]], closed_at: datetime | None, *, now: datetime, calendar: WorkCalendar
) -> Iterator[Interval]:
    ends = [begin for _, begin in marks[1:]] + [closed_at]
    for (owner, begin), end in zip(marks, ends, strict=True):
        until = end or now
        days = working_days_between(local_day(begin), max(local_day(begin), local_day(until)), calendar=calendar)
        yield Interval(owner, begin, end, days)


def due_if_answered(dossier: Dossier, *, today: date, calendar: WorkCalendar) -> date | None:
    """The day the first result would be due if the supplement were complete today; None when nothing is running."""
    if dossier.accepted_at is None or dossier.state != State.WAITING_FOR_APPLICANT:
        return None
    pauses = [
        Pause(
            requested_on=local_day(request.asked_at),
            completed_on=local_day(request.answered_at) if request.answered_at else today,
        )
        for request in dossier.supplement_requests.order_by("round")
    ]
    rows = expected(
        frozen(dossier.version_id), dossier.answers, accepted_at=dossier.accepted_at, pauses=pauses, calendar=calendar
    )
    return min((row.due.on for row in rows if row.due.on is not None), default=None)
