"""The desks of offices (office × role × function): what waits at each, its pace, how many officers work there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count

from ansinh.casework.queues import WAITING
from ansinh.casework.transitions import WORKED_STAGES
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import newest
from ansinh.dossiers.models import Dossier, State
from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import working_days_between
from ansinh.offices.models import valid_on
from ansinh.people.models import Assignment
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.statistics.forecast import Load
from ansinh.statistics.models import Measure
from ansinh.statistics.read import days_of

PACE_DAYS = 20
"""Working days that tell the pace."""
_STAGE_OF_STEP = {
    "accepted": "intake", "checked": "check", "proposed": "appraise", "controlled": "control", "granted": "sign",
    "refused": "sign", "registration_approved": "intake", "organisation_approved": "appraise",
}  # fmt: skip
"""Which stage an event ends. A registration waits in its first stage until somebody approves it."""
_ENDS = frozenset({"registration_approved", "organisation_approved"})
"""Events after which nobody has the dossier, though stages follow the one they end."""
_EITHER = "organisation_approved"
"""What organisations ask is approved after it was accepted, or at once."""
_USUAL_DAYS = 5


@dataclass(frozen=True, order=True)
class Desk:
    """Who works on what, where."""

    office_code: str
    role: str
    function: str


@dataclass(frozen=True)
class _Route:
    function: str
    roles: tuple[tuple[str, str], ...]
    """(stage kind, role) in order."""

    def role_of(self, kind: str) -> str:
        return next((role for stage, role in self.roles if stage == kind), "")

    def role_after(self, kind: str) -> str:
        kinds = [stage for stage, _ in self.roles]
        after = kinds.index(kind) + 1 if kind in kinds else len(kinds)
        return self.roles[after][1] if after < len(kinds) else ""


def _routes(slugs: Iterable[str]) -> Mapping[str, _Route]:
    return {slug: _route(folder) for slug, folder in newest(sorted(set(slugs))).items()}


def _route(folder: ProcedureFolder) -> _Route:
    stages = tuple((stage.kind, stage.role) for stage in folder.stages if stage.kind in WORKED_STAGES)
    return _Route(folder.procedure.route.function, stages)


@as_the_house()  # numbers alone, of offices below too
def loads(offices: Collection[str], *, today: date, calendar: WorkCalendar) -> dict[Desk, Load]:
    """Every desk of these offices that has work or did some in the last twenty working days."""
    waiting = _waiting(offices)
    first, days = _pace_days(today, calendar)
    done, came = _steps(offices, first=first, last=today)
    officers = _officers(offices, on=today)
    found = {}
    for desk in sorted(waiting.keys() | done.keys() | came.keys()):
        queue = tuple(sorted(waiting.get(desk, {}).items(), key=lambda one: one[0] or date.max))
        found[desk] = Load(
            waiting=queue,
            done_a_day=Fraction(done[desk], days),
            came_a_day=Fraction(came[desk], days),
            usual_days=_usual(queue, today, calendar),
            officers=officers[desk.office_code, desk.role],
        )
    return found


def _waiting(offices: Collection[str]) -> dict[Desk, dict[date | None, int]]:
    rows = (
        Dossier.objects.filter(office_code__in=offices, closed_at__isnull=True)
        .exclude(stage_role="")
        .exclude(state__in=[*WAITING, State.APPROVED])
        .values_list("office_code", "stage_role", "procedure", "due_on")
        .annotate(n=Count("pk"))
    )
    found: dict[Desk, dict[date | None, int]] = defaultdict(lambda: defaultdict(int))
    routes = _routes(procedure for _, _, procedure, _, _ in rows)
    for office, role, procedure, due_on, n in rows:
        route = routes.get(procedure)
        found[Desk(office, role, route.function if route else "")][due_on] += n
    return found


def _steps(offices: Collection[str], *, first: date, last: date) -> tuple[Counter[Desk], Counter[Desk]]:
    done: Counter[Desk] = Counter()
    came: Counter[Desk] = Counter()
    steps = _summed(days_of(offices=offices, measure=Measure.STEP, first=first, last=last))
    filed = _summed(days_of(offices=offices, measure=Measure.FILED, first=first, last=last))
    routes = _routes(procedure for _, procedure, _ in (*steps, *filed))
    for (office, procedure, step), n in steps.items():
        route, kind = routes.get(procedure), _STAGE_OF_STEP.get(step)
        if route is None or kind is None:
            continue
        for ended, many in _stages_ended(kind, n, steps[office, procedure, "accepted"] if step == _EITHER else n):
            if many and (role := route.role_of(ended)):
                done[Desk(office, role, route.function)] += many
        if step not in _ENDS and (role := route.role_after(kind)):
            came[Desk(office, role, route.function)] += n
    for (office, procedure, _), n in filed.items():
        route = routes.get(procedure)
        if route and route.roles:
            came[Desk(office, route.roles[0][1], route.function)] += n
    return done, came


def _summed(days: Mapping[tuple[date, str, str, str], int]) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for (_, office, procedure, bucket), n in days.items():
        found[office, procedure, bucket] += n
    return found


def _stages_ended(kind: str, n: int, accepted: int) -> tuple[tuple[str, int], tuple[str, int]]:
    """Of so many steps those that ended this stage, and those that ended the first: nobody had accepted before."""
    later = min(n, accepted)
    return (kind, later), ("intake", n - later)


def _pace_days(today: date, calendar: WorkCalendar) -> tuple[date, int]:
    """The first of the last working days before today that tell the pace, and how many these and today are."""
    day, left = today, PACE_DAYS
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day, PACE_DAYS + calendar.is_working_day(today)


def _officers(offices: Collection[str], *, on: date) -> Counter[tuple[str, str]]:
    """Officers with a post of the role at the office, whatever the function: small offices do not tell it apart."""
    rows = (
        Assignment.objects.filter(valid_on(on), office_code__in=offices, ended_at__isnull=True)
        .values_list("office_code", "role")
        .annotate(n=Count("officer", distinct=True))
    )
    return Counter({(office, role): n for office, role, n in rows})


def _usual(queue: tuple[tuple[date | None, int], ...], today: date, calendar: WorkCalendar) -> int:
    """Working days that the middle one of the dossiers not late has left."""
    ahead = [(due, n) for due, n in queue if due is not None and due >= today]
    half, seen = sum(n for _, n in ahead), 0
    for due, n in ahead:
        seen += n
        if 2 * seen >= half:
            return max(1, working_days_between(today, due, calendar=calendar))
    return _USUAL_DAYS
