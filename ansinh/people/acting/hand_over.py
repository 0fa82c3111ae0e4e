"""Before a child is of age, and on the day: guardians and child are told, once for each of the dated spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from ansinh.people.acting import history
from ansinh.people.acting.ages import of_age_on
from ansinh.people.acting.guardianships import guardianships_on
from ansinh.people.acting.rules import rules
from ansinh.people.actors import System
from ansinh.people.models_acting import ActingEvent, Guardianship
from ansinh.platform.actor_context import acting_as
from ansinh.platform.models import Job
from ansinh.platform.queue import defer
from ansinh.platform.zone import VIETNAM, local_day

HAND_OVER = "acting.tell_of_hand_over"
KIND = "hand_over_told"
TOLD_AT = time(8)
"""On the office wall: people are told in the morning."""


@dataclass(frozen=True)
class ToTell:
    """One guardian to tell of one child, `days` before its birthday; with 0 it is of age from that day."""

    guardian_account_id: UUID | None
    child_id: UUID
    child_name: str
    child_phone: str
    child_email: str
    of_age_on: date
    days: int


def look_again_tomorrow(*, at: datetime) -> None:
    """Queue the next morning's look, once: the first guardianship starts it, each look queues the next."""
    if not Job.objects.filter(name=HAND_OVER, dead_at=None, run_at__gt=at).exists():
        morning = datetime.combine(local_day(at) + timedelta(days=1), TOLD_AT, VIETNAM)
        defer(HAND_OVER, run_at=morning)


def take_due(*, at: datetime) -> list[ToTell]:
    """Whom to tell now, each noted in the history so that nobody is told twice, however often this runs."""
    today = local_day(at)
    due: list[ToTell] = []
    with transaction.atomic(), acting_as(System().label):
        for one in _near(today):
            days = _span(one, today)
            if days is None or ActingEvent.objects.filter(basis_id=one.pk, kind=KIND, facts__days=days).exists():
                continue
            history.record(
                KIND, owner_id=one.child_id, basis_id=one.pk, actor=System(), at=at, days=days,
                of_age_on=of_age_on(one.child.date_of_birth, on=today).isoformat(),
            )  # fmt: skip
            due.append(_to_tell(one, days, today))
    return due


def _near(today: date) -> list[Guardianship]:
    """Guardianships of children whose birthday of age lies within the longest span of today, to whole months."""
    held = rules(on=today)
    first, last = (today + timedelta(days=days) for days in (-max(held.hand_over_days), max(held.hand_over_days)))
    born = (_month(first, held.majority_age), f"{_month(last, held.majority_age)}-31")
    rows = guardianships_on(today).filter(child__date_of_birth__range=born).select_for_update(of=("self",))
    return list(rows.select_related("child", "guardian__account"))


def _month(day: date, years: int) -> str:
    return f"{day.year - years:04}-{day.month:02}"


def _span(one: Guardianship, today: date) -> int | None:
    """The shortest span already begun: 60 from 60 days before to 8 days before, then 7, then 0; None before."""
    left = (of_age_on(one.child.date_of_birth, on=today) - today).days
    begun = [days for days in rules(on=today).hand_over_days if left <= days]
    return min(begun) if begun else None


def _to_tell(one: Guardianship, days: int, today: date) -> ToTell:
    account = getattr(one.guardian, "account", None)
    return ToTell(
        guardian_account_id=account.pk if account and account.is_active else None,
        child_id=one.child_id,
        child_name=one.child.full_name,
        child_phone=one.child.phone,
        child_email=one.child.email,
        of_age_on=of_age_on(one.child.date_of_birth, on=today),
        days=days,
    )
