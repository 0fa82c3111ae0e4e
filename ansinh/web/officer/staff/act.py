"""One act: a form, a page that says what will happen, then the act itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.people.officers.rehearsal import rehearse
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import STAFF, desk, say
from ansinh.web.officer.staff.fields import Field, begun, read, told, typed
from ansinh.web.officer.staff.scene import Scene

SURE = "_sure"
PLACES: Mapping[str, str] = {
    "begins-in-the-past": "begins", "ends-before-it-begins": "ends", "last-day-past": "last_day",
    "last-day-later": "last_day", "absence-over": "ends", "absent-already": "begins", "office-no-more": "office",
    "not-your-people": "office", "role-not-yours-to-give": "role", "capacity-without-signing": "capacity",
    "capacity-form": "capacity", "assigned-already": "role", "document-needed": "document", "reason-needed": "reason",
    "not-at-this-office": "office", "cannot-delegate": "office", "deputy-does-not-fit": "deputy",
    "deputy-away": "deputy", "deputy-without-document": "capacity", "deputy-capacity-form": "capacity",
    "cannot-delegate-signing": "capacity", "unit-code-form": "unit", "unit-incomplete": "name", "unit-phone": "phone",
    "staff-code-form": "code", "staff-code-taken": "code", "staff-code-asked": "code", "officer-incomplete": "name",
    "officer-contact": "phone", "officer-phone": "phone", "officer-email": "email",
    "not-of-this-function": "function", "department-planned": "begins", "units-to-the-same": "to",
}  # fmt: skip
"""Refusal → the question it is about; one that is about none stands at the first."""


@dataclass(frozen=True)
class Act:
    """Its words, its questions, what it will do, and the action. Words are made for each request, in its language."""

    title: Callable[[Scene], str]
    button: Callable[[], str]
    fields: Callable[[Scene], Sequence[Field]]
    says: Callable[[Scene, Mapping[str, Any]], Sequence[str]]
    perform: Callable[[Scene, Mapping[str, Any], datetime], object]
    done: Callable[[Scene, Mapping[str, Any]], str]
    kind: str = "go"


def play(request: HttpRequest, act: Act, scene: Scene) -> HttpResponse:
    """Show the form; when it is complete and would be done, ask to confirm; then do it."""
    fields = act.fields(scene)
    if not fields:
        return _at_once(request, act, scene)
    shown = typed(fields, request.POST) if request.method == "POST" else begun(fields)
    if request.method != "POST":
        return _form(request, act, scene, fields, shown, {})
    answers, faults = read(fields, shown)
    if faults:
        return _form(request, act, scene, fields, shown, faults)
    try:
        if SURE not in request.POST:
            rehearse(lambda: act.perform(scene, answers, now()))
            return _confirm(request, act, scene, fields, answers)
        act.perform(scene, answers, now())
    except (Invalid, Conflict, NotAllowed) as refused:
        return _form(request, act, scene, fields, shown, _fault(fields, refused))
    say(request, act.done(scene, answers))
    return redirect(scene.href)


def _at_once(request: HttpRequest, act: Act, scene: Scene) -> HttpResponse:
    """An act without questions has the page that asks to confirm only."""
    if request.method != "POST":
        rehearse(lambda: act.perform(scene, {}, now()))
        return _confirm(request, act, scene, (), {})
    act.perform(scene, {}, now())
    say(request, act.done(scene, {}))
    return redirect(scene.href)


def _fault(fields: Sequence[Field], refused: DomainError) -> dict[str, str]:
    names = [field.name for field in fields]
    place = PLACES.get(refused.code, "")
    return {place if place in names else names[0]: sentence(refused)}


def _form(
    request: HttpRequest,
    act: Act,
    scene: Scene,
    fields: Sequence[Field],
    shown: Mapping[str, Any],
    faults: Mapping[str, str],
) -> HttpResponse:
    return desk(
        request,
        scene.actor,
        "staff/form.html",
        act.title(scene),
        current=STAFF,
        back=(scene.subject, scene.href),
        problems=len(faults),
        status=422 if faults else 200,
        scene=scene,
        act=act,
        fields=fields,
        shown=shown,
        faults=faults,
    )


def _confirm(
    request: HttpRequest, act: Act, scene: Scene, fields: Sequence[Field], answers: Mapping[str, Any]
) -> HttpResponse:
    return desk(
        request,
        scene.actor,
        "staff/confirm.html",
        act.title(scene),
        current=STAFF,
        back=(scene.subject, scene.href),
        scene=scene,
        act=act,
        rows=[{"label": field.label, "value": told(field, answers[field.name])} for field in fields],
        says=act.says(scene, answers),
        kept=[(name, value) for name, values in request.POST.lists() if name in _names(fields) for value in values],
    )


def _names(fields: Sequence[Field]) -> set[str]:
    dates = {f"{field.name}.{part}" for field in fields if field.kind == "date" for part in ("day", "month", "year")}
    return {field.name for field in fields} | dates
