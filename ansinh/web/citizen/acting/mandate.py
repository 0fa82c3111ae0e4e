"""One mandate: what it gives, what was done under it, and what its two sides can do about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.dossiers.acts import acts_of_agent
from ansinh.dossiers.models import DossierEvent
from ansinh.people.acting.answer_mandate import answer
from ansinh.people.acting.history import events_of
from ansinh.people.acting.mandates import acts_as, held_during, the_mandate
from ansinh.people.acting.revoke_mandate import OPEN, revoke
from ansinh.people.actors import Citizen
from ansinh.people.models_acting import Mandate, MandateState
from ansinh.platform.errors import Conflict
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.acting.overview import state_in_words
from ansinh.web.citizen.acting.words import procedures_in_words, thread_of
from ansinh.web.citizen.frame import ACCOUNT, frame, rights_in_words
from ansinh.web.clock import now, today


@citizen_page
def mandate(request: HttpRequest, citizen: Citizen, mandate_id: UUID) -> HttpResponse:
    """Read it; POST `answer` accepts or declines, `revoke` ends it at once."""
    found = the_mandate(mandate_id, person_id=citizen.person_id)
    if found.state == MandateState.PREPARED:
        return HttpResponseRedirect(reverse("citizen:confirm-mandate", args=[mandate_id]))
    if request.method == "POST":
        _act(request, citizen, mandate_id)
        return HttpResponseRedirect(reverse("citizen:mandate", args=[mandate_id]))
    gives, inside = found.principal_id == citizen.person_id, found.principal_id == citizen.owner_id
    return render(
        request,
        "citizen/acting/mandate.html",
        page=frame(citizen, title_of(found), current=ACCOUNT, back=(translate("Làm thay"), reverse("citizen:acting"))),
        facts=facts_of(found),
        state=state_in_words(found, on=today()),
        gives=gives,
        waits=found.state == MandateState.OFFERED and not gives and found.valid_to >= today(),
        can_end=found.state in OPEN and found.valid_to >= today(),
        thread=thread_of(
            events_of([found.pk]),
            _acts_under(found),
            own=citizen.label,
            href=lambda act: reverse("citizen:dossier", args=[act.dossier_id]) if inside else "",
        ),
    )


def _acts_under(found: Mandate) -> list[DossierEvent]:
    during = held_during(found)
    if during is None:
        return []
    return acts_of_agent(acts_as(found), owner_id=found.principal_id, during=during, procedures=found.procedures)


def _act(request: HttpRequest, citizen: Citizen, mandate_id: UUID) -> None:
    """Pressing twice is pressing once."""
    try:
        if "answer" in request.POST:
            answer(mandate_id, actor=citizen, accepts=request.POST["answer"] == "yes", at=now())
        elif "revoke" in request.POST:
            revoke(mandate_id, actor=citizen, at=now())
    except Conflict:
        return


def title_of(found: Mandate) -> str:
    """Who acts for whom."""
    return translate("{agent} làm thay {person}", agent=found.agent.full_name, person=found.principal.full_name)


def facts_of(found: Mandate) -> list[dict[str, str]]:
    """What is given, to whom, until when."""
    rows = [
        {"label": translate("Người ủy quyền"), "value": found.principal.full_name},
        {"label": translate("Người được ủy quyền"), "value": found.agent.full_name},
        {"label": translate("Được làm"), "value": ", ".join(rights_in_words(found.rights))},
        {"label": translate("Với"), "value": procedures_in_words(found.procedures)},
        {"label": translate("Từ ngày"), "value": date_vi(found.valid_from)},
        {"label": translate("Đến hết ngày"), "value": date_vi(found.valid_to)},
    ]
    if found.paper_basis:
        rows.append({"label": translate("Giấy ủy quyền lĩnh tiền"), "value": found.paper_basis})
    return rows
