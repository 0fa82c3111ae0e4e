"""The signing list: a leader ticks dossiers and signs them in one press."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.queues import to_sign
from ansinh.casework.sign_many import MOST, Signed, sign_many
from ansinh.casework.waiting import what_is_away
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Invalid
from ansinh.platform.language import translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.away import finished_when_back
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.queue_view import due_of, href_of, service_name
from ansinh.web.officer.watched import Seen, list_page

CHOSEN = "ho-so"


@list_page(PageKind.SIGN_LIST)
def sign_list(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """The list with its boxes; on POST one result for each ticked dossier."""
    chosen = _chosen(request)
    problem = ""
    if request.method == "POST":
        try:
            return _results(request, officer, sign_many(chosen, actor=officer, at=now()))
        except Invalid as refused:
            problem = sentence(refused)
    found = to_sign(officer, most=MOST)
    seen.note(found)
    return desk(
        request,
        officer,
        "sign_list.html",
        translate("Trình ký: {n} hồ sơ", n=len(found)),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        rows=[_row(dossier, chosen) for dossier in found],
    )


def _results(request: HttpRequest, officer: OfficerActor, signed: list[Signed]) -> HttpResponse:
    away = what_is_away([one.dossier_id for one in signed if one.outcome == "waits"])
    counts = {outcome: sum(one.outcome == outcome for one in signed) for outcome in ("signed", "waits", "refused")}
    return desk(
        request,
        officer,
        "signed_list.html",
        translate("Đã ký {n} trong {all} hồ sơ", n=counts["signed"], all=len(signed)),
        current=WORK,
        back=(translate("Trình ký"), reverse("officer:sign-list")),
        counts=counts,
        rows=[
            {
                "dossier": one.dossier,
                "href": href_of(one.dossier) if one.dossier else "",
                "outcome": one.outcome,
                "note": sentence(one.refusal) if one.refusal else finished_when_back(away.get(one.dossier_id, "")),
            }
            for one in signed
        ],
    )


def _row(dossier: Dossier, chosen: list[UUID]) -> dict[str, Any]:
    decision = dossier.to_sign[0]  # type: ignore[attr-defined]  # prefetched by the query
    return {
        "dossier": dossier,
        "href": href_of(dossier),
        "due": due_of(dossier, today=today(), calendar=work_calendar()),
        "service": service_name(dossier),
        "decision": decision,
        "ticked": dossier.pk in chosen,
    }


def _chosen(request: HttpRequest) -> list[UUID]:
    """The ticked dossiers; what is no identifier was not ticked by anybody."""
    chosen = []
    for typed in request.POST.getlist(CHOSEN):
        try:
            chosen.append(UUID(typed))
        except ValueError:
            continue
    return chosen
