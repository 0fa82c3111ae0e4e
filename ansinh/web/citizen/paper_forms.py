"""The procedure's form on paper, filled with what a draft or a dossier says (R-104)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import the_dossier
from ansinh.dossiers.paper_form import paper_form
from ansinh.offices.models import Office
from ansinh.offices.queries import office_names
from ansinh.people.actors import Citizen
from ansinh.web.actors import citizen_page
from ansinh.web.citizen.filing import Filing
from ansinh.web.clock import now


def of_draft(request: HttpRequest, filing: Filing) -> HttpResponse:
    """With what was typed so far; a wrong answer is left as a line to write on."""
    return _answer(filing.folder, filing.draft.answers, name=filing.folder.slug)


@citizen_page
def of_dossier(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """With what was filed."""
    dossier = the_dossier(dossier_id, actor=citizen)
    return _answer(frozen(dossier.version_id), dossier.answers, name=dossier.number.replace("/", "-"))


def _answer(folder: ProcedureFolder, answers: Mapping[str, Any], *, name: str) -> HttpResponse:
    content = paper_form(folder, answers=answers, office=_office(answers), at=now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="mau-{name}.pdf"'
    return response


def _office(answers: Mapping[str, Any]) -> Office | None:
    code = str(answers.get("receiving_office") or answers.get("chosen_office") or "")
    return office_names({code}).get(code)
