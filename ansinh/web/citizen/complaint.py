"""A complaint about a decided dossier: what it means, how long it takes, what became of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework.complaints.answer import OUTCOMES
from ansinh.casework.complaints.file import (
    answering_office,
    complaints_of,
    file_complaint,
    last_day,
    may_complain,
    withdraw_complaint,
)
from ansinh.casework.complaints.place import comes_from_afar, rule_where
from ansinh.casework.complaints.second import file_second, first_to_follow, last_day_for_second, office_above
from ansinh.casework.limits import limit_of
from ansinh.casework.models import Complaint, ComplaintState
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.models import Dossier
from ansinh.law.deadlines import Limit
from ansinh.offices.queries import office
from ansinh.people.actors import Citizen, Right
from ansinh.platform.errors import Invalid
from ansinh.platform.language import current, pick, translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence


@citizen_page
def complaint(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """The complaints of the dossier, and a form while one may be filed."""
    dossier = the_dossier(dossier_id, actor=citizen)
    refuse_without(Right.SIGN, actor=citizen)
    problem: Invalid | None = None
    if request.method == "POST":
        try:
            _perform(request, citizen, dossier)
        except Invalid as refused:
            problem = refused
        else:
            return HttpResponseRedirect(reverse("citizen:complaint", kwargs={"dossier_id": dossier.pk}))
    here = reverse("citizen:dossier", kwargs={"dossier_id": dossier.pk})
    opens = may_complain(dossier, on=today())
    limit = _limit(dossier, "complaint_answer")
    return render(
        request,
        "citizen/complaint.html",
        status=422 if problem else 200,
        page=frame(
            citizen,
            translate("Khiếu nại về hồ sơ {number}", number=dossier.number),
            current=DOSSIERS,
            back=(translate("Hồ sơ {number}", number=dossier.number), here),
            problems=1 if problem else 0,
        ),
        dossier=dossier,
        name=pick(frozen(dossier.version_id).procedure, "short_name"),
        rows=complaint_rows(dossier),
        opens=opens,
        second=second_words(dossier),
        until=last_day(dossier) if opens else None,
        limit=limit.words_vi if current() == "vi" else limit.words_en,
        answers=pick(office(answering_office(dossier)), "name"),
        typed=request.POST,
        fault=sentence(problem) if problem else "",
        here=here,
    )


def _limit(dossier: Dossier, rule: str) -> Limit:
    """The limit of an answer, where this complaint comes from."""
    return limit_of(rule_where(rule, remote=comes_from_afar(dossier, on=today())), on=today())


def second_words(dossier: Dossier) -> dict[str, object] | None:
    """Who answers a second complaint, within what and until when it may be filed; None while it may not."""
    first = first_to_follow(dossier, on=today())
    above = office_above(first) if first is not None else None
    if first is None or above is None:
        return None
    limit = _limit(dossier, "complaint_second_answer")
    return {
        "number": first.number,
        "office": pick(above, "name"),
        "limit": limit.words_vi if current() == "vi" else limit.words_en,
        "until": last_day_for_second(first),
        "overdue": first.state == ComplaintState.FILED,
    }


def complaint_rows(dossier: Dossier) -> list[dict[str, object]]:
    """Each complaint in words."""
    return [_row(one) for one in complaints_of(dossier)]


def _row(one: Complaint) -> dict[str, object]:
    return {
        "number": one.number,
        "state": translate(ComplaintState(one.state).label),
        "waits": one.state == ComplaintState.FILED,
        "filed_at": one.filed_at,
        "due_on": one.due_on,
        "longer": one.extension if hasattr(one, "extension") else None,
        "second": one.level > 1,
        "channel": "" if one.channel == "portal" else translate(one.get_channel_display()),
        "about": one.about,
        "wants": one.wants,
        "outcome": translate(OUTCOMES[one.outcome]) if one.outcome else "",
        "answer": one.answer,
        "who": f"{one.answered_title} {one.answered_by.full_name}" if one.answered_by else "",
        "answered_at": one.answered_at,
    }


def _perform(request: HttpRequest, citizen: Citizen, dossier: Dossier) -> None:
    if "_withdraw" in request.POST:
        withdraw_complaint(dossier.pk, actor=citizen, at=now())
        return
    about, wants = request.POST.get("about", ""), request.POST.get("wants", "")
    if "_second" in request.POST:
        file_second(dossier.pk, actor=citizen, about=about, wants=wants, at=now())
        return
    file_complaint(dossier.pk, actor=citizen, about=about, wants=wants, at=now())
