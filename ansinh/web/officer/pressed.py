"""Forms of acts: a second press of the same button leads to what the first one did."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.casework.access import dossiers_visible_to
from ansinh.casework.second_press import acted_since
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Conflict, NotAllowed, NotFound
from ansinh.web.officer.frame import say

SEEN = "_seen"


def press(
    request: HttpRequest,
    officer: OfficerActor,
    dossier_id: UUID,
    *,
    act: Callable[[], object],
    done: str | Callable[[], str],
) -> HttpResponse:
    """Do the act and show the dossier (or the queue, when it left this office) with the sentence `done`,
    which may be asked for afterwards.

    A refusal after this very officer acted since the form was shown is a second press: it shows what the first did.
    """
    try:
        act()
    except (Conflict, NotAllowed, NotFound):
        if not acted_since(dossier_id, actor=officer, event=_event(request.POST.get(SEEN, ""))):
            raise
    say(request, done if isinstance(done, str) else done())
    return after(officer, dossier_id)


def after(officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Where an act leads: the dossier, or the queue once another office holds it."""
    if dossiers_visible_to(officer).filter(pk=dossier_id).exists():
        return redirect("officer:dossier", dossier_id=dossier_id)
    return redirect("officer:home")


def _event(seen: str) -> int | None:
    """The last event the form knew, or None when the field was tampered with."""
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None
