"""What `dossiers.words` needs to know besides the dossier itself."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import Situation
from ansinh.offices.queries import office, work_calendar


def situation_of(dossier: Dossier, *, today: date) -> Situation:
    """Where the dossier is and what was asked of the applicant; at most three queries."""
    asked = None
    if dossier.state == State.WAITING_FOR_APPLICANT:
        open_requests = dossier.supplement_requests.filter(answered_at__isnull=True)
        asked = open_requests.annotate(asked=Count("items")).values_list("asked", "answer_by").first()
    count, answer_by = asked or (0, None)
    return Situation(
        office=office(dossier.office_code),
        today=today,
        calendar=work_calendar(),
        asked=count,
        answer_by=answer_by,
    )
