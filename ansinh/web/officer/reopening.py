"""Open a decided dossier again: fill in the ground, see the new day and what stays, confirm."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ansinh.casework.extend import leads_somewhere
from ansinh.casework.reopening.grounds import ReopeningGround, chosen_by_an_officer
from ansinh.casework.reopening.reopen import Order, found_right, may_reopen, reopen, reopen_for_complaint, the_ground
from ansinh.casework.rounds import signed_decision
from ansinh.casework.second_press import last_event
from ansinh.dossiers.models import Dossier
from ansinh.law.deadlines import due
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.language import current, pick, translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.officer.pressed import after, press
from ansinh.web.officer.watched import Seen, dossier_page, list_page
from ansinh.web.page import Option

BOX = {
    "ground-unknown": "ground", "reopening-needs-why": "why", "reopening-needs-document": "number",
    "document-in-future": "document",
}  # fmt: skip
"""Code of a refusal → the box it stands beside."""


@dossier_page(PageKind.WORK)
def reopening(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """The form; the same with what will happen; done."""
    if request.method != "POST":
        may_reopen(found, actor=officer, on=today())
        return _show(request, officer, found)
    order = Order(
        ground=request.POST.get("ground", "")[:40],
        why=request.POST.get("why", ""),
        document_number=request.POST.get("number", ""),
        document_day=posted_day(request, "document"),
    )
    try:
        if "_send" in request.POST:
            return press(
                request,
                officer,
                found.pk,
                act=lambda: reopen(found.pk, actor=officer, order=order, at=now()),
                done=translate("Đã mở lại hồ sơ. Người nộp được báo căn cứ và ngày hẹn mới."),
            )
        may_reopen(found, actor=officer, on=today())
        ground = the_ground(order, on=today())
    except Invalid as refused:
        return _show(request, officer, found, problem=refused)
    return _show(request, officer, found, ground=ground)


@list_page(PageKind.WORK)
@require_POST
def reopen_upheld(request: HttpRequest, officer: OfficerActor, seen: Seen, complaint_id: UUID) -> HttpResponse:
    """One press at a complaint that was found right."""
    if not leads_somewhere(officer):
        raise NotAllowed(
            "complaint-needs-leader",
            "Trả lời khiếu nại do lãnh đạo có tư cách ký của cơ quan giải quyết ký. Xin trình lãnh đạo.",
        )
    _, dossier = found_right(complaint_id, viewer=officer)
    seen.note([dossier])
    reopen_for_complaint(complaint_id, actor=officer, at=now())
    say(request, translate("Đã mở lại hồ sơ theo khiếu nại. Người nộp được báo."))
    if "_back" in request.POST:
        return redirect("officer:complaint", complaint_id=complaint_id)
    return after(officer, dossier.pk)


def new_due(ground: ReopeningGround, *, on: date) -> date | None:
    """The day a result is due if the dossier is opened again on that day."""
    return due(started_on=on, limit=ground.limit, calendar=work_calendar()).on


def _show(
    request: HttpRequest,
    officer: OfficerActor,
    found: Dossier,
    *,
    problem: Invalid | None = None,
    ground: ReopeningGround | None = None,
) -> HttpResponse:
    return desk(
        request,
        officer,
        "reopening.html",
        translate("Mở lại để giải quyết lại"),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        decision=signed_decision(found),
        grounds=[_option(one) for one in chosen_by_an_officer(today())],
        typed=request.POST,
        document=typed_boxes(request, "document"),
        faults={BOX.get(problem.code, "ground"): sentence(problem)} if problem else {},
        foreseen=new_due(ground, on=today()) if ground else None,
        basis=ground.basis_vi if ground else "",
        seen=last_event(found.pk),
    )


def _option(one: ReopeningGround) -> Option:
    limit = one.limit.words_en if current() == "en" else one.limit.words_vi
    return Option(one.code, f"{pick(one, 'name')} ({limit})")
