"""The same signing page for a draft and for a paper that both sides sign."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from ansinh.casework.joint.applicant import paper_to_sign
from ansinh.people.actors import Citizen, Right
from ansinh.platform.errors import Conflict
from ansinh.web.actors import View, citizen_page
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.frame import address
from ansinh.web.citizen.signing.filed import signing_page
from ansinh.web.citizen.signing.matter import Matter, of_draft, of_paper

MatterPage = Callable[[HttpRequest, Matter, Citizen], HttpResponse]


def of_a_draft(page: MatterPage) -> View:
    """The page at the address of a draft; a filed one leads to its receipt, one with gaps to the check."""

    def view(request: HttpRequest, filing: Filing, citizen: Citizen) -> HttpResponse:
        return page(request, of_draft(request, filing, citizen), citizen)

    return signing_page(view)


def of_a_paper(page: MatterPage) -> View:
    """The page at the address of a dossier whose paper waits; one not waiting leads to the dossier."""

    @citizen_page
    def view(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponseBase:
        try:
            paper = paper_to_sign(dossier_id, actor=citizen)
        except Conflict:
            return HttpResponseRedirect(address("citizen:dossier", dossier_id=dossier_id))
        if not citizen.may(Right.SIGN, procedure=paper.dossier.procedure):
            return HttpResponseRedirect(address("citizen:joint-paper", dossier_id=dossier_id))
        return page(request, of_paper(request, paper, citizen), citizen)

    return view


def is_done(location: str) -> bool:
    """Whether an address is that of a receipt or of a dossier: there is nothing left to sign."""
    return "/giay-tiep-nhan" in location or ("/nhap/" not in location and not location.endswith("/ky-van-ban"))
