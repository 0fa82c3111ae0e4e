"""Extend the limit of a dossier: ground, document, why; the new day is shown before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.extend import Order, due_with, extend, may_extend, the_ground
from ansinh.casework.grounds import grounds_for
from ansinh.casework.second_press import last_event
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Invalid
from ansinh.platform.language import pick, translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.officer.pressed import press
from ansinh.web.officer.watched import dossier_page
from ansinh.web.page import Option

BOX = {
    "ground-unknown": "ground", "extension-needs-why": "why", "extension-needs-document": "number",
    "document-in-future": "document", "extension-days": "days",
}  # fmt: skip
"""Code of a refusal → the box it stands beside."""


@dataclass(frozen=True)
class Foreseen:
    """What the confirmed form would do."""

    old_due: date | None
    new_due: date | None


@dossier_page(PageKind.WORK)
def extension(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """Fill in, see the new day, confirm."""
    may_extend(found, actor=officer)
    if request.method != "POST":
        return _show(request, officer, found)
    try:
        order = _order(request)
        if "_send" in request.POST:
            return _send(request, officer, found.pk, order)
        ground = the_ground(found, order, on=today())
    except Invalid as refused:
        return _show(request, officer, found, problem=refused)
    return _show(request, officer, found, foreseen=Foreseen(found.due_on, due_with(found, ground, order)))


def _send(request: HttpRequest, officer: OfficerActor, dossier_id: UUID, order: Order) -> HttpResponse:
    return press(
        request,
        officer,
        dossier_id,
        act=lambda: extend(dossier_id, actor=officer, order=order, at=now()),
        done=translate("Đã gia hạn. Người nộp được báo ngày hẹn mới kèm lý do."),
    )


def _order(request: HttpRequest) -> Order:
    days = request.POST.get("days", "").strip()
    return Order(
        ground=request.POST.get("ground", "")[:60],
        days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,
        document_number=request.POST.get("number", "")[:60],
        document_day=posted_day(request, "document"),
        why=request.POST.get("why", "")[:500],
    )


def _show(
    request: HttpRequest,
    officer: OfficerActor,
    found: Dossier,
    *,
    problem: Invalid | None = None,
    foreseen: Foreseen | None = None,
) -> HttpResponse:
    return desk(
        request,
        officer,
        "extension.html",
        translate("Gia hạn giải quyết hồ sơ"),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        grounds=[
            Option(
                one.code,
                f"{pick(one, 'name')}: {one.limit.words_vi}" if one.limit else pick(one, "name"),
            )
            for one in grounds_for(found, on=today())
        ],
        typed=request.POST,
        document=typed_boxes(request, "document"),
        faults={BOX.get(problem.code, "ground"): sentence(problem)} if problem else {},
        foreseen=foreseen,
        seen=last_event(found.pk),
    )
