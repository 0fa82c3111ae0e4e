"""The front page: search, what can be done here, find my dossier, the five groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.published import service_list
from ansinh.dossiers.real_time import real_times
from ansinh.platform.language import pick, translate
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.page import Link
from ansinh.web.public.frame import SERVICES, address, closed_day_notice, frame, show
from ansinh.web.public.listing import by_slug, can_be_filed
from ansinh.web.public.time_limits import real_words

SHOWN_OF_GROUP = 3


@dataclass(frozen=True)
class Tile:
    """One of the five groups: how many services, and the first few; those filed here come first."""

    key: str
    name: str
    count: int
    links: tuple[Link, ...]
    more_href: str


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    folders = by_slug(today())
    return show(
        request,
        "public/home.html",
        frame(request, translate("Dịch vụ công bảo hiểm xã hội"), current=SERVICES, notice=closed_day_notice()),
        tasks=[_task(folder) for folder in folders.values() if can_be_filed(folder) and _is_listed(folder)],
        tiles=[_tile(group.key, pick(group, "name"), folders) for group in service_list().groups if _rows(group.key)],
        rows=len(service_list().rows),
        measures=[
            {"name": pick(folders[one.procedure].procedure, "short_name"), "words": real_words(one)}
            for one in real_times()
            if one.procedure in folders
        ],
        register_href=address("account:register"),
        today=today(),
    )


def _is_listed(folder: ProcedureFolder) -> bool:
    return folder.procedure.kind == "procedure"


def _task(folder: ProcedureFolder) -> dict[str, str]:
    return {
        "label": pick(folder.procedure, "short_name"),
        "note": pick(folder.procedure, "summary"),
        "href": reverse("public:service", kwargs={"slug": folder.slug}),
    }


def _rows(group: str) -> list[str]:
    return [row.procedure for row in service_list().in_group(group)]


def _tile(group: str, name: str, folders: dict[str, ProcedureFolder]) -> Tile:
    rows = _rows(group)
    known = sorted((folders[slug] for slug in rows if slug in folders), key=lambda one: not can_be_filed(one))
    return Tile(
        key=group,
        name=name,
        count=len(rows),
        links=tuple(
            Link(pick(one.procedure, "short_name"), reverse("public:service", kwargs={"slug": one.slug}))
            for one in known[:SHOWN_OF_GROUP]
        ),
        more_href=f"{reverse('public:services')}#nhom-{group}",
    )
