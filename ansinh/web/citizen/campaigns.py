"""Campaigns that reached one's organisation: what is asked, and how far the organisation is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.directives.campaigns import follow
from ansinh.directives.campaigns.access import campaigns_of_person
from ansinh.people.actors import Citizen
from ansinh.platform.errors import DomainError
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.progress_typed import typed_progress

MOST = 100


@citizen_page
def campaigns(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The list, the last first."""
    back = (translate("Tổ chức"), reverse("citizen:organisations"))
    return render(
        request,
        "citizen/campaigns.html",
        page=frame(citizen, translate("Chiến dịch"), current=ACCOUNT, back=back),
        rows=list(campaigns_of_person(citizen, on=today())[:MOST]),
        today=today(),
    )


@citizen_page
def campaign(request: HttpRequest, citizen: Citizen, unit_id: UUID) -> HttpResponse:
    """One campaign; opening it is reading it, POST says how far the unit is."""
    unit, problem = follow.read_as_unit(unit_id, actor=citizen, at=now()), ""
    if request.method == "POST":
        try:
            follow.say_as_unit(unit_id, typed_progress(request.POST), actor=citizen, at=now())
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return HttpResponseRedirect(reverse("citizen:campaign", kwargs={"unit_id": unit_id}))
    back = (translate("Chiến dịch"), reverse("citizen:campaigns"))
    return render(
        request,
        "citizen/campaign.html",
        status=422 if problem else 200,
        page=frame(citizen, unit.campaign.title, current=ACCOUNT, back=back, problems=1 if problem else 0),
        unit=unit,
        campaign=unit.campaign,
        paragraphs=[line for line in unit.campaign.text.split("\n") if line.strip()],
        late=unit.done_at is None and today() > unit.campaign.ends_on,
        problem=problem,
        typed=request.POST,
    )
