"""Procedures: the list and the JSON Schema of a form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, endpoint, now
from ansinh.catalogue.queries import folder_in_force, services_on
from ansinh.eforms.json_schema import json_schema
from ansinh.platform.zone import local_day


@endpoint
def procedures(request: HttpRequest) -> HttpResponse:
    """GET: every procedure of today; `online` ones can be filed here."""
    return answer(
        [
            {
                "slug": folder.slug,
                "name": folder.procedure.name_vi,
                "name_en": folder.procedure.name_en,
                "in_force_on": folder.in_force_on,
                "online": folder.procedure.online and folder.form is not None,
            }
            for folder in services_on(local_day(now()))
        ]
    )


@endpoint
def schema(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the JSON Schema (2020-12) of the answers and the papers a procedure may ask for."""
    folder = folder_in_force(slug, on=local_day(now()))
    return answer(
        {
            "answers": json_schema(folder.form) if folder.form else None,
            "papers": [
                {"requirement": paper.key, "name": paper.name_vi, "required": paper.required}
                for paper in folder.papers
                if paper.is_a_file
            ],
        }
    )
