"""The places of the desk behind a word of its navigation: what is done at a counter, and what a manager does."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.people.actors import OfficerActor
from ansinh.platform.language import translate
from ansinh.web.actors import officer_page
from ansinh.web.officer.frame import COUNTER, MANAGING, Place, counter_work, desk, managing_work
from ansinh.web.page import Link


@officer_page
def counter(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """What one does for people at a counter."""
    return _places(request, officer, translate("Việc tại quầy"), COUNTER, counter_work(officer))


@officer_page
def managing(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """What one does as a manager."""
    return _places(request, officer, translate("Quản lý"), MANAGING, managing_work(officer))


def _places(
    request: HttpRequest, officer: OfficerActor, title: str, current: str, places: Sequence[Place]
) -> HttpResponse:
    links = [Link(one.label, reverse(one.route), note=one.note) for one in places]
    return desk(request, officer, "places.html", title, current=current, links=links)
