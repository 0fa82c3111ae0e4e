"""Second rounds of asking that wait for a superior: each is answered on the page of its dossier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.ask_again import to_decide
from ansinh.casework.models import RoundProposal
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.language import translate
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.queue_view import service_name
from ansinh.web.officer.watched import Seen, list_page

SHOWN = 200


@list_page(PageKind.SIGN_LIST)
def rounds_asked(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """What officers put before this superior, urgent and oldest first."""
    found = list(to_decide(officer).select_related("dossier", "proposed_by")[:SHOWN])
    seen.note(one.dossier for one in found)
    return desk(
        request,
        officer,
        "rounds.html",
        translate("Đề nghị bổ sung lần nữa: {n}", n=len(found)),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        rows=[_row(one) for one in found],
    )


def _row(one: RoundProposal) -> dict[str, object]:
    return {
        "number": one.dossier.number,
        "urgent": one.dossier.urgent,
        "person": one.dossier.applicant_name,
        "service": service_name(one.dossier),
        "asked_by": one.proposed_by.full_name,
        "asked_at": one.proposed_at,
        "why": one.why,
        "href": reverse("officer:dossier", kwargs={"dossier_id": one.dossier_id}),
    }
