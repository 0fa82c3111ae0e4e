"""The person's own store of papers: look at them, take them out."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.files.discard import discard as discard_paper
from ansinh.files.limits import MAX_PAPERS
from ansinh.files.queries import paper_of, papers_of
from ansinh.people.actors import Citizen
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen import preview
from ansinh.web.citizen.frame import PAPERS, frame
from ansinh.web.clock import now


@citizen_page
def store(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """All papers of the account, newest first."""
    return render(
        request,
        "citizen/store.html",
        page=frame(citizen, translate("Kho giấy tờ của tôi"), current=PAPERS),
        papers=list(papers_of(citizen.account_id)),
        most=MAX_PAPERS,
    )


@citizen_page
def look(request: HttpRequest, citizen: Citizen, paper_id: UUID) -> HttpResponse:
    """Look at one paper."""
    return preview.page(
        request,
        paper_of(citizen.account_id, paper_id),
        head=partial(frame, citizen),
        layout="layout/citizen.html",
        back=(translate("Kho giấy tờ của tôi"), reverse("citizen:store")),
        picture_href=lambda number: reverse("citizen:own-picture", args=[paper_id, number]),
    )


@citizen_page
def picture(request: HttpRequest, citizen: Citizen, paper_id: UUID, number: int) -> HttpResponse:
    """One page of it as a picture."""
    return preview.picture(paper_of(citizen.account_id, paper_id), number)


@citizen_page
def discard(request: HttpRequest, citizen: Citizen, paper_id: UUID) -> HttpResponse:
    """Ask, then take the paper out on POST; dossiers that hold it keep it."""
    paper = paper_of(citizen.account_id, paper_id)
    if request.method == "POST":
        discard_paper(paper.pk, owner_id=citizen.account_id, at=now())
        return HttpResponseRedirect(reverse("citizen:store"))
    back = (translate("Kho giấy tờ của tôi"), reverse("citizen:store"))
    return render(
        request,
        "citizen/discard_paper.html",
        page=frame(citizen, translate("Bỏ “{name}” khỏi kho?", name=paper.name), current=PAPERS, back=back),
    )
