"""Marks of the desk's pages that show a person or a dossier: nothing is shown unrecorded (threat 16).

`@dossier_page(kind)` gives the view the dossier itself, `@registration_page(kind)` a registration, `@act_page` the id
of a dossier whose step is the officer's, `@list_page(kind)` a `Seen` that collects what a list shows,
`@people_page(kind, why)` a `Seen` for pages about people or organisations outside any dossier. A house test refuses a
page of the desk without a mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework.access import dossiers_visible_to, refuse_others, the_dossier
from ansinh.casework.reading import shown, to_look_at, why_found, why_looks, why_own
from ansinh.casework.registration import the_registration
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import OfficerActor
from ansinh.people.data_rights.requests import the_request
from ansinh.people.models_rights import RequestKind
from ansinh.people.readings import Ground, PageKind, Shown, Why, record
from ansinh.platform import language
from ansinh.platform.row_security.viewer import at_any_counter
from ansinh.web.actors import NEXT, View, officer_page
from ansinh.web.clock import now, today
from ansinh.web.officer.frame import at_counter

Mark = Callable[[View], View]


class Seen:
    """What a page shows; every dossier, person and organisation noted here is recorded before the page leaves."""

    def __init__(self) -> None:
        self.dossiers: dict[UUID, Dossier] = {}
        self.owners: set[UUID] = set()

    def note(self, dossiers: Iterable[Dossier]) -> None:
        """These are on the page."""
        self.dossiers |= {one.pk: one for one in dossiers}

    def note_people(self, owners: Iterable[UUID | None]) -> None:
        """Facts of these people or organisations are on the page; an account without a person names nobody."""
        self.owners |= {one for one in owners if one is not None}


def dossier_page(kind: PageKind) -> Mark:
    """`view(request, officer, found, **parts)`, once it is recorded why this officer looks; else the page that asks."""

    def mark(view: View) -> View:
        @wraps(view)
        def looked(request: HttpRequest, officer: OfficerActor, dossier_id: UUID, **parts: Any) -> HttpResponseBase:
            found = to_look_at(dossier_id, reader=officer, at=now())
            if kind is PageKind.DOSSIER and found.procedure in REGISTRATIONS and at_counter(officer):
                return HttpResponseRedirect(reverse("officer:registration", kwargs={"dossier_id": found.pk}))
            return _recorded(request, officer, found, kind) or view(request, officer, found, **parts)

        return _marked(looked, kind)

    return mark


def registration_page(kind: PageKind) -> Mark:
    """`view(request, officer, found, **parts)` of a registration at any counter."""

    def mark(view: View) -> View:
        @wraps(view)
        def looked(request: HttpRequest, officer: OfficerActor, dossier_id: UUID, **parts: Any) -> HttpResponseBase:
            found = the_registration(dossier_id, actor=officer)
            return _recorded(request, officer, found, kind) or view(request, officer, found, **parts)

        return _marked(looked, kind)

    return mark


def act_page(view: View) -> View:
    """`view(request, officer, dossier_id, **parts)` of an act: read only by whose step it is.

    A form that comes back is left to the act, which refuses, or knows a second press of the same button.
    """

    @wraps(view)
    def looked(request: HttpRequest, officer: OfficerActor, dossier_id: UUID, **parts: Any) -> HttpResponseBase:
        found = dossiers_visible_to(officer).filter(pk=dossier_id).first()
        if request.method != "POST":
            refuse_others(found or the_dossier(dossier_id, viewer=officer), actor=officer)
        why = why_own(found, reader=officer) if found else None
        if found is not None and why is not None:
            record([(shown(found), why)], reader=officer, page=PageKind.WORK, at=now())
        return view(request, officer, dossier_id, **parts)

    return _marked(looked, PageKind.WORK)


def data_request_page(view: View) -> View:
    """`view(request, officer, found, **parts)` of a request about personal data, for who answers it."""

    @wraps(view)
    def looked(request: HttpRequest, officer: OfficerActor, request_id: UUID, **parts: Any) -> HttpResponseBase:
        found = the_request(request_id, officer=officer, on=today())
        kind = RequestKind(found.kind).label
        with language.use("en"):
            why = Why(Ground.CASE, kind, language.translate(kind), found.office_code)
        record([(Shown(subject_id=found.subject_id), why)], reader=officer, page=PageKind.DATA_REQUEST, at=now())
        return view(request, officer, found, **parts)

    return _marked(looked, PageKind.DATA_REQUEST)


def list_page(kind: PageKind) -> Mark:
    """`view(request, officer, seen, **parts)`: what the view notes in `seen` is recorded before the page leaves."""

    def mark(view: View) -> View:
        @wraps(view)
        def listed(request: HttpRequest, officer: OfficerActor, **parts: Any) -> HttpResponseBase:
            seen = Seen()
            response = view(request, officer, seen, **parts)
            looks = [(shown(one), why_found(one, reader=officer)) for one in seen.dossiers.values()]
            record(looks, reader=officer, page=kind, at=now())
            return response

        return _marked(listed, kind)

    return mark


def people_page(kind: PageKind, why: str) -> Mark:
    """`view(request, officer, seen, **parts)`: whom the view notes in `seen` is recorded before the page leaves.

    `why` is the duty that brings an officer there: Vietnamese, with its English in the catalogue. The person reads it.
    The page serves whoever comes to a counter, wherever the person lives.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def looked(request: HttpRequest, officer: OfficerActor, **parts: Any) -> HttpResponseBase:
            seen = Seen()
            with at_any_counter():
                response = view(request, officer, seen, **parts)
            with language.use("en"):
                duty = Why(Ground.DUTY, why, language.translate(why), officer.posts[0].office_code)
            looks = [(Shown(subject_id=one), duty) for one in sorted(seen.owners)]
            record(looks, reader=officer, page=kind, at=now())
            return response

        return _marked(looked, kind)

    return mark


def _recorded(
    request: HttpRequest, officer: OfficerActor, found: Dossier, kind: PageKind
) -> HttpResponseRedirect | None:
    """Write the look down; without a purpose, the way to where one is chosen."""
    at = now()
    why = why_looks(found, reader=officer, at=at)
    if why is None:
        onward = urlencode({NEXT: request.get_full_path()})
        return HttpResponseRedirect(reverse("officer:purpose", kwargs={"dossier_id": found.pk}) + f"?{onward}")
    record([(shown(found), why)], reader=officer, page=kind, at=at)
    return None


def _marked(view: View, kind: PageKind) -> View:
    view.reads = kind  # type: ignore[attr-defined]
    return officer_page(view)
