"""How long dossiers really take: half of them, nine in ten, and how many are late, for each procedure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from ansinh.dossiers.models import Dossier, RealTime, State
from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import working_days_between
from ansinh.offices.queries import work_calendar
from ansinh.platform.models import Job
from ansinh.platform.queue import defer
from ansinh.platform.zone import VIETNAM, local_day

MEASURE = "dossiers.measure_real_times"
"""Name of the job that measures."""
SPAN = timedelta(days=91)
FEWEST = 5
"""Below this many dossiers nothing is said: a single one would show."""


@dataclass(frozen=True)
class Spread:
    """Working days from acceptance to result."""

    count: int
    half_within: int
    nine_in_ten_within: int
    late_permille: int


def real_time(procedure: str, *, today: date) -> RealTime | None:
    """The newest measure of a procedure; an old or missing one has a fresh one made by a worker."""
    found = RealTime.objects.filter(procedure=procedure).first()
    if found is None or found.measured_on < today:
        _ask_to_measure(today)
    return found if found is not None and found.count >= FEWEST else None


def _ask_to_measure(today: date) -> None:
    """Defer one measuring, however many people read the page of a procedure that has no results."""
    measured = RealTime.objects.filter(measured_on=today).exists()
    if not measured and not Job.objects.filter(name=MEASURE, dead_at=None).exists():
        defer(MEASURE)


def measure_all(*, at: datetime) -> None:
    """Measure every procedure with results in the last three months; once a day is enough."""
    today = local_day(at)
    if RealTime.objects.filter(measured_on=today).exists():
        return
    pairs: dict[str, dict[tuple[date, date, bool], int]] = defaultdict(dict)
    rows = (
        Dossier.objects.filter(closed_at__gte=at - SPAN, accepted_at__isnull=False)
        .filter(state__in=[State.GRANTED, State.REFUSED])
        .annotate(begun=TruncDate("accepted_at", tzinfo=VIETNAM), ended=TruncDate("closed_at", tzinfo=VIETNAM))
        .values("procedure", "begun", "ended", "was_late")
        .annotate(n=Count("pk"))
    )
    for row in rows:
        pairs[row["procedure"]][row["begun"], row["ended"], row["was_late"]] = row["n"]
    calendar = work_calendar()
    for procedure, counted in pairs.items():
        spread = spread_of(counted, calendar=calendar)
        RealTime.objects.update_or_create(
            procedure=procedure,
            defaults={
                "measured_on": today,
                "count": spread.count,
                "half_within": spread.half_within,
                "nine_in_ten_within": spread.nine_in_ten_within,
                "late_permille": spread.late_permille,
            },
        )


def spread_of(counted: dict[tuple[date, date, bool], int], *, calendar: WorkCalendar) -> Spread:
    """Quantiles over (accepted, closed, late) → how many."""
    days: dict[int, int] = defaultdict(int)
    for (begun, ended, _), n in counted.items():
        days[working_days_between(begun, ended, calendar=calendar)] += n
    total = sum(days.values())
    late = sum(n for (_, _, was_late), n in counted.items() if was_late)
    return Spread(total, _quantile(days, total, 50), _quantile(days, total, 90), late * 1000 // total)


def _quantile(days: dict[int, int], total: int, percent: int) -> int:
    seen = 0
    for day in sorted(days):
        seen += days[day]
        if seen * 100 >= total * percent:
            return day
    return 0


def real_times() -> list[RealTime]:
    """The newest measure of every procedure with enough dossiers, the most used first."""
    return list(RealTime.objects.filter(count__gte=FEWEST).order_by("-count", "procedure"))
