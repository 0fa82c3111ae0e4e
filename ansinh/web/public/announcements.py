"""Announcements for everybody: the list, and one of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.catalogue.queries import services_on
from ansinh.offices import announcements as known
from ansinh.offices.models import Announcement
from ansinh.offices.models_announcements import AnnouncementKind
from ansinh.platform.language import pick, translate
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.page import Link
from ansinh.web.public.frame import frame, show

MOST = 50


@public_page
def announcements(request: HttpRequest) -> HttpResponse:
    """Maintenance, releases and news, the last first."""
    rows = known.standing(on=today())[:MOST]
    links = [
        Link(pick(one, "title"), reverse("public:announcement", kwargs={"announcement_id": one.pk}), note=_kind(one))
        for one in rows
    ]
    return show(request, "public/announcements.html", frame(request, translate("Thông báo, bảo trì")), links=links)


@public_page
def announcement(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """One announcement."""
    found = known.the_announcement(announcement_id, on=today())
    back = (translate("Thông báo, bảo trì"), reverse("public:announcements"))
    return show(
        request,
        "public/announcement.html",
        frame(request, pick(found, "title"), back=back),
        found=found,
        kind=_kind(found),
        service=next((one for one in services_on(today()) if one.slug == found.procedure), None),
        paragraphs=[line for line in pick(found, "body").splitlines() if line.strip()],
    )


def _kind(one: Announcement) -> str:
    name = translate(AnnouncementKind(one.kind).label)
    return f"{name} {one.version}" if one.version else name
