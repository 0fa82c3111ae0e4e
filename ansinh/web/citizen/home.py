"""My dossiers and what I have begun."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.catalogue.published import answers_of_case
from ansinh.catalogue.queries import frozen, version_in_force
from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder, dossiers_of
from ansinh.dossiers.models import Dossier, Draft
from ansinh.dossiers.words import Situation, state_words
from ansinh.eforms.visibility import asked_sections
from ansinh.law.calendar import WorkCalendar
from ansinh.notifications.queries import unread_count
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import Citizen, Right
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.filing import of_citizen
from ansinh.web.citizen.frame import DOSSIERS, address, frame
from ansinh.web.clock import now, today
from ansinh.web.estimated import PARAMETER, answers_of_estimate, written
from ansinh.web.plain_input import small_number

PAGE = 30


@citizen_page
def home(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Drafts first, then dossiers, newest first."""
    start = small_number(request.GET.get("tu", "")) or 0
    found = list(dossiers_of(citizen)[start : start + PAGE + 1])
    calendar = work_calendar()
    return render(
        request,
        "citizen/home.html",
        page=frame(citizen, _title(citizen), current=DOSSIERS),
        drafts=[draft_line(one) for one in drafts.open_drafts(Holder.of(citizen))] if citizen.may(Right.FILE) else [],
        dossiers=[_dossier(one, calendar) for one in found[:PAGE]],
        next_href=f"{reverse('citizen:home')}?tu={start + PAGE}" if len(found) > PAGE else "",
        services_href=address("public:services") if citizen.may(Right.FILE) else "",
        unread=unread_count(citizen.account_id, owner_id=citizen.others_id),
    )


def _title(citizen: Citizen) -> str:
    if citizen.behalf is None:
        return translate("Hồ sơ của tôi")
    return translate("Hồ sơ của {name}", name=citizen.behalf.name)


def draft_line(draft: Draft) -> dict[str, Any]:
    """A draft as a list shows it, with the way to go on."""
    folder = frozen(draft.version_id)
    form = folder.form
    assert form is not None
    first = asked_sections(form, draft.answers)[0]
    return {
        "name": pick(folder.procedure, "short_name"),
        "href": reverse("citizen:check", kwargs={"draft_id": draft.pk})
        if draft.revision
        else reverse("citizen:section", kwargs={"draft_id": draft.pk, "section_key": first.key}),
        "discard_href": reverse("citizen:discard", kwargs={"draft_id": draft.pk}),
        "updated_at": draft.updated_at,
    }


def _dossier(dossier: Dossier, calendar: WorkCalendar) -> dict[str, Any]:
    asked: int = getattr(dossier, "asked", None) or 0
    words = state_words(dossier, Situation(None, today(), calendar, asked, getattr(dossier, "answer_by", None)))
    return {
        "name": pick(frozen(dossier.version_id).procedure, "short_name"),
        "number": dossier.number,
        "href": reverse("citizen:dossier", kwargs={"dossier_id": dossier.pk}),
        "title": words.title,
        "kind": words.kind,
        "due_on": dossier.due_on,
        "submitted_at": dossier.submitted_at,
    }


@citizen_page
def begin(request: HttpRequest, citizen: Citizen, slug: str) -> HttpResponse:
    """Begin a draft, with the answers of a chosen case (R-186) or of an estimate; read, it offers the button again."""
    if request.method == "POST":
        estimated = answers_of_estimate(slug, request.POST.get(PARAMETER, ""))
        given = {**estimated, **answers_of_case(slug, request.POST.get("truong_hop", ""))}
        filing = of_citizen(citizen, drafts.begin(slug, holder=Holder.of(citizen), at=now(), given=given).pk)
        return HttpResponseRedirect(filing.href("section", section_key=filing.sections()[0].key))
    procedure = frozen(version_in_force(slug, on=today()).pk).procedure
    services = address("public:service", slug=slug)
    return render(
        request,
        "citizen/begin.html",
        page=frame(
            citizen,
            pick(procedure, "name"),
            current=DOSSIERS,
            back=(translate("Thông tin dịch vụ"), services) if services else None,
        ),
        procedure=procedure,
        estimated=written(answers_of_estimate(slug, request.GET.get(PARAMETER, ""))),
    )


@citizen_page
def discard(request: HttpRequest, citizen: Citizen, draft_id: UUID) -> HttpResponse:
    """Say what giving up a draft means; do it on POST (R-107)."""
    filing = of_citizen(citizen, draft_id)
    if request.method == "POST":
        drafts.discard(draft_id, holder=filing.holder, at=now())
        return HttpResponseRedirect(reverse("citizen:home"))
    back = (translate("Hồ sơ của tôi"), reverse("citizen:home"))
    return render(
        request,
        "citizen/discard.html",
        page=frame(citizen, translate("Bỏ bản đang kê khai?"), current=DOSSIERS, back=back),
        filing=filing,
    )
