"""Complaints at the office that answers them: the list by due date, and one with its dossier and its answer."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.access import dossiers_visible_to
from ansinh.casework.complaints.answer import (
    OUTCOMES,
    answer_complaint,
    answers_somewhere,
    complaints_for,
    the_complaint,
    took_part,
)
from ansinh.casework.complaints.longer import longer_due, may_be_longer, take_longer
from ansinh.casework.models import Complaint, ComplaintExtension, ComplaintState, Decision
from ansinh.casework.reopening.reopen import can_act_on
from ansinh.casework.rounds import signed_decision
from ansinh.dossiers.models import Dossier, State
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Invalid, NotAllowed, NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.storage import open_file
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.queue_view import service_name
from ansinh.web.officer.watched import Seen, list_page
from ansinh.web.page import Option

BOX = {"complaint-outcome": "outcome", "complaint-answer": "answer", "complaint-longer-why": "why"}


@list_page(PageKind.SIGN_LIST)
def complaints(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Those that wait, nearest due date first."""
    _refuse_others(officer)
    rows = list(complaints_for(officer))
    with as_the_house():
        dossiers = Dossier.objects.defer("answers").in_bulk([one.dossier_id for one in rows])
    seen.note(dossiers.values())
    return desk(
        request,
        officer,
        "complaints.html",
        translate("Khiếu nại chờ trả lời: {n}", n=len(rows)),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        rows=[
            {
                "number": one.number,
                "href": reverse("officer:complaint", kwargs={"complaint_id": one.pk}),
                "person": dossiers[one.dossier_id].applicant_name,
                "service": service_name(dossiers[one.dossier_id]),
                "due_on": one.due_on,
                "late": one.due_on < today(),
                "about": one.about,
            }
            for one in rows
        ],
    )


@list_page(PageKind.WORK)
def complaint(request: HttpRequest, officer: OfficerActor, seen: Seen, complaint_id: UUID) -> HttpResponse:
    """The complaint, the decision it is about, and the answer."""
    _refuse_others(officer)
    found, dossier = the_complaint(complaint_id, viewer=officer)
    seen.note([dossier])
    problem: Invalid | None = None
    if request.method == "POST":
        try:
            say(request, _act(request, officer, found.pk))
        except Invalid as refused:
            problem = refused
        else:
            return redirect("officer:complaint", complaint_id=found.pk)
    with as_the_house():
        first = Complaint.objects.filter(second=found).select_related("answered_by").first()
        decided = _decided(signed_decision(dossier, until=found.filed_at))
    holder = office_names({dossier.office_code})[dossier.office_code]
    return desk(
        request,
        officer,
        "complaint.html",
        translate("Khiếu nại {number}", number=found.number),
        current=WORK,
        back=(translate("Khiếu nại chờ trả lời"), reverse("officer:complaints")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        complaint=found,
        state=translate(ComplaintState(found.state).label),
        waits=found.state == ComplaintState.FILED,
        outcome=translate(OUTCOMES[found.outcome]) if found.outcome else "",
        dossier=dossier,
        dossier_href=_href(dossier, officer),
        holder=pick(holder, "name"),
        service=service_name(dossier),
        result=translate(State(dossier.state).label),
        decided=decided,
        took_part=took_part(dossier, officer.officer_id),
        longer=longer_due(found) if may_be_longer(found, on=today()) else None,
        extension=ComplaintExtension.objects.filter(complaint=found).select_related("decided_by").first(),
        first=first,
        channel=translate(found.get_channel_display()),
        reopens=can_act_on(found, viewer=officer, on=today()),
        outcomes=[Option(key, translate(words)) for key, words in OUTCOMES.items()],
        typed=request.POST,
        faults={BOX.get(problem.code, "answer"): sentence(problem)} if problem else {},
    )


def _act(request: HttpRequest, officer: OfficerActor, complaint_id: UUID) -> str:
    """Take longer, or sign the answer; what is said then. Raises Invalid."""
    if "_longer" in request.POST:
        take_longer(complaint_id, actor=officer, why=request.POST.get("why", ""), at=now())
        return translate("Đã gia hạn trả lời. Người khiếu nại được báo ngày mới kèm lý do.")
    outcome, words = request.POST.get("outcome", ""), request.POST.get("answer", "")
    answer_complaint(complaint_id, actor=officer, outcome=outcome, words=words, at=now())
    return translate("Đã ký trả lời khiếu nại. Người khiếu nại được báo; văn bản có chữ ký số sẽ ở hồ sơ.")


@list_page(PageKind.WORK)
def complaint_scan(request: HttpRequest, officer: OfficerActor, seen: Seen, complaint_id: UUID) -> FileResponse:
    """The scan of a complaint that came on paper, for who answers it."""
    _refuse_others(officer)
    found, dossier = the_complaint(complaint_id, viewer=officer)
    seen.note([dossier])
    if found.scan is None:
        raise NotFound("scan-not-found", "Khiếu nại này không có bản chụp. Xin tải lại trang.")
    return FileResponse(
        open_file(found.scan.sha256), as_attachment=True, filename=found.scan_name or "don-khieu-nai",
        content_type=found.scan.media_type,
    )  # fmt: skip


def _refuse_others(officer: OfficerActor) -> None:
    if not answers_somewhere(officer):
        raise NotAllowed(
            "complaint-needs-leader",
            "Trả lời khiếu nại do lãnh đạo có tư cách ký của cơ quan giải quyết ký. Xin trình lãnh đạo.",
        )


def _href(dossier: Dossier, officer: OfficerActor) -> str:
    """The page of the dossier, where it is at an office of this officer."""
    here = dossiers_visible_to(officer).filter(pk=dossier.pk).exists()
    return reverse("officer:dossier", kwargs={"dossier_id": dossier.pk}) if here else ""


def _decided(decision: Decision | None) -> dict[str, object] | None:
    if decision is None:
        return None
    return {
        "number": decision.number,
        "kind": decision.kind,
        "amount": decision.amount,
        "note": decision.note,
        "reasons": decision.reasons,
        "signer": f"{decision.signed_title} {decision.signed_by.full_name}" if decision.signed_by else "",
        "at": decision.signed_at,
    }
