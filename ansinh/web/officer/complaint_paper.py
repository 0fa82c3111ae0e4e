"""A complaint on paper, typed beside its scan: at the counter, or from the post."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.complaints.file import Filing, last_day
from ansinh.casework.complaints.paper import file_on_paper, file_on_paper_above, may_type
from ansinh.casework.complaints.second import first_to_follow
from ansinh.dossiers.models import Dossier
from ansinh.files.models import StoredFile
from ansinh.files.receive import receive_for_the_house
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, Invalid, NotAllowed
from ansinh.platform.language import translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.officer.watched import dossier_page
from ansinh.web.page import Option

BOX = {
    "complaint-way": "channel", "complaint-whose": "complainant", "complaint-day": "received", "complaint-scan": "scan",
    "complaint-empty": "about",
}  # fmt: skip


@dossier_page(PageKind.WORK)
def complaint_paper(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """The form; typed, it goes to who answers."""
    if not may_type(found, viewer=officer):
        raise NotAllowed(
            "complaint-paper-not-yours", "Đơn khiếu nại trên giấy do cán bộ tiếp nhận ở cơ quan giữ hồ sơ nhập."
        )
    problem: Invalid | None = None
    if request.method == "POST":
        try:
            made = file_on_paper(found.pk, actor=officer, filing=_filing(request, officer), at=now())
        except Invalid as refused:
            problem = refused
        else:
            say(request, translate("Đã nhập khiếu nại {number}. Người nộp được báo ngày trả lời.", number=made.number))
            return redirect("officer:dossier", dossier_id=found.pk)
    first = first_to_follow(found, on=today())
    return desk(
        request,
        officer,
        "complaint_paper.html",
        translate("Nhập đơn khiếu nại trên giấy"),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        second=first.number if first else "",
        until=last_day(found) if found.closed_at and first is None else None,
        channels=_channels(),
        complainant=found.applicant_name,
        typed=request.POST,
        received=typed_boxes(request, "received"),
        faults={BOX.get(problem.code, "scan"): sentence(problem)} if problem else {},
    )


@officer_page
def complaint_paper_above(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The form at the office that answers: the dossier is named, never shown."""
    problem: DomainError | None = None
    if request.method == "POST":
        typed = request.POST
        try:
            made = file_on_paper_above(
                typed.get("number", ""), typed.get("applicant", ""), actor=officer, filing=_filing(request, officer),
                at=now(),
            )  # fmt: skip
        except DomainError as refused:
            problem = refused
        else:
            say(request, translate("Đã nhập khiếu nại {number}. Người nộp được báo ngày trả lời.", number=made.number))
            return redirect("officer:complaint-paper-above")
    return desk(
        request,
        officer,
        "complaint_paper_above.html",
        translate("Nhập đơn khiếu nại gửi đến cơ quan cấp trên"),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        channels=_channels(),
        complainant="",
        typed=request.POST,
        received=typed_boxes(request, "received"),
        faults={BOX.get(problem.code, "number"): sentence(problem)} if problem else {},
    )


def _channels() -> list[Option]:
    return [Option("counter", translate("Tại quầy")), Option("post", translate("Qua bưu điện"))]


def _filing(request: HttpRequest, officer: OfficerActor) -> Filing:
    scan, name = _scan(request)
    return Filing(
        about=request.POST.get("about", ""),
        wants=request.POST.get("wants", ""),
        channel=request.POST.get("channel", ""),
        complainant=request.POST.get("complainant", ""),
        received_on=posted_day(request, "received"),
        typed_by_id=officer.officer_id,
        scan=scan,
        scan_name=name,
        late_why=request.POST.get("late", ""),
    )


def _scan(request: HttpRequest) -> tuple[StoredFile | None, str]:
    file = request.FILES.get("scan")
    if file is None:
        return None, ""
    name = file.name or "don-khieu-nai"
    return receive_for_the_house(file, name=name, at=now()), name
