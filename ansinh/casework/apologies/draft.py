"""Draft the apologies of what will hardly be in time, and drop those of what was."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ansinh.casework.access import stage_of
from ansinh.casework.limits import limit_of
from ansinh.casework.models import Apology, ApologyState
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.law.calendar import WorkCalendar
from ansinh.law.counting import working_days_between
from ansinh.law.deadlines import due
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.zone import local_day

MOST = 500
"""Drafts of one round."""
log = logging.getLogger(__name__)


def tend(*, at: datetime) -> tuple[int, int]:
    """Draft what is missing and drop what nobody needs any more; how many of each."""
    counts = draft_what_is_near(at=at), drop_what_is_over()
    if any(counts):
        log.info("%d apologies drafted, %d dropped", *counts)
    return counts


def draft_what_is_near(*, at: datetime, most: int = MOST) -> int:
    """Draft for open dossiers due within the days of the rule, or over already, nearest first; how many were made."""
    today, calendar = local_day(at), work_calendar()
    standing = Apology.objects.filter(dossier=OuterRef("pk"), due_on=OuterRef("due_on")).exclude(
        state=ApologyState.DROPPED
    )
    near = Dossier.objects.filter(
        ~Exists(standing), closed_at__isnull=True, due_on__lte=last_day_near(today, calendar=calendar)
    ).exclude(procedure__in=REGISTRATIONS)
    chosen = list(near.order_by("due_on", "pk").values_list("pk", flat=True)[:most])
    return sum(_draft(one, at=at, calendar=calendar) for one in chosen)


def drop_what_is_over() -> int:
    """Drafts of dossiers that ended, or whose due date moved; how many."""
    with transaction.atomic(), acting_as(System().label):
        return Apology.objects.filter(
            Q(dossier__closed_at__isnull=False) | Q(dossier__due_on__isnull=True) | ~Q(dossier__due_on=F("due_on")),
            state=ApologyState.DRAFTED,
        ).update(state=ApologyState.DROPPED)


def standing_drafts() -> QuerySet[Apology]:
    """Drafts whose dossier is still open and still due on that day: at once right, also between two rounds."""
    return Apology.objects.filter(
        state=ApologyState.DRAFTED, dossier__closed_at__isnull=True, dossier__due_on=F("due_on")
    )


def last_day_near(today: date, *, calendar: WorkCalendar) -> date:
    """The last day with so few working days left that an apology is drafted."""
    days = limit_of("apology_before", on=today).value
    last = today
    while working_days_between(today, last + timedelta(days=1), calendar=calendar) <= days:
        last += timedelta(days=1)
    return last


def promised(due_on: date, *, today: date, calendar: WorkCalendar) -> date:
    """The new day a draft offers: so long after the due date, or after today when that is over."""
    limit = limit_of("apology_promise", on=today)
    on = due(started_on=max(due_on, today), limit=limit, calendar=calendar).on
    assert on is not None
    return on


def _draft(dossier_id: UUID, *, at: datetime, calendar: WorkCalendar) -> bool:
    with transaction.atomic(), acting_as(System().label):
        dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
        if dossier.closed_at is not None or dossier.due_on is None:
            return False
        made = {
            "promised_on": promised(dossier.due_on, today=local_day(at), calendar=calendar),
            "reason_vi": f"Hồ sơ còn ở bước “{stage_of(dossier).name_vi}”, chưa kịp hoàn tất đúng ngày hẹn"[:500],
            "state": ApologyState.DRAFTED,
            "drafted_at": at,
        }
        row, created = Apology.objects.get_or_create(dossier=dossier, due_on=dossier.due_on, defaults=made)
        if not created and row.state != ApologyState.DROPPED:
            return False
        if not created:  # dropped once, and the very same day is promised again
            Apology.objects.filter(pk=row.pk).update(**made)
        record(dossier, "apology_drafted", actor=System(), at=at, public=False, new_due=row.promised_on.isoformat())
    return True
