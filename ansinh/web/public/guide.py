"""The guide to a service, step by step: public, versioned, as a page and as a document (R-038, R-039, R-043, R-044)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import folder_in_force, version_of_day, versions_of
from ansinh.documents.render import render as render_document
from ansinh.platform.language import current, pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.actors import public_page
from ansinh.web.clock import now, today
from ansinh.web.process_view import process_of
from ansinh.web.public.frame import SERVICES, frame, show
from ansinh.web.public.guide_content import parts_of
from ansinh.web.public.service_words import facts_of, law_line

VERSION = "ban"
"""Name of the query parameter that asks for an earlier version: the day it came into force."""


@public_page
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """The page."""
    folder = _asked(request, slug)
    return show(
        request,
        "public/guide.html",
        frame(
            request,
            translate("Hướng dẫn: {name}", name=pick(folder.procedure, "short_name")),
            current=SERVICES,
            back=(pick(folder.procedure, "short_name"), reverse("public:service", args=[slug])),
        ),
        procedure=folder.procedure,
        facts=facts_of(folder),
        parts=parts_of(folder, on=today()),
        laws=[law_line(one) for one in folder.procedure.legal_basis],
        process=process_of(folder),
        version=version_words(folder),
        thanked="cam-on" in request.GET,
        document=f"{reverse('public:guide-document', args=[slug])}?{VERSION}={folder.in_force_on.isoformat()}",
        others=[one for one in versions_of(slug) if one.in_force_on != folder.in_force_on],
    )


@public_page
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a PDF."""
    folder = _asked(request, slug)
    content = _document(
        folder.slug,
        folder.in_force_on,
        folder.digest,
        current(),
        now().replace(hour=0, minute=0, second=0, microsecond=0),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="huong-dan-{slug}-{folder.in_force_on.isoformat()}.pdf"'
    return response


def version_words(folder: ProcedureFolder) -> str:
    """Which version this is: the day it is in force from, and the mark of its content."""
    return translate(
        "Bản áp dụng từ {day}, mã nội dung {mark}.", day=date_vi(folder.in_force_on), mark=folder.digest[:8]
    )


def _asked(request: HttpRequest, slug: str) -> ProcedureFolder:
    wanted = request.GET.get(VERSION, "")
    return version_of_day(slug, wanted) if wanted else folder_in_force(slug, on=today())


@lru_cache(maxsize=128)
def _document(slug: str, in_force_on: date, digest: str, language: str, at: datetime) -> bytes:
    """Kept for the day: the folder, the language and the day decide everything in it."""
    folder = version_of_day(slug, in_force_on.isoformat())
    data = {
        "language": language,
        "title": translate("Hướng dẫn: {name}", name=pick(folder.procedure, "short_name")),
        "full_name": pick(folder.procedure, "name"),
        "summary": pick(folder.procedure, "summary"),
        "code": folder.procedure.national_code or "",
        "version": version_words(folder),
        "printed": translate("In ngày {day}.", day=date_vi(at.date())),
        "facts": [{"label": row["label"], "value": row["value"]} for row in facts_of(folder)],
        "parts": [asdict(part) for part in parts_of(folder, on=at.date())],
        "picture": process_of(folder, standalone=True),
        "picture_words": translate("Sơ đồ xử lý: {name}", name=pick(folder.procedure, "short_name")),
        "law_title": translate("Căn cứ pháp lý"),
        "laws": [
            ", ".join(
                part
                for part in (
                    f"{law['title']} ({law['number']})" if law["title"] else law["number"],
                    law["articles"],
                    law["issued"],
                )
                if part
            )
            for law in (law_line(one) for one in folder.procedure.legal_basis)
        ],
    }
    return render_document("guide", data=data, at=at)
