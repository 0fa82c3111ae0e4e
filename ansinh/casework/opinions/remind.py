"""Remind who owes an opinion: once before the day it is wanted, once after."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ansinh.casework.apologies.draft import last_day_near
from ansinh.casework.models import Opinion, OpinionState
from ansinh.casework.opinions.tell import tell_officer
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.zone import local_day

MOST = 500


def remind_opinions(*, at: datetime) -> int:
    """Who is asked is reminded; of another agency, and of another office past the day, whoever asked. How many."""
    today = local_day(at)
    near = last_day_near(today, calendar=work_calendar())
    owed = Opinion.objects.filter(
        Q(reminded_before__isnull=True, wanted_by__range=(today, near))
        | Q(reminded_after__isnull=True, wanted_by__lt=today),
        state=OpinionState.ASKED,
        dossier__closed_at__isnull=True,
    )
    chosen = list(owed.order_by("wanted_by", "pk").values_list("pk", flat=True)[:MOST])
    return sum(_remind(one, today=today, at=at) for one in chosen)


def _remind(opinion_id: UUID, *, today: date, at: datetime) -> bool:
    with transaction.atomic(), acting_as(System().label):
        rows = Opinion.objects.select_for_update(of=("self",))
        one = rows.select_related("dossier").get(pk=opinion_id)
        late = one.wanted_by < today
        if one.state != OpinionState.ASKED or (one.reminded_after if late else one.reminded_before):
            return False
        code = "opinion_late" if late else "opinion_near"
        # Past its day a colleague elsewhere reads no more: who asked asks again, or no more.
        over = late and one.to_office
        whom = one.asked_by_id if over else one.to_officer_id or one.asked_by_id
        tell_officer(whom, code, one.dossier, due=one.wanted_by, at=at)
        if late:
            one.reminded_after = at
        else:
            one.reminded_before = at
        one.save(update_fields=["reminded_after", "reminded_before"])
    return True
