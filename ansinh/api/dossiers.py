"""Dossiers of the token's holder."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, for_citizen
from ansinh.dossiers.access import dossiers_of, the_dossier
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Citizen

MOST = 100


@for_citizen
def dossiers(request: HttpRequest, actor: Citizen) -> HttpResponse:
    """GET: the newest hundred."""
    return answer([_line(dossier) for dossier in dossiers_of(actor)[:MOST]])


@for_citizen
def dossier(request: HttpRequest, actor: Citizen, dossier_id: UUID) -> HttpResponse:
    """GET: one dossier with its papers, history and documents."""
    found = the_dossier(dossier_id, actor=actor)
    return answer(
        {
            **_line(found),
            "digest": found.digest,
            "answers": found.answers,
            "results_due": found.results_due,
            "papers": list(found.papers.values("requirement", "row", "name", "size", "sha256", "round")),
            "history": list(found.events.filter(public=True).values("at", "kind", "office_code", "facts")),
            "documents": list(found.documents.values("id", "kind", "title", "sha256", "size", "issued_at")),
        }
    )


def _line(dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier_id": dossier.pk,
        "number": dossier.number,
        "procedure": dossier.procedure,
        "state": dossier.state,
        "submitted_at": dossier.submitted_at,
        "due_on": dossier.due_on,
    }
